import { unknownValue } from "../../../lib/policy/resource";
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

  it.each([["no JSON"], ["{}"], [undefined], [{ Statement: [{ Effect: "Maybe" }] }]])(
    "are none of %j",
    (policy) => {
      expect(statementsOf(policy)).toBeUndefined();
    },
  );
});
