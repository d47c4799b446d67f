import "./function-environment";
import { Problem } from "../../../../../lib/lambda/http/problem";
import { accountsOf } from "../../../../../lib/lambda/storefront/users/account";

const log: unknown[][] = [];
const logger = { error: (...entry: unknown[]) => void log.push(entry) };
/** The requests that Cognito got. */
const received: Request[] = [];
/** What it responds with: one after the other, the last one for good. */
let responses: (() => Response)[];

const success = () => new Response(null, { status: 200 });
const refusal = (type: string, status = 400) => {
  const message = "User customer-1 is refused.";
  return () => new Response(JSON.stringify({ __type: type, message }), { status });
};

beforeEach(() => {
  log.length = 0;
  received.length = 0;
  responses = [success];
  jest.spyOn(globalThis, "fetch").mockImplementation((input) => {
    received.push(new Request(input));
    const response = responses.length > 1 ? responses.shift() : responses[0];
    return Promise.resolve().then(() => response?.() ?? success());
  });
});
afterEach(() => {
  jest.restoreAllMocks();
  process.env["AWS_REGION"] = "eu-central-1";
  delete process.env["AWS_ENDPOINT_URL"];
});

const deleted = () => accountsOf("eu-central-1_pool", logger)("customer-1");

describe("an account of the pool", () => {
  it("is deleted by its user name, the sub, in a request that the function's role has signed", async () => {
    await deleted();

    const [request] = received;
    expect(received).toHaveLength(1);
    expect(request?.method).toBe("POST");
    expect(request?.url).toBe("https://cognito-idp.eu-central-1.amazonaws.com/");
    expect(await request?.json()).toEqual({
      UserPoolId: "eu-central-1_pool",
      Username: "customer-1",
    });
    expect(request?.headers.get("Content-Type")).toBe("application/x-amz-json-1.1");
    expect(request?.headers.get("X-Amz-Target")).toBe(
      "AWSCognitoIdentityProviderService.AdminDeleteUser",
    );
    expect(request?.headers.get("Authorization")).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/cognito-idp\/aws4_request/,
    );
    expect(log).toEqual([]);
  });

  it.each([
    ["cn-north-1", undefined, "https://cognito-idp.cn-north-1.amazonaws.com.cn/"],
    ["eu-central-1", "http://127.0.0.1:4566", "http://127.0.0.1:4566/"],
  ])("is deleted in %s, at the endpoint %s", async (region, endpoint, url) => {
    process.env["AWS_REGION"] = region;
    if (endpoint !== undefined) process.env["AWS_ENDPOINT_URL"] = endpoint;
    await deleted();

    expect(received.map((request) => request.url)).toEqual([url]);
  });

  it.each(["UserNotFoundException", "com.amazonaws.cognito#UserNotFoundException"])(
    "may be deleted already: %s",
    async (type) => {
      responses = [refusal(type)];
      await deleted();

      expect(log).toEqual([]);
    },
  );

  it("is deleted where Cognito fails once", async () => {
    responses = [refusal("InternalErrorException", 500), success];
    await deleted();

    expect(received).toHaveLength(2);
  });

  it.each<[string, () => Response, string]>([
    ["is throttled", refusal("TooManyRequestsException"), "TooManyRequestsException"],
    ["fails", refusal("InternalErrorException", 500), "InternalErrorException"],
    ["has no such pool", refusal("ResourceNotFoundException"), "ResourceNotFoundException"],
    ["refuses the role", refusal("AccessDeniedException"), "AccessDeniedException"],
    [
      "responds with no JSON",
      () => new Response("<html>customer-1</html>", { status: 502 }),
      "HTTP status 502",
    ],
    ["responds with other JSON", () => new Response("[]", { status: 400 }), "HTTP status 400"],
    [
      "does not respond",
      () => {
        throw new TypeError("fetch failed");
      },
      "TypeError: fetch failed",
    ],
  ])("is reported as not yet deleted where Cognito %s", async (_, response, reason) => {
    responses = [response];
    const error: unknown = await deleted().catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(Problem);
    expect(error).toMatchObject({
      kind: "unavailable",
      status: 503,
      details: {
        detail: "Your data is deleted, your sign-in is not yet; send the same request again",
        headers: { "Retry-After": "5" },
      },
    });
    expect(log).toEqual([["The account was not deleted", { reason }]]);
  });
});
