import { differences, statementsOf } from "../../least-privilege/comparison";

const table = "arn:aws:dynamodb:eu-central-1:123456789012:table/payments";
const allow = (Action: string | string[], Resource: string | string[], Sid = "Payments") =>
  statementsOf({
    Version: "2012-10-17",
    Statement: [{ Sid, Effect: "Allow", Action, Resource }],
  });
const deny = (Action: string, Resource: string) =>
  statementsOf({ Version: "2012-10-17", Statement: { Effect: "Deny", Action, Resource } });
const use = (action: string, resource = table) => ({ action, resource });

describe("the comparison of a role with what is used", () => {
  it("finds nothing when all that is granted is used and all that is used is granted", () => {
    expect(
      differences(
        "role",
        allow(["dynamodb:GetItem", "dynamodb:Query"], [table, `${table}/index/*`]),
        [use("dynamodb:GetItem"), use("dynamodb:Query"), use("dynamodb:Query", `${table}/index/x`)],
      ),
    ).toEqual([]);
  });

  it("names an action that is granted and never used", () => {
    expect(
      differences("role", allow(["dynamodb:GetItem", "dynamodb:PutItem"], table), [
        use("dynamodb:GetItem"),
      ]),
    ).toEqual([`role: Payments: dynamodb:PutItem on ${table} is granted and never used`]);
  });

  it("names a resource that is granted and never used", () => {
    const other = `${table}-2`;

    expect(
      differences("role", allow("dynamodb:GetItem", [table, other]), [use("dynamodb:GetItem")]),
    ).toEqual([`role: Payments: dynamodb:GetItem on ${other} is granted and never used`]);
  });

  it("wants an index to be queried, and knows that nothing can be put there", () => {
    expect(
      differences(
        "role",
        allow(["dynamodb:PutItem", "dynamodb:Query"], [table, `${table}/index/*`]),
        [use("dynamodb:PutItem"), use("dynamodb:Query")],
      ),
    ).toEqual([`role: Payments: dynamodb:Query on ${table}/index/* is granted and never used`]);
  });

  it("names what is used and not granted: the action, or the resource", () => {
    expect(
      differences("role", allow("dynamodb:GetItem", table), [
        use("dynamodb:GetItem"),
        use("dynamodb:DeleteItem"),
        use("dynamodb:GetItem", `${table}-2`),
        use("dynamodb:GetItem", `${table}-2`),
      ]),
    ).toEqual([
      `role: dynamodb:DeleteItem on ${table} is used and not granted`,
      `role: dynamodb:GetItem on ${table}-2 is used and not granted`,
    ]);
  });

  it("takes what is denied for not granted, and what is denied and not used for settled", () => {
    const granted = allow(["logs:CreateLogGroup", "logs:PutLogEvents"], "*", "Logs");
    const denied = deny("logs:CreateLogGroup", "*");

    expect(
      differences("role", [...granted, ...denied], [use("logs:PutLogEvents", "arn:log")]),
    ).toEqual([]);
    expect(
      differences(
        "role",
        [...granted, ...denied],
        [use("logs:PutLogEvents", "arn:log"), use("logs:CreateLogGroup", "arn:log")],
      ),
    ).toEqual(["role: logs:CreateLogGroup on arn:log is used and not granted"]);
  });

  it("lets a deny of less than is granted not excuse the grant", () => {
    expect(
      differences("role", [...allow("s3:GetObject", "*"), ...deny("s3:GetObject", "arn:one")], []),
    ).toEqual(["role: Payments: s3:GetObject on * is granted and never used"]);
  });

  it("refuses a grant of actions that no one can list, even if some are used", () => {
    expect(differences("role", allow("dynamodb:*", table), [use("dynamodb:GetItem")])).toEqual([
      `role: Payments: dynamodb:* on ${table} grants actions that no one can list`,
    ]);
  });

  it("matches as IAM does: actions in any case, resources as they are, ? for one character", () => {
    const statements = allow("s3:getobject", "arn:aws:s3:::bucket.?/*");
    const get = (resource: string) => [use("s3:GetObject", resource)];

    expect(differences("role", statements, get("arn:aws:s3:::bucket.1/a/b"))).toEqual([]);
    for (const other of [
      "arn:aws:s3:::bucket.10/a",
      "arn:aws:s3:::bucketx1/a",
      "ARN:aws:s3:::bucket.1/a",
    ])
      expect(differences("role", statements, get(other))).toHaveLength(2);
  });
});

describe("a policy that the comparison cannot evaluate", () => {
  it.each([
    ["a condition", { Condition: { Bool: { "aws:SecureTransport": "true" } } }],
    ["NotAction", { NotAction: "s3:*" }],
    ["NotResource", { NotResource: "*" }],
  ])("is refused: %s", (_, more) => {
    const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "*", ...more };

    expect(() => statementsOf({ Version: "2012-10-17", Statement: [statement] })).toThrow(
      Object.keys(more)[0],
    );
  });
});
