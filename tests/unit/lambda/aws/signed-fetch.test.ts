import "../function-environment";
import * as http from "node:http";
import { buffer } from "node:stream/consumers";
import type { AddressInfo } from "node:net";
import { signedFetch } from "../../../../lib/lambda/aws/signed-fetch";

/** The requests that an API got. */
const received: { headers: http.IncomingHttpHeaders; body: string }[] = [];
/** The statuses of its next responses; then 200. */
const statuses: number[] = [];
const api = http.createServer((request, response) => {
  void buffer(request).then((body) => {
    received.push({ headers: request.headers, body: body.toString() });
    response.writeHead(statuses.shift() ?? 200).end("{}");
  });
});

let url: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => api.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${String((api.address() as AddressInfo).port)}/stage/payment`;
});
afterAll(() => {
  api.closeAllConnections();
  api.close();
});
beforeEach(() => {
  received.length = 0;
  statuses.length = 0;
  delete process.env["AWS_SESSION_TOKEN"];
  delete process.env["AWS_SDK_UA_APP_ID"];
});

describe("a signed request", () => {
  it("has the signature of the function's role, for the service and its region", async () => {
    process.env["AWS_SESSION_TOKEN"] = "session";
    const headers = { "content-type": "application/json" };
    const { status } = await signedFetch("execute-api")({
      method: "POST",
      url,
      headers,
      body: "{}",
    });

    expect(status).toBe(200);
    expect(received).toMatchObject([
      { body: "{}", headers: { ...headers, "x-amz-security-token": "session" } },
    ]);
    expect(received[0]?.headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/execute-api\/aws4_request/,
    );
  });

  it.each([undefined, ""])("has no session's token where the role has none: %j", async (token) => {
    if (token !== undefined) process.env["AWS_SESSION_TOKEN"] = token;
    await signedFetch("execute-api")({ method: "GET", url });

    expect(received[0]?.headers).not.toHaveProperty("x-amz-security-token");
  });

  it("names the application where that has a name", async () => {
    await signedFetch("execute-api")({ method: "GET", url });
    process.env["AWS_SDK_UA_APP_ID"] = "orders/PT/NO-OP"; // Powertools adds itself
    await signedFetch("execute-api")({ method: "GET", url });
    const [unnamed, named] = received.map(({ headers }) => headers["user-agent"]);

    expect(unnamed).not.toContain("app/");
    expect(named).toBe("app/orders-PT-NO-OP");
  });

  it("is tried again twice where the service fails, and no more", async () => {
    statuses.push(503, 429, 503);
    const { status } = await signedFetch("execute-api")({ method: "GET", url });

    expect([status, received.length]).toEqual([503, 3]);
  });
});
