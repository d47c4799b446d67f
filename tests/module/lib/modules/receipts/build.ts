import type * as pulumi from "@pulumi/pulumi";
import { ApiGatewayComponent } from "../../components/api-gateway";
import { DynamoDbComponent } from "../../components/dynamodb";
import { LambdaComponent } from "../../components/lambda";
import { functionCode } from "../../components/lambda/code";
import type { Foundation } from "../../foundation/foundation";
import type { FoundationSettings } from "../../foundation/settings";
import { receiptsService } from "../../lambda/receipts/api";
import { apiRoutesOf } from "../api-routes";
import type { Built } from "../contract";
import { receiptsMonitoring } from "./monitoring";
import type { receiptsOutputs } from "./outputs";
import type { ReceiptsSettings } from "./settings";

/** What receipts need of the modules before them. */
export interface ReceiptsNeeded {
  /** What must be there before an API can log. */
  readonly apiLogging: readonly pulumi.Resource[];
}

/** Registers the table, the function and the API of receipts. */
export function buildReceipts(
  foundation: Foundation,
  settings: ReceiptsSettings & FoundationSettings,
  { apiLogging }: ReceiptsNeeded,
): Built<typeof receiptsOutputs, object> {
  const { name, child, context, logs, network } = foundation;
  const table = new DynamoDbComponent(
    `${name}-receipts-table`,
    {
      context,
      purpose: "receipts",
      key: { hash: { name: "paymentId", type: "S" } },
      ttlAttribute: "expirationTime",
      keyArn: foundation.key("data").arn,
    },
    child,
  );
  const issue = new LambdaComponent(
    `${name}-issue-receipt`,
    {
      context,
      purpose: "issue-receipt",
      description: "Issues receipts",
      code: functionCode("receipts/issue").archive,
      settings: settings.functions,
      reservedConcurrency: null,
      metricsNamespace: "Receipts",
      environment: {
        TABLE_NAME: table.tableName,
        ALLOWED_ORIGINS: settings.receipts.allowedOrigins.join(","),
        KEEP_DAYS: String(settings.receipts.keepDays),
      },
      role: {
        purpose: "issue-receipt",
        permissions: [{ Effect: "Allow", Action: "dynamodb:UpdateItem", Resource: table.tableArn }],
      },
      network: {
        subnetIds: network.privateSubnetIds,
        securityGroupId: foundation.securityGroup("receipts").id,
      },
      logs,
    },
    { ...child, dependsOn: foundation.connections },
  );
  const api = new ApiGatewayComponent(
    `${name}-receipts-api`,
    {
      context,
      purpose: "receipts",
      description: "Issues receipts",
      routes: apiRoutesOf(receiptsService.routes, "issue"),
      function: { name: issue.functionName, invokeArn: issue.invokeArn },
      authorization: "AWS_IAM",
      allowedOrigins: settings.receipts.allowedOrigins,
      problemTypePrefix: "urn:receipts:problem:",
      throttle: { ratePerSecond: 50, burst: 100 },
      accessLogs: logs,
      executionLogs: logs,
    },
    { ...child, dependsOn: [...apiLogging] },
  );
  return {
    outputs: { receiptsEndpoint: api.invokeUrl },
    ports: {},
    ...receiptsMonitoring(issue),
  };
}
