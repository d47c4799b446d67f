import * as fs from "node:fs";
import * as path from "node:path";
import {
  GetAuthorizersCommand,
  GetResourcesCommand,
  GetRestApiCommand,
  GetStageCommand,
} from "@aws-sdk/client-api-gateway";
import { DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  GetGroupCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { DescribeContinuousBackupsCommand, DescribeTableCommand } from "@aws-sdk/client-dynamodb";
import { DescribeSecurityGroupsCommand, DescribeSubnetsCommand } from "@aws-sdk/client-ec2";
import { GetRoleCommand } from "@aws-sdk/client-iam";
import {
  GetEventSourceMappingCommand,
  GetFunctionCommand,
  GetPolicyCommand,
} from "@aws-sdk/client-lambda";
import { readFlatOutputs } from "../../lib/core/outputs-file";
import { aws, list, outputs, outputsFile, text } from "./deployed";
import { cognito, describeStorefront } from "./shop";

const arn = (service: string, rest: string) =>
  new RegExp(`^arn:aws[a-z-]*:${service}:[a-z]{2}(-[a-z]+)+-\\d:\\d{12}:${rest}$`);
const table = arn("dynamodb", "table/[\\w.-]{3,255}");
const lambda = arn("lambda", "function:[\\w-]{1,64}");
const invocation =
  /^arn:aws[a-z-]*:apigateway:[a-z0-9-]+:lambda:path\/2015-03-31\/functions\/arn:aws.*\/invocations$/;
const name = /^[\w.-]{3,255}$/;

/** The outputs that a shop's programs know, by their exact names. */
const required: Readonly<Record<string, RegExp>> = {
  VpcId: /^vpc-[0-9a-f]{8,17}$/,
  VpcCidr: /^\d+\.\d+\.\d+\.\d+\/\d+$/,
  PublicSubnetIds: /^subnet-[0-9a-f]{8,17}$/,
  PrivateSubnetIds: /^subnet-[0-9a-f]{8,17}$/,
  SecurityGroupId: /^sg-[0-9a-f]{8,17}$/,
  ProductsTableName: name,
  ProductsTableArn: table,
  OrdersTableName: name,
  OrdersTableArn: table,
  UsersTableName: name,
  UsersTableArn: table,
  ProductsLambdaArn: lambda,
  ProductsLambdaName: name,
  ProductsLambdaInvokeArn: invocation,
  OrdersLambdaArn: lambda,
  OrdersLambdaName: name,
  OrdersLambdaInvokeArn: invocation,
  UsersLambdaArn: lambda,
  UsersLambdaName: name,
  UsersLambdaInvokeArn: invocation,
  ApiGatewayId: /^[a-z0-9]{8,10}$/,
  ApiGatewayName: name,
  ApiGatewayRootResourceId: /^[a-z0-9]{8,10}$/,
  ApiGatewayExecutionArn: arn("execute-api", "[a-z0-9]{8,10}"),
  ApiGatewayUrl: /^https?:\/\/[^/]+\/.+[^/]$/,
  Environment: /^(dev|staging|prod)$/,
  Region: /^[a-z]{2}(-[a-z]+)+-\d$/,
};

/** Only a file that the stack's outputs were written to has one of all stacks beside it. */
const inOutputsFolder = path.basename(outputsFile) === "flat-outputs.json" ? it : it.skip;

describeStorefront("the storefront's outputs", () => {
  it.each(Object.keys(required))("have a %s that looks like one", (output) => {
    const value = outputs[output];
    const texts: unknown[] = Array.isArray(value) ? value : [value];

    expect(Array.isArray(value)).toBe(output.endsWith("Ids"));
    expect(texts.length).toBeGreaterThan(0);
    for (const one of texts) expect(one).toMatch(required[output] ?? /^$/);
  });

  it("are what the stack's own outputs say", () => {
    for (const [output, own] of Object.entries({
      VpcId: "vpcId",
      VpcCidr: "vpcCidr",
      PublicSubnetIds: "publicSubnetIds",
      PrivateSubnetIds: "privateSubnetIds",
      Environment: "environment",
      Region: "region",
    }))
      expect([output, outputs[output]]).toEqual([output, outputs[own]]);
  });

  inOutputsFolder(
    "are the same in flat-outputs.json and, by the stack, in all-outputs.json",
    () => {
      const all = readFlatOutputs(path.join(path.dirname(outputsFile), "all-outputs.json"));
      const flat: unknown = JSON.parse(fs.readFileSync(outputsFile, "utf8"));

      expect(Object.keys(all).length).toBeGreaterThan(0);
      expect(Object.values(all)).toContainEqual(flat);
      for (const output of Object.keys(required)) expect(flat).toHaveProperty(output);
    },
  );

  it.each(["Products", "Orders", "Users"])("belong together: those of %s", (of) => {
    expect(text(`${of}TableArn`)).toBe(
      `arn:aws:dynamodb:${text("Region")}:${text("accountId")}:table/${text(`${of}TableName`)}`,
    );
    expect(text(`${of}LambdaArn`).split(":").at(-1)).toBe(text(`${of}LambdaName`));
    expect(text(`${of}LambdaInvokeArn`)).toContain(`/functions/${text(`${of}LambdaArn`)}/`);
    expect(text(`${of}LambdaName`)).toContain(text("Environment"));
  });

  it("belong together: those of the API", () => {
    expect(text("ApiGatewayExecutionArn")).toBe(
      `arn:aws:execute-api:${text("Region")}:${text("accountId")}:${text("ApiGatewayId")}`,
    );
    expect(text("ApiGatewayUrl")).toContain(text("ApiGatewayId"));
    expect(text("ApiGatewayUrl").split("/").at(-1)).toBe(text("ApiGatewayStageName"));
    expect(text("ApiGatewayId")).not.toBe(text("apiId"));
  });
});

describeStorefront("the storefront's network", () => {
  it("has subnets of its VPC, and a security group there that nothing may connect to", async () => {
    const SubnetIds = [...list("PublicSubnetIds"), ...list("PrivateSubnetIds")];
    const { Subnets = [] } = await aws.ec2.send(new DescribeSubnetsCommand({ SubnetIds }));
    const { SecurityGroups = [] } = await aws.ec2.send(
      new DescribeSecurityGroupsCommand({
        GroupIds: [text("SecurityGroupId"), text("OutwardSecurityGroupId")],
      }),
    );

    expect(Subnets).toHaveLength(SubnetIds.length);
    expect(new Set(SubnetIds).size).toBe(SubnetIds.length);
    expect(new Set(Subnets.map(({ VpcId }) => VpcId))).toEqual(new Set([text("VpcId")]));
    expect(SecurityGroups).toHaveLength(2);
    for (const { VpcId, IpPermissions } of SecurityGroups)
      expect([VpcId, IpPermissions]).toEqual([text("VpcId"), []]);
  });
});

/** What each table has; an index by its keys, and what it holds. */
const tables = {
  Products: {
    key: "productId",
    indexes: [["CategoryIndex", ["category", "name"], ["currency", "price", "published"]]],
  },
  Orders: {
    key: "orderId",
    indexes: [
      ["StatusIndex", ["status", "createdAt"], "KEYS_ONLY"],
      ["UserIdIndex", ["userId", "createdAt"], "ALL"],
    ],
  },
  Users: { key: "userId", indexes: [["EmailIndex", ["email"], "ALL"]] },
} as const;

describeStorefront("the storefront's tables", () => {
  it.each(["Products", "Orders", "Users"] as const)(
    "hold %s by id, with an index for each access, encrypted, recoverable, with units of the environment",
    async (of) => {
      const TableName = text(`${of}TableName`);
      const { Table } = await aws.dynamoDb.send(new DescribeTableCommand({ TableName }));
      const { ContinuousBackupsDescription } = await aws.dynamoDb.send(
        new DescribeContinuousBackupsCommand({ TableName }),
      );
      const indexes = (Table?.GlobalSecondaryIndexes ?? [])
        .map(({ IndexName = "", KeySchema = [], Projection }) => [
          IndexName,
          KeySchema.map(({ AttributeName }) => AttributeName),
          Projection?.ProjectionType === "INCLUDE"
            ? [...(Projection.NonKeyAttributes ?? [])].sort()
            : Projection?.ProjectionType,
        ])
        .sort();
      // autoscaling may have given them more than they began with
      const [least, most] = { dev: [5, 10], staging: [20, 100], prod: [50, 1000] }[
        text("Environment")
      ] ?? [0, 0];
      const throughputs = [Table, ...(Table?.GlobalSecondaryIndexes ?? [])].map(
        (one) => one?.ProvisionedThroughput,
      );

      expect(Table?.TableArn).toBe(text(`${of}TableArn`));
      expect(Table?.KeySchema).toEqual([{ AttributeName: tables[of].key, KeyType: "HASH" }]);
      expect(indexes).toEqual(tables[of].indexes);
      expect(Table?.BillingModeSummary?.BillingMode ?? "PROVISIONED").toBe("PROVISIONED");
      for (const { ReadCapacityUnits = 0, WriteCapacityUnits = 0 } of throughputs.map(
        (t) => t ?? {},
      ))
        for (const units of [ReadCapacityUnits, WriteCapacityUnits]) {
          expect(units).toBeGreaterThanOrEqual(least ?? 0);
          expect(units).toBeLessThanOrEqual(most ?? 0);
        }
      expect(Table?.SSEDescription).toMatchObject({
        SSEType: "KMS",
        KMSMasterKeyArn: text("dataKeyArn"),
      });
      expect(
        ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus,
      ).toBe("ENABLED");
      expect(Table?.DeletionProtectionEnabled).toBe(text("Environment") === "prod");
    },
  );
});

/** The functions, whether they call anything but DynamoDB, and whether the API calls them. */
const functions = [
  { of: "Products", group: "SecurityGroupId", isOfApi: true },
  { of: "Orders", group: "OutwardSecurityGroupId", isOfApi: true },
  { of: "Users", group: "OutwardSecurityGroupId", isOfApi: true },
  { of: "SettleOrders", group: "SecurityGroupId", isOfApi: false },
  { of: "ExpireOrders", group: "OutwardSecurityGroupId", isOfApi: false },
] as const;

describeStorefront("the storefront's functions", () => {
  it.each(functions)(
    "$of is the one that the outputs name, in the private subnets, with the role that the outputs name",
    async ({ of, group, isOfApi }) => {
      const { Configuration, Concurrency } = await aws.lambda.send(
        new GetFunctionCommand({ FunctionName: text(`${of}LambdaName`) }),
      );
      const { Role } = await aws.iam.send(
        new GetRoleCommand({ RoleName: text(`${of}LambdaRoleName`) }),
      );

      expect(Configuration).toMatchObject({
        FunctionArn: text(`${of}LambdaArn`),
        Role: text(`${of}LambdaRoleArn`),
        Architectures: ["arm64"],
        TracingConfig: { Mode: "Active" },
      });
      expect(Configuration?.VpcConfig?.SecurityGroupIds).toEqual([text(group)]);
      expect(Configuration?.VpcConfig?.SubnetIds?.sort()).toEqual(list("PrivateSubnetIds").sort());
      expect(Role?.Arn).toBe(text(`${of}LambdaRoleArn`));
      expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "")).toContain(
        "lambda.amazonaws.com",
      );
      expect(Concurrency?.ReservedConcurrentExecutions).toBe(
        isOfApi ? { staging: 20, prod: 100 }[text("Environment")] : undefined,
      );
      expect(Object.keys(Configuration?.Environment?.Variables ?? {}).join()).not.toMatch(
        /passw|secret/i,
      );
    },
  );

  it("have each a role of its own, but that orders are paid and expired by one caller of the payments", () => {
    const roles = functions.map(({ of }) => text(`${of}LambdaRoleArn`));

    expect(text("ExpireOrdersLambdaRoleArn")).toBe(text("OrdersLambdaRoleArn"));
    expect(new Set(roles).size).toBe(4);
    expect(roles).not.toContain(text("lambdaRoleArn"));
  });

  it.each(functions)("$of logs into an encrypted group with retention", async ({ of }) => {
    const logGroupName = `/aws/lambda/${text(`${of}LambdaName`)}`;
    const { logGroups = [] } = await aws.logs.send(
      new DescribeLogGroupsCommand({ logGroupNamePrefix: logGroupName }),
    );

    expect(text(`${of}LambdaLogGroupName`)).toBe(logGroupName);
    expect(logGroups[0]).toMatchObject({
      logGroupName,
      retentionInDays: { dev: 7, staging: 30, prod: 90 }[text("Environment")],
      kmsKeyId: text("dataKeyArn"),
    });
  });

  it("hear of payments by the stream of their table", async () => {
    const mapping = await aws.lambda.send(
      new GetEventSourceMappingCommand({ UUID: text("SettleOrdersStreamMappingId") }),
    );

    expect(mapping).toMatchObject({
      EventSourceArn: text("dynamoStreamArn"),
      FunctionArn: text("SettleOrdersLambdaArn"),
      State: "Enabled",
      DestinationConfig: { OnFailure: { Destination: text("StorefrontDeadLetterBucketArn") } },
    });
  });

  it("may be invoked by their API and their schedule, and nobody else", async () => {
    for (const { of, isOfApi } of functions) {
      if (of === "SettleOrders") continue; // Lambda itself reads the stream
      const { Policy = "{}" } = await aws.lambda.send(
        new GetPolicyCommand({ FunctionName: text(`${of}LambdaName`) }),
      );
      const source = isOfApi ? text("ApiGatewayExecutionArn") : text("ExpireOrdersScheduleArn");
      const { Statement } = JSON.parse(Policy) as {
        Statement: { Principal: object; Condition: object }[];
      };

      expect(Statement.length).toBeGreaterThan(0);
      for (const { Principal, Condition } of Statement) {
        expect(Principal).toEqual({
          Service: isOfApi ? "apigateway.amazonaws.com" : "events.amazonaws.com",
        });
        expect(JSON.stringify(Condition)).toContain(source);
      }
    }
  });
});

describeStorefront("the storefront's API", () => {
  const restApiId = () => text("ApiGatewayId");

  it("is the one that the outputs name, with its root and stage", async () => {
    const api = await aws.apiGateway.send(new GetRestApiCommand({ restApiId: restApiId() }));
    const { items = [] } = await aws.apiGateway.send(
      new GetResourcesCommand({ restApiId: restApiId(), limit: 500 }),
    );
    const stage = await aws.apiGateway.send(
      new GetStageCommand({ restApiId: restApiId(), stageName: text("ApiGatewayStageName") }),
    );

    expect(api.name).toBe(text("ApiGatewayName"));
    expect(items.find((one) => one.path === "/")?.id).toBe(text("ApiGatewayRootResourceId"));
    expect(items.map((one) => one.path)).toEqual(
      expect.arrayContaining(["/products/{id}", "/orders/{id}/pay", "/users/me/export"]),
    );
    expect(stage.accessLogSettings?.destinationArn).toBe(text("ApiGatewayAccessLogGroupArn"));
  });

  it("takes the tokens of the pool that the outputs name, and no others", async () => {
    const { items = [] } = await aws.apiGateway.send(
      new GetAuthorizersCommand({ restApiId: restApiId() }),
    );
    const pools = items.map(({ type, providerARNs }) => [type, providerARNs]);

    expect(pools).toEqual(
      outputs["UserPoolArn"] === undefined ? [] : [["COGNITO_USER_POOLS", [text("UserPoolArn")]]],
    );
  });
});

describeStorefront("the pool that customers sign in at", () => {
  const ofStack = outputs["UserPoolClientId"] === undefined ? it.skip : it;

  ofStack(
    "is the one that the outputs name, with a public client and a group of administrators",
    async () => {
      const UserPoolId = text("UserPoolId");
      const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
      const { UserPoolClient } = await cognito.send(
        new DescribeUserPoolClientCommand({ UserPoolId, ClientId: text("UserPoolClientId") }),
      );
      const { Group } = await cognito.send(
        new GetGroupCommand({ UserPoolId, GroupName: "admins" }),
      );

      expect(text("UserPoolArn").split("/").at(-1)).toBe(UserPoolId);
      expect(text("UserPoolIssuer")).toMatch(new RegExp(`/${UserPoolId}$`));
      expect(UserPool?.UsernameAttributes).toEqual(["email"]);
      expect(UserPool?.Policies?.PasswordPolicy).toMatchObject({ MinimumLength: 12 });
      expect(UserPool?.DeletionProtection ?? "INACTIVE").toBe(
        text("Environment") === "prod" ? "ACTIVE" : "INACTIVE",
      );
      expect(UserPoolClient?.ClientSecret).toBeUndefined();
      // a role would be taken by whoever is in it
      expect([Group?.GroupName, Group?.RoleArn ?? ""]).toEqual(["admins", ""]);
    },
  );
});
