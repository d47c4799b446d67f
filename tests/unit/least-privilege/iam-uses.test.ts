import { iamUses } from "../../../lib/local/iam-uses";

const accountId = "123456789012";
const table = "arn:aws:dynamodb:eu-central-1:123456789012:table/payments";

/** The permissions that a call needs: `action resource`. */
function needed(call: {
  method?: string;
  url?: string;
  target?: string;
  service?: string;
  region?: string;
  body?: object;
  headers?: Record<string, string>;
}): string[] {
  const scope = `AKID/20260101/${call.region ?? "eu-central-1"}/${call.service ?? "s3"}/aws4_request`;
  const uses = iamUses(
    {
      function: "payment",
      method: call.method ?? "POST",
      url: call.url ?? "/",
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
        ...(call.target !== undefined && { "x-amz-target": call.target }),
        ...call.headers,
      },
      body: Buffer.from(JSON.stringify(call.body ?? {})),
    },
    accountId,
  );
  expect(new Set(uses.map((use) => use.function))).toEqual(new Set(["payment"]));
  return uses.map(({ action, resource }) => `${action} ${resource}`);
}

describe("the permissions that a call to DynamoDB needs", () => {
  it("is the operation on the table, by name or ARN", () => {
    for (const TableName of ["payments", table])
      expect(needed({ target: "DynamoDB_20120810.GetItem", body: { TableName } })).toEqual([
        `dynamodb:GetItem ${table}`,
      ]);
  });

  it("is the table of the region that the call is signed for", () => {
    const call = { target: "DynamoDB_20120810.GetItem", body: { TableName: "payments" } };

    expect(needed({ ...call, region: "us-west-2" })).toEqual([
      `dynamodb:GetItem ${table.replace("eu-central-1", "us-west-2")}`,
    ]);
  });

  it("is the index alone where one is queried", () => {
    const body = { TableName: "payments", IndexName: "UserIdIndex" };

    expect(needed({ target: "DynamoDB_20120810.Query", body })).toEqual([
      `dynamodb:Query ${table}/index/UserIdIndex`,
    ]);
  });

  it("is the batch on each of its tables", () => {
    const RequestItems = { payments: { Keys: [] }, [`${table}-2`]: { Keys: [] } };

    expect(needed({ target: "DynamoDB_20120810.BatchGetItem", body: { RequestItems } })).toEqual([
      `dynamodb:BatchGetItem ${table}`,
      `dynamodb:BatchGetItem ${table}-2`,
    ]);
  });

  it("is each item's own action in a transaction", () => {
    const one = { TableName: "payments" };
    const TransactItems = [{ Put: one }, { Update: one }, { Delete: one }, { ConditionCheck: one }];

    expect(
      needed({ target: "DynamoDB_20120810.TransactWriteItems", body: { TransactItems } }),
    ).toEqual(
      ["PutItem", "UpdateItem", "DeleteItem", "ConditionCheckItem"].map(
        (action) => `dynamodb:${action} ${table}`,
      ),
    );
  });
});

describe("the permissions that a call to Secrets Manager needs", () => {
  it("is the operation on the secret", () => {
    const body = { SecretId: "arn:secret" };

    expect(needed({ target: "secretsmanager.GetSecretValue", body })).toEqual([
      "secretsmanager:GetSecretValue arn:secret",
    ]);
  });
});

describe("the permissions that a call to Cognito needs", () => {
  it("is the operation on the user pool", () => {
    const target = "AWSCognitoIdentityProviderService.AdminDeleteUser";
    const body = { UserPoolId: "eu-central-1_pool", Username: "user-1" };

    expect(needed({ target, service: "cognito-idp", body })).toEqual([
      "cognito-idp:AdminDeleteUser arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_pool",
    ]);
  });
});

describe("the permissions that a call to a deployed API needs", () => {
  const service = "execute-api";

  it("is that to invoke its operation, of its stage", () => {
    for (const query of ["", "?limit=1"])
      expect(
        needed({ service, method: "GET", url: `/_aws/execute-api/abc/dev/payment/pay_1${query}` }),
      ).toEqual([
        "execute-api:Invoke arn:aws:execute-api:eu-central-1:123456789012:abc/dev/GET/payment/pay_1",
      ]);
  });

  it("is one that no policy grants where it is no operation's", () => {
    expect(needed({ service, url: "/" })).toEqual([expect.stringMatching(/^unknown:/)]);
  });
});

describe("the permissions that a call to S3 needs", () => {
  it.each([
    ["PUT", "s3:PutObject"],
    ["GET", "s3:GetObject"],
    ["HEAD", "s3:GetObject"],
    ["DELETE", "s3:DeleteObject"],
  ])("is, for %s of an object, %s", (method, action) => {
    expect(needed({ method, url: "/audit/a%3Db/c.json?x-id=Any" })).toEqual([
      `${action} arn:aws:s3:::audit/a=b/c.json`,
    ]);
  });

  it("is the listing of a bucket for its list and for a look at whether it is there", () => {
    for (const [method, url] of [
      ["GET", "/audit?list-type=2&prefix=a"],
      ["GET", "/audit/?list-type=2"],
      ["HEAD", "/audit"],
    ] as const)
      expect(needed({ method, url })).toEqual(["s3:ListBucket arn:aws:s3:::audit"]);
  });

  it("is more where an upload brings tags, a lock or an ACL", () => {
    const headers = { "x-amz-tagging": "a=b", "x-amz-object-lock-mode": "GOVERNANCE" };

    expect(needed({ method: "PUT", url: "/audit/a", headers })).toEqual([
      "s3:PutObject arn:aws:s3:::audit/a",
      "s3:PutObjectTagging arn:aws:s3:::audit/a",
      "s3:PutObjectRetention arn:aws:s3:::audit/a",
    ]);
  });
});

describe("a call that is not known", () => {
  it.each([
    ["another service", { service: "sqs", target: "AmazonSQS.SendMessage" }],
    ["another service without a target", { service: "sts", url: "/" }],
    ["a subresource of an object", { method: "GET", url: "/audit/a?acl" }],
    ["a subresource of a bucket", { method: "GET", url: "/audit?policy" }],
    ["another method", { method: "POST", url: "/audit/a" }],
  ])("comes out as an action that no policy grants: %s", (_, call) => {
    expect(needed(call)).toEqual([expect.stringMatching(/^unknown:/)]);
  });
});
