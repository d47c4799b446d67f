import { ACMClient } from "@aws-sdk/client-acm";
import { APIGatewayClient } from "@aws-sdk/client-api-gateway";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EC2Client } from "@aws-sdk/client-ec2";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { IAMClient } from "@aws-sdk/client-iam";
import { KMSClient } from "@aws-sdk/client-kms";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { RDSClient } from "@aws-sdk/client-rds";
import { Route53Client } from "@aws-sdk/client-route-53";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { ServiceQuotasClient } from "@aws-sdk/client-service-quotas";
import { SNSClient } from "@aws-sdk/client-sns";
import { STSClient } from "@aws-sdk/client-sts";
import { WAFV2Client } from "@aws-sdk/client-wafv2";

/** One client of every service that is asked. */
export type Clients = ReturnType<typeof clientsIn>;

/** Clients for a region, with the credentials (and `AWS_ENDPOINT_URL`) of the environment. */
export function clientsIn(region: string) {
  // Node 20 is supported here; the SDK's warning is about its future versions
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  const settings = {
    region,
    // many calls at once: some services allow a few a second
    maxAttempts: 5,
    requestHandler: {
      connectionTimeout: 5_000,
      requestTimeout: 20_000,
      throwOnRequestTimeout: true,
    },
  };
  return {
    acm: new ACMClient(settings),
    apiGateway: new APIGatewayClient(settings),
    cloudWatch: new CloudWatchClient(settings),
    dynamoDb: new DynamoDBClient(settings),
    ec2: new EC2Client(settings),
    eventBridge: new EventBridgeClient(settings),
    iam: new IAMClient(settings),
    kms: new KMSClient(settings),
    lambda: new LambdaClient(settings),
    logs: new CloudWatchLogsClient(settings),
    rds: new RDSClient(settings),
    route53: new Route53Client(settings),
    secretsManager: new SecretsManagerClient(settings),
    serviceQuotas: new ServiceQuotasClient(settings),
    sns: new SNSClient(settings),
    sts: new STSClient(settings),
    wafv2: new WAFV2Client(settings),
  };
}
