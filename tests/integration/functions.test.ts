import { DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { GetRoleCommand, GetRolePolicyCommand, ListRolePoliciesCommand } from "@aws-sdk/client-iam";
import {
  GetEventSourceMappingCommand,
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
} from "@aws-sdk/client-lambda";
import { aws, list, text } from "./deployed";

const functions = ["lambda", "migrateLambda", "ledgerLambda", "reconcileLambda"] as const;

describe.each(functions)("the function %s", (prefix) => {
  it("is the one that the outputs name, on arm64 Node, traced, in the private subnets", async () => {
    const { Configuration } = await aws.lambda.send(
      new GetFunctionCommand({ FunctionName: text(`${prefix}Name`) }),
    );

    expect(Configuration).toMatchObject({
      FunctionArn: text(`${prefix}Arn`),
      Role: text(`${prefix}RoleArn`),
      MemorySize: 512,
      Architectures: ["arm64"],
      TracingConfig: { Mode: "Active" },
      LoggingConfig: {
        LogFormat: "JSON",
        ApplicationLogLevel: text("environment") === "dev" ? "DEBUG" : "INFO",
        SystemLogLevel: "INFO",
      },
    });
    expect(Configuration?.Runtime).toMatch(/^nodejs2\d\.x$/);
    expect(Configuration?.VpcConfig?.SecurityGroupIds).toEqual([text("lambdaSecurityGroupId")]);
    expect(Configuration?.VpcConfig?.SubnetIds?.sort()).toEqual(list("privateSubnetIds").sort());
  });

  it("has no password", async () => {
    const { Configuration } = await aws.lambda.send(
      new GetFunctionCommand({ FunctionName: text(`${prefix}Name`) }),
    );

    expect(Object.keys(Configuration?.Environment?.Variables ?? {}).join()).not.toMatch(/passw/i);
  });

  it("has a role of its own, named for the environment, that only Lambda may assume", async () => {
    const { Role } = await aws.iam.send(
      new GetRoleCommand({ RoleName: text(`${prefix}RoleName`) }),
    );

    expect(Role?.Arn).toBe(text(`${prefix}RoleArn`));
    expect(Role?.RoleName).toMatch(new RegExp(`^${text("environment")}-payment-`));
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "")).toContain(
      "lambda.amazonaws.com",
    );
  });

  it("logs into an encrypted group with retention", async () => {
    const { logGroups = [] } = await aws.logs.send(
      new DescribeLogGroupsCommand({ logGroupNamePrefix: text(`${prefix}LogGroupName`) }),
    );

    expect(logGroups[0]).toMatchObject({
      logGroupName: `/aws/lambda/${text(`${prefix}Name`)}`,
      retentionInDays: { dev: 7, staging: 30, prod: 90 }[text("environment")],
      kmsKeyId: text("dataKeyArn"),
    });
  });
});

describe("the payment function", () => {
  it("may do four things with payments and responses and nothing else with DynamoDB", async () => {
    const RoleName = text("lambdaRoleName");
    const { PolicyNames = [] } = await aws.iam.send(new ListRolePoliciesCommand({ RoleName }));
    const [PolicyName] = PolicyNames;
    const { PolicyDocument = "" } = await aws.iam.send(
      new GetRolePolicyCommand({ RoleName, PolicyName }),
    );
    const { Statement } = JSON.parse(decodeURIComponent(PolicyDocument)) as {
      Statement: { Action: string | string[]; Resource: unknown }[];
    };
    const tables = Statement.filter(({ Action }) => String(Action).includes("dynamodb:"));

    expect(PolicyNames).toHaveLength(1);
    expect(tables.map(({ Action, Resource }) => [Action, Resource])).toEqual([
      [
        ["dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"],
        [text("dynamoTableArn"), `${text("dynamoTableArn")}/index/*`],
      ],
      [["dynamodb:PutItem", "dynamodb:GetItem"], text("idempotencyTableArn")],
    ]);
  });

  it("has the reserved concurrency of its environment", async () => {
    const { ReservedConcurrentExecutions } = await aws.lambda.send(
      new GetFunctionConcurrencyCommand({ FunctionName: text("lambdaName") }),
    );

    expect(ReservedConcurrentExecutions).toBe({ staging: 50, prod: 200 }[text("environment")]);
  });
});

describe("the ledger function", () => {
  it("is invoked by the table's stream", async () => {
    const mapping = await aws.lambda.send(
      new GetEventSourceMappingCommand({ UUID: text("ledgerStreamMappingId") }),
    );

    expect(mapping).toMatchObject({
      EventSourceArn: text("dynamoStreamArn"),
      FunctionArn: text("ledgerLambdaArn"),
      State: "Enabled",
    });
  });
});
