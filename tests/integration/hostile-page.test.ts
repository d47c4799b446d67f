import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import * as fs from "node:fs";
import * as http from "node:http";
import * as os from "node:os";
import * as path from "node:path";
import { buffer, text as textOf } from "node:stream/consumers";
import { promisify } from "node:util";
import { ListRolesCommand } from "@aws-sdk/client-iam";
import { GetFunctionConfigurationCommand, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { AwsV4Signer } from "aws4fetch";
import { zipSync } from "fflate";
import { startAuthorizingProxy } from "../../lib/local/authorizing-proxy";
import { describeLocally } from "./behaviour/client";
import { aws, text } from "./deployed";

/**
 * What a page in the developer's browser, or another user of the machine, can send to the ports of a local
 * cloud: any request with any header that fetch and forms can make, and by its own DNS any name for 127.0.0.1
 * (rebinding). AWS has no such port.
 */
const emulator = new URL(process.env["AWS_ENDPOINT_URL"] ?? "http://127.0.0.1");
const account = "000000000000";
const name = `hostile-${randomUUID().slice(0, 8)}`;
/** What the attacker's function would write, outside of the run's folder. */
const trace = path.join(os.tmpdir(), `${name}.txt`);

/** How a browser labels the requests of a page. */
const senders = {
  "another site's page": {
    origin: "https://evil.example",
    "sec-fetch-site": "cross-site",
  },
  "another site's page in a browser without Sec-Fetch-Site": { origin: "https://evil.example" },
  "a sandboxed frame or a file": { origin: "null", "sec-fetch-site": "cross-site" },
  "a page of another port of this machine": {
    origin: "http://localhost:3000",
    "sec-fetch-site": "same-site",
  },
  "a page whose name was pointed here (rebinding)": {
    host: `evil.example:${emulator.port}`,
    origin: `http://evil.example:${emulator.port}`,
    "sec-fetch-site": "same-origin",
  },
  "such a page's GET, which names no origin": { host: `evil.example:${emulator.port}` },
  "a program of another user, with no mark of a browser": {},
} as const satisfies Record<string, http.OutgoingHttpHeaders>;

/** A header by which a page needs no preflight. */
type SimpleType = "application/x-www-form-urlencoded" | "text/plain";

interface Step {
  readonly method: string;
  /** With the credentials in the query, as a presigned request has them: no header, no preflight. */
  readonly path: string;
  readonly type?: SimpleType;
  readonly body?: string;
}

function send(
  step: Step,
  headers: http.OutgoingHttpHeaders,
  to: URL = emulator,
): Promise<{ status: number; headers: http.IncomingHttpHeaders; body: string }> {
  return new Promise((resolve, reject) => {
    http
      .request({
        host: "127.0.0.1",
        port: to.port,
        method: step.method,
        path: step.path,
        headers: { ...(step.type && { "content-type": step.type }), ...headers },
      })
      .on("response", (response) => {
        textOf(response).then((body) => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
        }, reject);
      })
      .on("error", reject)
      .end(step.body);
  });
}

async function sendAll(steps: Step[], headers: http.OutgoingHttpHeaders, to?: URL) {
  const responses: Awaited<ReturnType<typeof send>>[] = [];
  for (const step of steps) responses.push(await send(step, headers, to));
  return responses;
}

/** A query that names a caller, with a forged signature. */
function claims(accessKeyId: string, service: string): string {
  const now = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, "");
  return new URLSearchParams({
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Credential": `${accessKeyId}/${now.slice(0, 8)}/${text("region")}/${service}/aws4_request`,
    "X-Amz-Date": now,
    "X-Amz-Expires": "900",
    "X-Amz-SignedHeaders": "host",
    "X-Amz-Signature": "0".repeat(64),
  }).toString();
}

/** The three requests by which a page ran a command of its own as the developer. */
function attack(accessKeyId: string): Step[] {
  const role = `arn:aws:iam::${account}:role/${name}`;
  const code = `import fs from "node:fs"; export const handler = () => fs.writeFileSync(${JSON.stringify(trace)}, "was here");`;
  const trust = {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
    ],
  };
  const functions = "/2015-03-31/functions";
  return [
    {
      method: "POST",
      path: `/?${claims(accessKeyId, "iam")}`,
      type: "application/x-www-form-urlencoded",
      body: new URLSearchParams({
        Action: "CreateRole",
        Version: "2010-05-08",
        RoleName: name,
        AssumeRolePolicyDocument: JSON.stringify(trust),
      }).toString(),
    },
    {
      method: "POST",
      path: `${functions}?${claims(accessKeyId, "lambda")}`,
      type: "text/plain",
      body: JSON.stringify({
        FunctionName: name,
        Runtime: "nodejs24.x",
        Role: role,
        Handler: "index.handler",
        Code: {
          ZipFile: Buffer.from(zipSync({ "index.mjs": Buffer.from(code) })).toString("base64"),
        },
      }),
    },
    {
      method: "POST",
      path: `${functions}/${name}/invocations?${claims(accessKeyId, "lambda")}`,
      type: "text/plain",
      body: "{}",
    },
  ];
}

async function expectNothingHappened(): Promise<void> {
  const { Roles = [] } = await aws.iam.send(new ListRolesCommand({}));
  const { Functions = [] } = await aws.lambda.send(new ListFunctionsCommand({}));

  expect(Roles.map(({ RoleName }) => RoleName)).not.toContain(name);
  expect(Functions.map(({ FunctionName }) => FunctionName)).not.toContain(name);
  expect(fs.existsSync(trace)).toBe(false);
}

describeLocally("the emulator's port", () => {
  describe.each(Object.entries(senders))("to %s", (_, headers) => {
    it.each([account, "123456789012", "test"])(
      "runs no code, and lets nothing be read, for whoever claims to be %s",
      async (accessKeyId) => {
        const responses = await sendAll(attack(accessKeyId), headers);
        await expectNothingHappened();

        expect(responses.map(({ status }) => status)).toEqual([403, 403, 403]);
        for (const response of responses) {
          expect(response.headers["access-control-allow-origin"]).toBeUndefined();
        }
      },
    );

    it.each<Step>([
      { method: "GET", path: "/" },
      { method: "GET", path: "/_ministack/health" },
      { method: "POST", path: "/_ministack/reset" },
      { method: "POST", path: "/_ministack/config", type: "text/plain", body: "{}" },
      { method: "GET", path: `/_ministack/lambda-code/${text("lambdaName")}` },
      { method: "GET", path: `/${text("auditBucketName")}?list-type=2` },
      { method: "GET", path: "/2015-03-31/functions" },
      { method: "OPTIONS", path: "/2015-03-31/functions" },
      { method: "POST", path: "/?Action=ListRoles&Version=2010-05-08" },
      { method: "POST", path: "/?AWSAccessKeyId=test&Action=ListRoles", type: "text/plain" },
    ])("refuses $method $path", async (step) => {
      const response = await send(step, headers);

      // AWS responds with 400 to half a signature
      expect([400, 403]).toContain(response.status);
      expect(response.headers["access-control-allow-origin"]).toBeUndefined();
      expect(response.body).not.toContain(text("auditBucketName"));
    });

    it("signs no API call and makes no payment", async () => {
      const api = new URL(text("apiEndpoint")).pathname;
      for (const query of ["", `?${claims(account, "execute-api")}`, "?AWSAccessKeyId=test"]) {
        const response = await send(
          { method: "POST", path: `${api}/payment${query}`, type: "text/plain", body: "{}" },
          headers,
        );

        expect(response.status).toBe(403);
      }
    });
  });

  it("returns nothing to a page even if it is signed, but for the API", async () => {
    const signed = await signedRequest(`${emulator.origin}/2015-03-31/functions`, "lambda");

    expect((await send(signed.step, signed.headers)).status).toBe(200);
    expect(
      (await send(signed.step, { ...signed.headers, origin: "https://evil.example" })).status,
    ).toBe(403);
    expect(
      (await send(signed.step, { ...signed.headers, "sec-fetch-site": "cross-site" })).status,
    ).toBe(403);
  });

  it("lets a page reach the API, with a token or without, where the API's CORS lets it, and no other", async () => {
    const step = { method: "GET", path: `${new URL(text("apiEndpoint")).pathname}/payment/x` };
    const bodyFor = async (headers: http.OutgoingHttpHeaders) => (await send(step, headers)).body;

    for (const token of [{}, { authorization: "eyJh.eyJz.c2ln" }]) {
      expect(await bodyFor({ origin: "http://localhost:3000", ...token })).toContain(
        "urn:payments:problem:",
      );
      for (const origin of ["https://evil.example", "null", "http://localhost:3001"]) {
        expect(await bodyFor({ origin, ...token })).toContain("serves no web page");
      }
      // an image or a link: no origin, and no preflight either
      expect(await bodyFor({ "sec-fetch-site": "cross-site", ...token })).toContain(
        "serves no web page",
      );
    }
  });

  describe("to user pools, without credentials", () => {
    const operation = (name: string) => ({
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `AWSCognitoIdentityProviderService.${name}`,
    });
    const call = (headers: http.OutgoingHttpHeaders, path = "/", body = "{}") =>
      send({ method: "POST", path, body }, headers);

    it("takes what AWS takes: a sign-in, for which Cognito then asks the client", async () => {
      const body = JSON.stringify({
        ClientId: "none",
        AuthFlow: "REFRESH_TOKEN_AUTH",
        AuthParameters: { REFRESH_TOKEN: "none" },
      });

      expect((await call(operation("InitiateAuth"), "/", body)).body).toContain(
        "ResourceNotFoundException",
      );
    });

    it.each(["AdminInitiateAuth", "AdminCreateUser", "ListUserPools", "CreateUserPool", "Nothing"])(
      "refuses %s",
      async (name) => {
        expect((await call(operation(name))).body).toContain("MissingAuthenticationToken");
      },
    );

    it.each([
      ["another path", "/2015-03-31/functions", {}],
      ["an action in the query", "/?Action=ListRoles&Version=2010-05-08", {}],
      ["another service's name", "/", { "x-amz-target": "DynamoDB_20120810.ListTables" }],
    ])("refuses a sign-in with %s", async (_, path, headers) => {
      expect((await call({ ...operation("InitiateAuth"), ...headers }, path)).body).toContain(
        "MissingAuthenticationToken",
      );
    });

    it.each(Object.entries(senders).filter(([, headers]) => Object.keys(headers).length > 0))(
      "refuses %s",
      async (_, headers) => {
        expect((await call({ ...operation("InitiateAuth"), ...headers })).status).toBe(403);
      },
    );

    it("shows pools' public keys only, and no object of a bucket", async () => {
      const get = (path: string) => send({ method: "GET", path }, {});
      const file = "/.well-known/jwks.json";

      expect((await get(`/us-east-1_none${file}`)).status).toBe(404);
      expect((await get(`/${text("auditBucketName")}${file}`)).status).toBe(403);
      expect((await get(`/us-east-1_none/x${file}`)).status).toBe(403);
    });
  });

  it.each<[string, Partial<Awaited<ReturnType<typeof credentials>>>]>([
    ["another run's secret", { secretAccessKey: "local" }],
    ["another account", { accessKeyId: "123456789012" }],
    ["the emulator's own default", { accessKeyId: "test", secretAccessKey: "test" }],
    ["a key that nobody has given out", { accessKeyId: "ASIA0123456789ABCDEF" }],
    ["a session token that is none", { sessionToken: "none" }],
  ])("does not take %s", async (_, others) => {
    const url = `${emulator.origin}/2015-03-31/functions`;
    const inHeader = await signedRequest(url, "lambda", others);
    const inQuery = await signedRequest(url, "lambda", others, { signQuery: true });

    expect((await send(inHeader.step, inHeader.headers)).status).toBe(403);
    expect((await send(inQuery.step, inQuery.headers)).status).toBe(403);
  });

  it("takes no body but the one that was signed", async () => {
    const body = "Action=ListRoles&Version=2010-05-08";
    const type = "application/x-www-form-urlencoded";
    const { step, headers } = await signedRequest(`${emulator.origin}/`, "iam", {}, { body, type });

    expect((await send(step, headers)).status).toBe(200);
    expect((await send({ ...step, body: `${body}&PathPrefix=/x` }, headers)).status).toBe(403);
  });

  it("takes what curl signs, a colon in the path included, and no other secret", async () => {
    const { accessKeyId, secretAccessKey } = await credentials();
    const status = async (secret: string) => {
      const { stdout } = await promisify(execFile)("curl", [
        ...["--silent", "--output", os.devNull, "--write-out", "%{http_code}"],
        ...["--aws-sigv4", `aws:amz:${text("region")}:execute-api`],
        ...["--user", `${accessKeyId}:${secret}`],
        `${text("apiEndpoint")}/balance/customer:user-1:paid`,
      ]);
      return stdout;
    };

    expect(await status(secretAccessKey)).toBe("200");
    expect(await status("local")).toBe("403");
  });

  it("opens no WebSocket", async () => {
    const status = await new Promise((resolve, reject) => {
      http
        .get({
          host: "127.0.0.1",
          port: emulator.port,
          path: "/_aws/execute-api/x/y",
          headers: {
            host: emulator.host,
            connection: "Upgrade",
            upgrade: "websocket",
            "sec-websocket-version": "13",
            "sec-websocket-key": Buffer.alloc(16).toString("base64"),
          },
        })
        .on("response", ({ statusCode }) => {
          resolve(statusCode);
        })
        .on("upgrade", (_, socket) => {
          socket.destroy();
          resolve("open");
        })
        .on("error", reject);
    });

    expect(status).toBe(403);
  });
});

describeLocally("the functions' gateway", () => {
  it.each(Object.entries(senders))("does nothing for %s", async (_, headers) => {
    const { Environment } = await aws.lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: text("ledgerLambdaName") }),
    );
    const gateway = new URL(Environment?.Variables?.["AWS_ENDPOINT_URL"] ?? "");
    // by a name of its own: the gateway records who calls
    const named = { ...headers, "user-agent": `app/${name}` };
    const responses = await sendAll(attack(account), named, gateway);
    await expectNothingHappened();

    expect(responses.map(({ status }) => status)).toEqual([403, 403, 403]);
  });
});

describe("the fuzzer's proxy", () => {
  /** What has reached the API, which may be a real one. */
  const reached: string[] = [];
  const api = http.createServer((request, response) => {
    reached.push(request.url ?? "");
    if (request.headers.authorization !== "a real account's") response.statusCode = 401;
    buffer(request).then(() => response.end("{}"), reached.push);
  });
  let proxy: Awaited<ReturnType<typeof startAuthorizingProxy>>;

  beforeAll(async () => {
    await new Promise<void>((resolve) => api.listen(0, "127.0.0.1", resolve));
    const address = api.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    proxy = await startAuthorizingProxy({
      target: `http://127.0.0.1:${String(address.port)}/prod`,
      authorize: () => Promise.resolve({ authorization: "a real account's" }),
    });
  });

  afterAll(async () => {
    await proxy.stop();
    api.close();
  });

  beforeEach(() => {
    reached.length = 0;
  });

  it("authorizes what its own tool sends, by the path that only that knows", async () => {
    const response = await send(
      { method: "GET", path: `${new URL(proxy.url).pathname}/payment/x` },
      {},
      new URL(proxy.url),
    );

    expect(response.status).toBe(200);
    expect(reached).toEqual(["/prod/payment/x"]);
  });

  it.each(Object.entries(senders).filter(([, headers]) => Object.keys(headers).length > 0))(
    "authorizes nothing for %s, though it knew the path",
    async (_, headers) => {
      const { pathname } = new URL(proxy.url);
      const response = await send(
        { method: "POST", path: `${pathname}/payment`, type: "text/plain", body: "{}" },
        headers,
        new URL(proxy.url),
      );

      expect(response.status).toBe(403);
      expect(reached).toEqual([]);
    },
  );

  it("authorizes nothing for a program that does not know the path", async () => {
    for (const path of ["/payment", "/", "", "//payment", "http://127.0.0.1/payment"]) {
      const response = await send({ method: "GET", path }, {}, new URL(proxy.url));

      expect(response.status).toBe(403);
    }
    expect(reached).toEqual([]);
  });
});

async function credentials() {
  const { accessKeyId, secretAccessKey } = await aws.lambda.config.credentials();
  return { accessKeyId, secretAccessKey, sessionToken: "" };
}

/** What this run's own client would send, but for what is given otherwise. */
async function signedRequest(
  url: string,
  service: string,
  others: Partial<Awaited<ReturnType<typeof credentials>>> = {},
  { signQuery = false, ...content }: Pick<Step, "body" | "type"> & { signQuery?: boolean } = {},
): Promise<{ step: Step; headers: http.OutgoingHttpHeaders }> {
  const method = content.body === undefined ? "GET" : "POST";
  const signed = await new AwsV4Signer({
    ...(await credentials()),
    ...others,
    ...(content.body !== undefined && { body: content.body }),
    url,
    service,
    region: text("region"),
    method,
    signQuery,
  }).sign();
  return {
    step: { ...content, method, path: `${signed.url.pathname}${signed.url.search}` },
    headers: Object.fromEntries(signed.headers),
  };
}
