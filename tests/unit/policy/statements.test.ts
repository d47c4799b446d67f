import { unknownValue } from "../../../lib/policy/policy-graph";
import { statementsOf } from "../../../lib/policy/statements";

const expected = {
  sid: "One",
  effect: "Allow",
  principals: ["sns.amazonaws.com", "arn:aws:iam::1:root", "arn:aws:iam::2:root"],
  actions: ["s3:GetObject"],
  notPrincipals: [],
  notActions: [],
  resources: ["*"],
  notResources: [],
  conditions: { Bool: { "aws:SecureTransport": "false" } },
};

const statement = {
  Sid: "One",
  Effect: "Allow",
  Principal: {
    Service: "sns.amazonaws.com",
    AWS: ["arn:aws:iam::1:root", "arn:aws:iam::2:root"],
  },
  Action: "s3:GetObject",
  Resource: "*",
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};

describe("the statements of a policy", () => {
  it.each([
    ["a document", { Version: "2012-10-17", Statement: [statement] }],
    ["JSON text", JSON.stringify({ Statement: [statement] })],
    ["a single statement", { Statement: statement }],
  ])("are the same from %s", (_form, policy) => {
    expect(statementsOf(policy)).toEqual([expected]);
  });

  it("have lists where nothing is given", () => {
    expect(
      statementsOf({ Statement: [{ Effect: "Deny", Principal: "*", NotAction: ["a:B"] }] }),
    ).toEqual([
      {
        effect: "Deny",
        principals: ["*"],
        notPrincipals: [],
        actions: [],
        notActions: ["a:B"],
        resources: [],
        notResources: [],
        conditions: {},
      },
    ]);
  });

  it("name what is known only after the deployment as such", () => {
    const policy = { Statement: [{ ...statement, Resource: [unknownValue, "arn:x"] }] };
    expect(statementsOf(policy)?.[0]?.resources).toEqual(["(known after the deployment)", "arn:x"]);
  });

  it("count a colon, quotes and braces in a text for nothing", () => {
    const Sid = String.raw`a":{"b\":":`;
    expect(statementsOf(JSON.stringify({ Statement: { ...statement, Sid } }))?.[0]?.sid).toBe(Sid);
  });

  const unreadable: readonly unknown[] = [
    "no JSON: at all",
    "{}",
    "null",
    undefined,
    JSON.stringify(JSON.stringify({ Statement: [statement] })),
    { statement: [statement] },
    { Statement: [statement], statement: [statement] },
    ...[
      { Effect: "Maybe" },
      { Effect: "allow" },
      { Action: 1 },
      { Action: undefined, action: "*" },
      { Principal: { aws: "*" } },
      { Principal: [] },
      { Condition: { StringEquals: "aws:SourceAccount" } },
      { Why: "there is no such element" },
    ].map((part) => ({ Statement: [statement, { ...statement, ...part }] })),
  ];

  it.each(unreadable.map((policy) => [policy]))("are none of %j", (policy) => {
    expect(statementsOf(policy)).toBeUndefined();
  });
});
