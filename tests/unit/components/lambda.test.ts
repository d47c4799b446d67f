import * as pulumi from "@pulumi/pulumi";
import { LambdaComponent } from "../../../lib/components/lambda";
import type { LambdaComponentArgs } from "../../../lib/components/lambda";
import { inRegion } from "../../../lib/core/context";
import { accountId, region } from "../../../lib/graph/mock-aws";
import { record, valueOf } from "../../../lib/graph/record";
import { testContext } from "../context";

const build = (args: Partial<LambdaComponentArgs> = {}) =>
  record(
    () =>
      new LambdaComponent("payments-payment", {
        context: testContext("dev"),
        purpose: "payment",
        description: "Takes payments",
        code: new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.StringAsset("code") }),
        settings: {
          runtime: "nodejs24.x",
          memoryMiB: 512,
          timeoutSeconds: 30,
          logLevel: "DEBUG",
        },
        reservedConcurrency: 5,
        metricsNamespace: "Payments",
        environment: { TABLE_NAME: "table" },
        role: {
          purpose: "lambda",
          permissions: [
            { Sid: "Table", Effect: "Allow", Action: "dynamodb:GetItem", Resource: "arn:table" },
          ],
        },
        network: { subnetIds: ["subnet-1", "subnet-2"], securityGroupId: "sg-1" },
        logs: { retentionDays: 7, keyArn: "arn:key" },
        ...args,
      }),
  );

const functionType = "aws:lambda/function:Function";

describe("a function", () => {
  it("runs on arm64 Node with the configured size, traced, in the private subnets", async () => {
    const { inputs } = (await build()).one(functionType);

    expect(inputs).toMatchObject({
      name: "payments-dev-payment-dev",
      description: "Takes payments",
      runtime: "nodejs24.x",
      architectures: ["arm64"],
      handler: "index.handler",
      memorySize: 512,
      timeout: 30,
      reservedConcurrentExecutions: 5,
      vpcConfig: { subnetIds: ["subnet-1", "subnet-2"], securityGroupIds: ["sg-1"] },
      tracingConfig: { mode: "Active" },
      loggingConfig: {
        logFormat: "JSON",
        logGroup: "/aws/lambda/payments-dev-payment-dev",
        applicationLogLevel: "DEBUG",
        systemLogLevel: "INFO",
      },
      environment: {
        variables: {
          ENVIRONMENT: "dev",
          POWERTOOLS_SERVICE_NAME: "payments-dev-payment-dev",
          POWERTOOLS_METRICS_NAMESPACE: "Payments",
          POWERTOOLS_LOG_LEVEL: "DEBUG",
          TABLE_NAME: "table",
        },
      },
      tags: { Name: "payments-dev-payment-dev", Environment: "dev" },
    });
  });

  it("reserves no concurrency where none is configured", async () => {
    const { inputs } = (await build({ reservedConcurrency: null })).one(functionType);

    expect(inputs).not.toHaveProperty("reservedConcurrentExecutions");
  });

  it("has its log group before it, encrypted and with the configured retention", async () => {
    const graph = await build();
    const logGroup = graph.one("aws:cloudwatch/logGroup:LogGroup");

    expect(logGroup.inputs).toMatchObject({
      name: "/aws/lambda/payments-dev-payment-dev",
      retentionInDays: 7,
      kmsKeyId: "arn:key",
    });
    expect(graph.dependenciesOf(graph.one(functionType))).toContain(logGroup);
  });

  it("has a role of its own that only Lambda may assume, complete before the function", async () => {
    const graph = await build();
    const role = graph.one("aws:iam/role:Role");

    expect(role.inputs["name"]).toBe("dev-payment-lambda-role-dev");
    expect(role.inputs["assumeRolePolicy"]).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AllowAssumeRole",
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Principal: { Service: "lambda.amazonaws.com" },
        },
      ],
    });
    expect(graph.one("aws:iam/rolePolicyAttachment:RolePolicyAttachment").inputs).toEqual({
      role: "dev-payment-lambda-role-dev",
      policyArn: "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole",
    });
    expect(graph.dependenciesOf(graph.one(functionType)).map(({ type }) => type)).toEqual(
      expect.arrayContaining([
        "aws:iam/role:Role",
        "aws:iam/rolePolicy:RolePolicy",
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      ]),
    );
  });

  it("may do what it was given, trace, and not create log groups", async () => {
    const { inputs } = (await build()).one("aws:iam/rolePolicy:RolePolicy");

    expect(inputs).toMatchObject({
      name: "dev-payment-lambda-policy-dev",
      role: "payments-payment-role-id",
    });
    expect(inputs["policy"]).toEqual({
      Version: "2012-10-17",
      Statement: [
        { Sid: "Table", Effect: "Allow", Action: "dynamodb:GetItem", Resource: "arn:table" },
        {
          Sid: "Trace",
          Effect: "Allow",
          Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
          Resource: "*",
        },
        {
          Sid: "LogGroupIsManagedHere",
          Effect: "Deny",
          Action: "logs:CreateLogGroup",
          Resource: "*",
        },
      ],
    });
  });

  it("exposes what others need of it", async () => {
    const { result } = await build();

    expect(await valueOf(result.functionName)).toBe("payments-dev-payment-dev");
    expect(await valueOf(result.functionArn)).toMatch(/:function:payments-dev-payment-dev$/);
    expect(await valueOf(result.invokeArn)).toMatch(/\/invocations$/);
    expect(await valueOf(result.roleArn)).toMatch(/:role\/dev-payment-lambda-role-dev$/);
    expect(await valueOf(result.roleName)).toBe("dev-payment-lambda-role-dev");
    expect(await valueOf(result.logGroupName)).toBe("/aws/lambda/payments-dev-payment-dev");
    expect(await valueOf(result.logGroupArn)).toMatch(/:log-group:/);
  });

  it("lets a consumer change the function and its role", async () => {
    const graph = await build({
      transform: { function: { memorySize: 1024 }, role: { path: "/payments/" } },
    });

    expect(graph.one(functionType).inputs).toMatchObject({ memorySize: 1024, timeout: 30 });
    expect(graph.one("aws:iam/role:Role").inputs["path"]).toBe("/payments/");
  });

  it("may be made for x86_64", async () => {
    const graph = await build({ architecture: "x86_64" });

    expect(graph.one(functionType).inputs["architectures"]).toEqual(["x86_64"]);
  });

  it("without a network is in no VPC, and may write to its own log only", async () => {
    const graph = await build({ network: "none" });
    const logGroup = "/aws/lambda/payments-dev-payment-dev";

    expect(graph.one(functionType).inputs).not.toHaveProperty("vpcConfig");
    expect(graph.ofType("aws:iam/rolePolicyAttachment:RolePolicyAttachment")).toEqual([]);
    expect(graph.one("aws:iam/rolePolicy:RolePolicy").inputs["policy"]).toEqual({
      Version: "2012-10-17",
      Statement: [
        { Sid: "Table", Effect: "Allow", Action: "dynamodb:GetItem", Resource: "arn:table" },
        {
          Sid: "Trace",
          Effect: "Allow",
          Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
          Resource: "*",
        },
        {
          Sid: "Log",
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: `arn:aws:logs:${region}:${accountId}:log-group:${logGroup}:*`,
        },
      ],
    });
  });

  it("takes an existing role and logs into an existing group", async () => {
    const graph = await build({
      role: { existing: { name: "mine", arn: "arn:aws:iam::111111111111:role/mine" } },
      logs: { existing: { name: "/mine", arn: "arn:log-group:/mine" } },
    });

    expect(graph.resources.map(({ type }) => type)).toEqual([
      "payments:compute:Lambda",
      functionType,
    ]);
    expect(graph.one(functionType).inputs).toMatchObject({
      role: "arn:aws:iam::111111111111:role/mine",
      loggingConfig: { logFormat: "JSON", logGroup: "/mine" },
    });
    expect(await valueOf(graph.result.roleName)).toBe("mine");
    expect(await valueOf(graph.result.logGroupArn)).toBe("arn:log-group:/mine");
  });

  it("stands with its log in another region, under names of its own", async () => {
    const graph = await build({ context: inRegion(testContext("dev"), "us-west-2") });

    expect(graph.one(functionType).inputs).toMatchObject({
      region: "us-west-2",
      name: "payments-dev-payment-usw2-dev",
    });
    expect(graph.one("aws:cloudwatch/logGroup:LogGroup").inputs).toMatchObject({
      region: "us-west-2",
      name: "/aws/lambda/payments-dev-payment-usw2-dev",
    });
    expect(graph.one("aws:iam/role:Role").inputs["name"]).toBe("dev-payment-lambda-usw2-role-dev");
  });
});
