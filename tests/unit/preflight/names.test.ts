import { APIGatewayClient, GetDomainNamesCommand } from "@aws-sdk/client-api-gateway";
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  ListDashboardsCommand,
} from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DescribeTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DescribeRuleCommand, EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { GetRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { KMSClient, ListAliasesCommand } from "@aws-sdk/client-kms";
import { GetFunctionConfigurationCommand, LambdaClient } from "@aws-sdk/client-lambda";
import {
  DescribeDBInstancesCommand,
  DescribeDBParameterGroupsCommand,
  DescribeDBSubnetGroupsCommand,
  RDSClient,
} from "@aws-sdk/client-rds";
import { GetTopicAttributesCommand, SNSClient } from "@aws-sdk/client-sns";
import { ListWebACLsCommand, WAFV2Client } from "@aws-sdk/client-wafv2";
import { mockClient } from "aws-sdk-client-mock";
import type { Context } from "../../../bin/preflight/check";
import { nameCheck } from "../../../bin/preflight/checks/names";
import { namedTypes } from "../../../bin/preflight/name-table";
import { catalogue } from "../../../lib/catalogue";
import { recordedGraph } from "../../../lib/policy/sources/recorded";
import { account, answer, denied, findingsOf, firstDeployment, lines } from "./context";

const apiGateway = mockClient(APIGatewayClient);
const cloudWatch = mockClient(CloudWatchClient);
const dynamoDb = mockClient(DynamoDBClient);
const eventBridge = mockClient(EventBridgeClient);
const iam = mockClient(IAMClient);
const kms = mockClient(KMSClient);
const lambda = mockClient(LambdaClient);
const logs = mockClient(CloudWatchLogsClient);
const rds = mockClient(RDSClient);
const sns = mockClient(SNSClient);
const wafv2 = mockClient(WAFV2Client);

let context: Context;
beforeAll(async () => {
  context = await firstDeployment();
});

/** An account that has nothing of the stack's names, but things whose names begin like them. */
beforeEach(() => {
  const mocks = [apiGateway, cloudWatch, dynamoDb, eventBridge, iam, kms, lambda, logs, rds, sns];
  for (const mock of [...mocks, wafv2]) mock.reset();
  const like = (name: string) => `${name}-2`;
  apiGateway.on(GetDomainNamesCommand).resolves({ items: [{ domainName: "another.example" }] });
  cloudWatch.on(DescribeAlarmsCommand).resolves({ MetricAlarms: [] });
  cloudWatch
    .on(ListDashboardsCommand)
    .callsFake(({ DashboardNamePrefix: name }: { DashboardNamePrefix: string }) => ({
      DashboardEntries: [{ DashboardName: like(name) }],
    }));
  dynamoDb.on(DescribeTableCommand).rejects(answer("ResourceNotFoundException"));
  eventBridge.on(DescribeRuleCommand).rejects(answer("ResourceNotFoundException"));
  iam.on(GetRoleCommand).rejects(answer("NoSuchEntityException"));
  kms.on(ListAliasesCommand).resolves({ Aliases: [{ AliasName: "alias/another" }] });
  lambda.on(GetFunctionConfigurationCommand).rejects(answer("ResourceNotFoundException"));
  logs
    .on(DescribeLogGroupsCommand)
    .callsFake(({ logGroupNamePrefix: name }: { logGroupNamePrefix: string }) => ({
      logGroups: [{ logGroupName: like(name) }],
    }));
  rds.on(DescribeDBInstancesCommand).rejects(answer("DBInstanceNotFoundFault"));
  rds.on(DescribeDBParameterGroupsCommand).rejects(answer("DBParameterGroupNotFoundFault"));
  rds.on(DescribeDBSubnetGroupsCommand).rejects(answer("DBSubnetGroupNotFoundFault"));
  sns.on(GetTopicAttributesCommand).rejects(answer("NotFoundException"));
  wafv2.on(ListWebACLsCommand).resolves({ WebACLs: [{ Name: "another" }] });
});

const check = (changes: Partial<Context> = {}) => findingsOf(nameCheck, { ...context, ...changes });
const role = "prod-payment-lambda-role-prod";
const topic = "payments-prod-alarms-prod";

describe("the names of a stack", () => {
  it("are free, each kind of them", async () => {
    const found = await check();

    expect(found.map(({ level }) => level)).toEqual(Object.keys(namedTypes).map(() => "ok"));
    expect(found.map(({ where }) => where)).toEqual(
      Object.values(namedTypes).map(({ what }) => what),
    );
  });

  it("are taken, where something has them that is not the stack's: each is named", async () => {
    iam.on(GetRoleCommand, { RoleName: role }).resolves({});
    sns
      .on(GetTopicAttributesCommand, {
        TopicArn: `arn:aws:sns:eu-central-1:${account}:${topic}`,
      })
      .resolves({});
    const problems = (await check()).filter(({ level }) => level === "problem");

    expect(problems.map(({ what }) => what)).toEqual([
      `${role} exists already, and is not in the stack's state`,
      `${topic} exists already, and is not in the stack's state`,
    ]);
    expect(problems[0]?.whatToDo).toContain("environmentSuffix");
  });

  it("are found in every page of a list, and in every hundred alarms", async () => {
    wafv2.on(ListWebACLsCommand).resolves({ WebACLs: [{ Name: "one" }], NextMarker: "2" });
    wafv2
      .on(ListWebACLsCommand, { Scope: "REGIONAL", NextMarker: "2" })
      .resolves({ WebACLs: [{ Name: "payments-prod-waf-prod" }] });
    cloudWatch
      .on(DescribeAlarmsCommand)
      .callsFake(({ AlarmNames }: { AlarmNames: readonly string[] }) => ({
        MetricAlarms: AlarmNames.slice(0, 1).map((AlarmName) => ({ AlarmName })),
      }));
    const problems = lines(await check(), "problem");

    expect(problems.join("\n")).toContain("web ACLs: payments-prod-waf-prod exists already");
    expect(problems.filter((line) => line.startsWith("alarms: "))).toHaveLength(1);
  });

  it("are this stack's own, where its state has them, and are not asked for", async () => {
    iam.on(GetRoleCommand).resolves({});

    expect(
      lines(await check({ state: { graph: recordedGraph(context.graph) } }), "problem"),
    ).toEqual([]);
    expect(iam.calls()).toEqual([]);
  });

  it("may be its own, where the state is not known: a few are named", async () => {
    iam.on(GetRoleCommand).resolves({});
    const found = await check({ state: { unknown: "no CLI" } });

    expect(lines(found, "problem")).toEqual([]);
    expect(lines(found, "warning").join()).toMatch(/roles: (\d+) of \1 exist already: .* others/);
  });

  it("are not known of a service that may not be asked; the others are", async () => {
    kms.on(ListAliasesCommand).rejects(denied("kms:ListAliases"));
    const found = await check();

    expect(lines(found, "warning")).toEqual(["aliases of keys: could not be asked: not permitted"]);
    expect(lines(found, "ok")).toHaveLength(Object.keys(namedTypes).length - 1);
  });

  it("are asked for without those that a random part or another's id is in", async () => {
    await check();
    const asked = logs
      .commandCalls(DescribeLogGroupsCommand)
      .map(({ args: [{ input }] }) => input.logGroupNamePrefix);

    expect(asked).toContain("/aws/lambda/payments-prod-payment-prod");
    expect(asked.filter((name) => name?.includes("Execution-Logs"))).toEqual([]);
  });
});

/** Types whose names are not asked for, and why a deployment takes no other's. */
const others: Readonly<Record<string, string>> = {
  "aws:apigateway/restApi:RestApi": "may have the name of another",
  "aws:appautoscaling/policy:Policy": "is the table's",
  "aws:cognito/userPool:UserPool": "may have the name of another",
  "aws:cognito/userPoolClient:UserPoolClient": "is the pool's",
  "aws:ec2/securityGroup:SecurityGroup": "is the network's",
  "aws:iam/rolePolicy:RolePolicy": "is the role's",
  "aws:s3/bucket:Bucket": "has a random part",
  "aws:secretsmanager/secret:Secret": "has a random part",
};

describe("every type with a name", () => {
  it("is asked for, or its name is nobody else's", () => {
    const named = Object.entries(catalogue).flatMap(([type, { nameLimit }]) =>
      nameLimit === undefined ? [] : [type],
    );
    expect(Object.keys(others).filter((type) => !named.includes(type))).toEqual([]);
    const wanted = named.filter((type) => !(type in others));

    expect(Object.keys(namedTypes).sort()).toEqual(wanted.sort());
  });

  it("is asked for by the argument that is its name", () => {
    for (const [type, { argument }] of Object.entries(namedTypes))
      expect([type, argument]).toEqual([type, catalogue[type]?.nameLimit?.argument]);
  });
});
