import { ApiAccountComponent } from "../../../lib/components/api-account";
import { environmentTypes } from "../../../lib/types";
import type { EnvironmentType } from "../../../lib/types";
import { accountId } from "../../../lib/graph/mock-aws";
import { record, valueOf } from "../../../lib/graph/record";
import { testContext } from "../context";

const build = (environment: EnvironmentType = "dev") =>
  record(
    () =>
      new ApiAccountComponent("payments-api-account", {
        context: testContext(environment),
        purpose: "api-logs",
      }),
  );

const roleType = "aws:iam/role:Role";
const attachmentType = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const accountType = "aws:apigateway/account:Account";

describe("the account's logging role", () => {
  it("may be assumed by API Gateway only, and may do nothing but write logs", async () => {
    const graph = await build();
    const role = graph.one(roleType);

    expect(role.inputs).toEqual({
      namePrefix: "dev-payment-api-logs-",
      description: "API Gateway writes logs with it",
      assumeRolePolicy: {
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "AllowAssumeRole",
            Effect: "Allow",
            Action: "sts:AssumeRole",
            Principal: { Service: "apigateway.amazonaws.com" },
          },
        ],
      },
      tags: { ...testContext("dev").tags, Name: "dev-payment-api-logs-role-dev" },
    });
    expect(graph.ofType(attachmentType).map(({ inputs }) => inputs["policyArn"])).toEqual([
      "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs",
    ]);
    expect(graph.dependenciesOf(graph.one(attachmentType))).toContain(role);
  });

  it.each(environmentTypes)("has a name of its own that begins with %s", async (environment) => {
    const prefix = String((await build(environment)).one(roleType).inputs["namePrefix"]);

    expect(prefix.startsWith(`${environment}-`)).toBe(true);
    expect(prefix.length).toBeLessThanOrEqual(38);
  });

  it("is set after its permission to write", async () => {
    const graph = await build();
    const account = graph.one(accountType);

    expect(account.inputs).toEqual({
      cloudwatchRoleArn: `arn:aws:iam::${accountId}:role/payments-api-account-role`,
    });
    expect(graph.dependenciesOf(account)).toContain(graph.one(attachmentType));
    expect(await valueOf(graph.result.roleArn)).toBe(account.inputs["cloudwatchRoleArn"]);
  });

  it("is not reset when another stack has set its own", async () => {
    expect((await build()).one(accountType).ignoreChanges).toEqual(["cloudwatchRoleArn"]);
  });

  it("outlives the stack, whole, because other stacks' stages log by it", async () => {
    const graph = await build();

    for (const type of [roleType, attachmentType, accountType]) {
      expect([type, graph.one(type).retainOnDelete]).toEqual([type, true]);
    }
  });

  it("belongs to its component", async () => {
    const graph = await build();
    const component = graph.one("payments:api:Account");

    expect(graph.childrenOf(component)).toHaveLength(3);
    expect(graph.resources).toHaveLength(4);
  });
});
