import { authorizationOf, callerKeyHash, callerOf } from "../../../../lib/lambda/http/caller";
import { Harness, calledBy, newPayment, problemOf } from "../harness";

const identity = (fields: Record<string, unknown>) => ({ identity: fields });
const token = { iss: "https://issuer.example/pool", sub: "user-7" };

describe("a caller that IAM authorizes", () => {
  it.each([
    [
      "a role, whatever the session",
      "arn:aws:sts::123456789012:assumed-role/shop/i-0abc",
      "arn:aws:sts::123456789012:assumed-role/shop",
    ],
    [
      "a role of another partition",
      "arn:aws-us-gov:sts::123456789012:assumed-role/shop/a@b.example",
      "arn:aws-us-gov:sts::123456789012:assumed-role/shop",
    ],
    ["a user", "arn:aws:iam::123456789012:user/team/anna", undefined],
    ["a federated user", "arn:aws-cn:sts::123456789012:federated-user/anna", undefined],
    ["the account itself", "arn:aws:iam::123456789012:root", undefined],
  ])("is known by its ARN: %s", (_, userArn, expected = userArn) => {
    expect(callerOf(calledBy(userArn), "AWS_IAM")).toEqual(["principal", expected]);
  });

  it("is the user where all users of an identity pool take the same role", () => {
    const pool = {
      userArn: "arn:aws:sts::123456789012:assumed-role/pool/CognitoIdentityCredentials",
    };
    const [one, other] = ["eu-central-1:1", "eu-central-1:2"].map((cognitoIdentityId) =>
      callerOf(identity({ ...pool, cognitoIdentityId }), "AWS_IAM"),
    );

    expect(one).toEqual(["cognito-identity", "eu-central-1:1"]);
    expect(other).not.toEqual(one);
  });

  it("stays the same where it begins to send an API key", () => {
    const userArn = "arn:aws:iam::123456789012:user/anna";

    expect(callerOf(identity({ userArn, apiKeyId: "key-1" }), "AWS_IAM")).toEqual(
      callerOf(identity({ userArn }), "AWS_IAM"),
    );
  });

  it.each([
    ["nothing", {}],
    ["no identity", { identity: null }],
    ["an empty identity", identity({ userArn: null, accessKey: null, sourceIp: "192.0.2.1" })],
    ["an API key alone", identity({ apiKeyId: "key-1" })],
    ["a token alone", { authorizer: { claims: token } }],
  ])("is refused where the gateway's context has %s", (_, context) => {
    expect(() => callerOf(context, "AWS_IAM")).toThrow("The gateway names no caller");
  });
});

describe("a caller that a user pool authorizes", () => {
  it("is the token's user", () => {
    expect(callerOf({ authorizer: { claims: token } }, "COGNITO_USER_POOLS")).toEqual([
      "token",
      token.iss,
      token.sub,
    ]);
  });

  it.each([
    ["no authorizer", {}],
    ["no claims", { authorizer: { principalId: "user-7" } }],
    ["an API key alone", identity({ apiKeyId: "key-1" })],
  ])("is refused where the gateway's context has %s", (_, context) => {
    expect(() => callerOf(context, "COGNITO_USER_POOLS")).toThrow("The gateway names no user");
  });
});

describe("a caller that others authorize", () => {
  it.each<[string, Record<string, unknown>, string[]]>([
    ["a token's user", { authorizer: { claims: token } }, ["token", token.iss, token.sub]],
    [
      "a token's user, with an API key",
      { authorizer: { claims: token, principalId: "x" }, ...identity({ apiKeyId: "key-1" }) },
      ["token", token.iss, token.sub],
    ],
    [
      "whom an authorizer of one's own names",
      { authorizer: { principalId: "shop-1", claims: null } },
      ["authorizer", "shop-1"],
    ],
    [
      "the owner of an API key, by the key's id",
      identity({ apiKeyId: "key-1", apiKey: "secret" }),
      ["api-key", "key-1"],
    ],
    ["everybody else", identity({ sourceIp: "192.0.2.1", userArn: null }), ["anonymous"]],
    ["anybody, where nothing is said of an authorizer's user", { authorizer: {} }, ["anonymous"]],
  ])("is %s", (_, context, expected) => {
    expect(callerOf(context, "NONE")).toEqual(expected);
  });
});

describe("an identity that is malformed", () => {
  it.each(["AWS_IAM", "NONE"] as const)("is nobody's: %s", (authorization) => {
    const malformed = [
      "anna",
      "arn:aws:iam::123456789012",
      "arn:aws:iam::123456789012:user/",
      "arn:aws:iam::1234:user/anna",
      "arn:aws:s3::123456789012:user/anna",
      "arn:aws:sts::123456789012:assumed-role/shop",
      "arn:aws:sts::123456789012:assumed-role/shop/",
      "arn:aws:iam::123456789012:user/a b",
    ].map(calledBy);
    const others = [
      undefined,
      "text",
      identity({ userArn: 7 }),
      identity({ userArn: "" }),
      identity({ apiKeyId: {} }),
      { authorizer: { claims: { iss: token.iss } } },
      { authorizer: { claims: "claims" } },
      { authorizer: { principalId: 7 } },
    ];

    for (const context of [...malformed, ...others])
      expect(() => callerOf(context, authorization)).toThrow();
  });
});

describe("a caller's key", () => {
  it("is another than the same of another caller, however names and keys are cut", () => {
    const pairs = [
      [["anonymous"], "a"],
      [["api-key", "a"], "b"],
      [["api-key", "a,b"], ""],
      [["api-key", 'a","b'], ""],
      [["authorizer", "a"], "b"],
      [["token", "a", "b"], "c"],
      [["token", "a", "bc"], ""],
      [["token", "ab", "c"], ""],
    ] as const;

    expect(new Set(pairs.map(([caller, key]) => callerKeyHash(caller, key))).size).toBe(
      pairs.length,
    );
    expect(callerKeyHash(["api-key", "a"], "b")).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe("the deployment's setting", () => {
  it("is AWS_IAM, COGNITO_USER_POOLS or NONE", () => {
    for (const setting of ["AWS_IAM", "COGNITO_USER_POOLS", "NONE"])
      expect(authorizationOf(setting)).toBe(setting);
    for (const setting of ["", "none", "CUSTOM"])
      expect(() => authorizationOf(setting)).toThrow(
        "AUTHORIZATION must be one of AWS_IAM, COGNITO_USER_POOLS, NONE",
      );
  });
});

describe("one key", () => {
  const role = (name: string, session: string) =>
    calledBy(`arn:aws:sts::123456789012:assumed-role/${name}/${session}`);
  const create = (api: Harness, context: Record<string, unknown>) =>
    api.post("/payment", { body: newPayment, key: "order-1001", context });

  it("of two callers is two payments", async () => {
    const api = new Harness();
    const one = await create(api, role("shop", "a"));
    const other = await create(api, role("kiosk", "a"));

    expect([one.status, other.status]).toEqual([201, 201]);
    expect(other.headers).not.toHaveProperty("Idempotent-Replayed");
    expect(other.body["transactionId"]).not.toBe(one.body["transactionId"]);
    expect(api.store.payments.size).toBe(2);
  });

  it("of another caller is no mismatch and discloses nothing, whatever was requested under it", async () => {
    const api = new Harness();
    await create(api, role("shop", "a"));
    const { status } = await api.post("/payment", {
      body: { ...newPayment, amount: 7 },
      key: "order-1001",
      context: role("kiosk", "a"),
    });

    expect(status).toBe(201);
  });

  it("of one role in two sessions is one payment", async () => {
    const api = new Harness();
    const first = await create(api, role("shop", "monday"));
    const again = await create(api, role("shop", "tuesday"));

    expect(again.text).toBe(first.text);
    expect(again.headers["Idempotent-Replayed"]).toBe("true");
  });

  it("of an anonymous caller is shared by all where no authorization is required", async () => {
    const api = new Harness(undefined, "NONE");
    await create(api, {});
    const again = await create(api, { identity: { sourceIp: "192.0.2.1" } });

    expect(again.headers["Idempotent-Replayed"]).toBe("true");
  });

  it.each([
    ["missing", {}],
    ["malformed", calledBy("arn:aws:iam::1:user/anna-of-shop")],
  ])("makes no payment where IAM authorizes and the identity is %s", async (_, context) => {
    const api = new Harness();
    const response = await create(api, context);

    expect(problemOf(response)).toMatchObject({ status: 500, kind: "internal-error" });
    expect(api.log).toMatchObject([
      {
        level: "error",
        extra: { errorMessage: expect.stringContaining("gateway names") as unknown },
      },
      { level: "info" },
    ]);
    expect(JSON.stringify(api.log)).not.toContain("anna-of-shop");
    expect(api.store.responses.size + api.store.payments.size).toBe(0);
  });

  it("is nowhere in the log with its caller", async () => {
    const api = new Harness();
    await create(api, role("the-secret-shop", "a"));

    expect(JSON.stringify(api.log)).not.toMatch(/secret-shop|order-1001/);
  });
});
