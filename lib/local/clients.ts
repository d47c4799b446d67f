import * as http from "node:http";
import { ACMClient } from "@aws-sdk/client-acm";
import { APIGatewayClient } from "@aws-sdk/client-api-gateway";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EC2Client } from "@aws-sdk/client-ec2";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { IAMClient } from "@aws-sdk/client-iam";
import { KMSClient } from "@aws-sdk/client-kms";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { RDSClient } from "@aws-sdk/client-rds";
import { Route53Client } from "@aws-sdk/client-route-53";
import { S3Client } from "@aws-sdk/client-s3";
import { SNSClient } from "@aws-sdk/client-sns";
import { STSClient } from "@aws-sdk/client-sts";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { WAFV2Client } from "@aws-sdk/client-wafv2";
import type { LocalCredentials } from "./credentials";

/** The emulator, region and credentials of the clients. */
export interface ClientSettings {
  /** The emulator's URL. */
  readonly endpoint: string;
  readonly credentials: LocalCredentials;
  readonly region: string;
}

/** One client of every service that the local cloud deploys to. */
export type AwsClients = ReturnType<typeof awsClients>;

/** Clients of the emulator, for one account and region. */
export function awsClients(client: ClientSettings) {
  const settings = {
    ...client,
    maxAttempts: 3,
    // one set of connections for all clients, which by default each would make for itself
    requestHandler: { httpAgent: new http.Agent({ keepAlive: true, maxSockets: 50 }) },
  };
  return {
    acm: new ACMClient(settings),
    apiGateway: new APIGatewayClient(settings),
    cloudWatch: new CloudWatchClient(settings),
    cognito: new CognitoIdentityProviderClient(settings),
    logs: new CloudWatchLogsClient(settings),
    dynamoDb: new DynamoDBClient(settings),
    ec2: new EC2Client(settings),
    eventBridge: new EventBridgeClient(settings),
    iam: new IAMClient(settings),
    kms: new KMSClient(settings),
    lambda: new LambdaClient(settings),
    rds: new RDSClient(settings),
    route53: new Route53Client(settings),
    // the emulator has no host name for each bucket
    s3: new S3Client({ ...settings, forcePathStyle: true }),
    secretsManager: new SecretsManagerClient(settings),
    sns: new SNSClient(settings),
    sts: new STSClient(settings),
    wafv2: new WAFV2Client(settings),
  };
}
