import { APIGatewayClient, GetAccountCommand } from "@aws-sdk/client-api-gateway";
import { GetRoleCommand, IAMClient, ListRolesCommand } from "@aws-sdk/client-iam";
import { mockClient } from "aws-sdk-client-mock";
import type { Context } from "../../../bin/preflight/check";
import { apiAccountCheck } from "../../../bin/preflight/checks/api-account";
import { serviceRoleCheck } from "../../../bin/preflight/checks/service-roles";
import { ProgramGraph } from "../../../lib/graph/program-graph";
import { recordedGraph } from "../../../lib/policy/sources/recorded";
import { account, answer, denied, findingsOf, firstDeployment, lines } from "./context";

const iam = mockClient(IAMClient);
const apiGateway = mockClient(APIGatewayClient);

let context: Context;
beforeAll(async () => {
  context = await firstDeployment();
});
beforeEach(() => {
  iam.reset();
  apiGateway.reset();
  iam.on(GetRoleCommand).resolves({});
  iam.on(ListRolesCommand).resolves({ Roles: [] });
  apiGateway.on(GetAccountCommand).resolves({});
});

describe("service-linked roles", () => {
  const check = () => findingsOf(serviceRoleCheck, context);

  it("are well where they are there", async () => {
    expect(lines(await check(), "ok")).toEqual([
      "AWSServiceRoleForRDS: is there",
      "AWSServiceRoleForAPIGateway: is there",
      "AWSServiceRoleForApplicationAutoScaling_DynamoDBTable: is there",
    ]);
  });

  it("are to be made where the first database would be refused, with the command", async () => {
    iam.on(GetRoleCommand).rejects(answer("NoSuchEntityException"));
    const found = await check();

    expect(found.map(({ level }) => level)).toEqual(["problem", "warning", "warning"]);
    expect(found.map(({ whatToDo }) => whatToDo)).toEqual([
      "aws iam create-service-linked-role --aws-service-name rds.amazonaws.com",
      "aws iam create-service-linked-role --aws-service-name ops.apigateway.amazonaws.com",
      "aws iam create-service-linked-role --aws-service-name dynamodb.application-autoscaling.amazonaws.com",
    ]);
  });

  it("are asked for only where the graph has what needs them", async () => {
    const graph = new ProgramGraph(
      context.graph.result,
      context.graph.ofType("aws:sns/topic:Topic"),
    );

    expect(await findingsOf(serviceRoleCheck, { ...context, graph })).toEqual([]);
  });

  it("are not known where they may not be asked for", async () => {
    iam.on(GetRoleCommand).rejects(denied("iam:GetRole"));

    expect(lines(await check(), "problem")).toEqual([]);
    expect(lines(await check(), "warning").join()).toContain("not permitted");
  });
});

describe("the region's API Gateway logging role", () => {
  const arn = (name: string) => `arn:aws:iam::${account}:role/${name}`;
  const check = (changes: Partial<Context> = {}) =>
    findingsOf(apiAccountCheck, { ...context, ...changes });
  const external = () => {
    const others = context.graph.resources.filter(
      ({ type }) => type !== "aws:apigateway/account:Account",
    );
    return new ProgramGraph(context.graph.result, others);
  };
  const setExternal =
    "pulumi config set --path 'payments:api.accountLogging' external --stack prod";

  it("is set by the stack, where there is none", async () => {
    for (const answered of [{}, { cloudwatchRoleArn: "" }]) {
      apiGateway.on(GetAccountCommand).resolves(answered);

      expect(lines(await check(), "ok").join()).toContain("there is none: the stack sets it");
    }
  });

  it("is not to be replaced, where it is somebody else's", async () => {
    apiGateway.on(GetAccountCommand).resolves({ cloudwatchRoleArn: arn("theirs") });
    const [finding] = await check();

    expect(finding).toMatchObject({ level: "problem", whatToDo: setExternal });
    expect(finding?.what).toContain("which is somebody else's");
  });

  it.each(["dev-payment-api-logs-1", "prod-payment-api-logs-2"])(
    "is not to be replaced either, where another stack has set it: %s",
    async (name) => {
      apiGateway.on(GetAccountCommand).resolves({ cloudwatchRoleArn: arn(name) });
      const [finding] = await check();

      expect(finding).toMatchObject({ level: "problem", whatToDo: setExternal });
      expect(finding?.what).toContain("another stack of this program");
    },
  );

  it("may be this stack's own, where it is not known what that has", async () => {
    const state = { unknown: "no CLI" };
    apiGateway
      .on(GetAccountCommand)
      .resolves({ cloudwatchRoleArn: arn("prod-payment-api-logs-1") });
    expect((await check({ state }))[0]?.level).toBe("warning");

    apiGateway.on(GetAccountCommand).resolves({ cloudwatchRoleArn: arn("theirs") });
    expect((await check({ state }))[0]?.level).toBe("problem");
  });

  it("is left alone by a stack that has set it once, whosever it is now", async () => {
    apiGateway.on(GetAccountCommand).resolves({ cloudwatchRoleArn: arn("theirs") });

    expect(
      lines(await check({ state: { graph: recordedGraph(context.graph) } }), "ok").join(),
    ).toContain("the stack leaves it as it is");
  });

  it("has to be there, where the stack does not set it", async () => {
    expect(lines(await check({ graph: external() }), "problem").join()).toContain(
      "there is none, and the stack makes none",
    );

    apiGateway.on(GetAccountCommand).resolves({ cloudwatchRoleArn: arn("theirs") });
    expect(lines(await check({ graph: external() }), "ok").join()).toContain(
      `is there: ${arn("theirs")}`,
    );
  });

  it("does not matter to a stack without an API", async () => {
    const graph = new ProgramGraph(
      context.graph.result,
      context.graph.ofType("aws:sns/topic:Topic"),
    );

    expect(await check({ graph })).toEqual([]);
  });

  it("may have been left by earlier stacks: those that are not used are named", async () => {
    const role = (RoleName: string) => ({
      RoleName,
      Arn: arn(RoleName),
      Path: "/",
      RoleId: "id",
      CreateDate: new Date(),
    });
    const [current, old, never] = ["prod", "dev", "staging"].map((environment) =>
      role(`${environment}-payment-api-logs-1`),
    );
    if (current === undefined || old === undefined || never === undefined) throw new Error();
    apiGateway.on(GetAccountCommand).resolves({ cloudwatchRoleArn: current.Arn });
    iam.on(ListRolesCommand).resolves({ Roles: [current, old, never, role("another")] });
    const RoleLastUsed = { LastUsedDate: new Date("2026-05-06T07:08:09Z"), Region: "us-west-2" };
    iam.on(GetRoleCommand, { RoleName: old.RoleName }).resolves({ Role: { ...old, RoleLastUsed } });
    const found = lines(await check(), "ok");

    expect(found).toEqual([
      "dev-payment-api-logs-1: an earlier stack's logging role, used last in us-west-2 on 2026-05-06: " +
        "it can be deleted if no other region logs by it",
      "staging-payment-api-logs-1: an earlier stack's logging role, not used in 400 days: " +
        "it can be deleted if no other region logs by it",
    ]);
  });

  it("is found, though roles may not be listed", async () => {
    iam.on(ListRolesCommand).rejects(denied("iam:ListRoles"));
    const found = await check();

    expect(lines(found, "ok")).toHaveLength(1);
    expect(lines(found, "warning")).toEqual([
      "earlier logging roles: could not be asked: not permitted",
    ]);
  });

  it("is not known, where the account may not be asked", async () => {
    apiGateway.on(GetAccountCommand).rejects(answer("TooManyRequestsException"));

    expect(lines(await check(), "warning")).toEqual([
      "API logging role: could not be asked: AWS throttles requests",
    ]);
  });
});
