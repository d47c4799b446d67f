import type { FactsByType } from "./facts";
import { acmFacts } from "./acm";
import { apiGatewayFacts } from "./api-gateway";
import { appAutoscalingFacts } from "./app-autoscaling";
import { cloudWatchFacts } from "./cloudwatch";
import { cognitoFacts } from "./cognito";
import { dynamoDbFacts } from "./dynamodb";
import { ec2Facts } from "./ec2";
import { eventBridgeFacts } from "./event-bridge";
import { iamFacts } from "./iam";
import { kmsFacts } from "./kms";
import { lambdaFacts } from "./lambda";
import { logsFacts } from "./logs";
import { rdsFacts } from "./rds";
import { route53Facts } from "./route53";
import { s3Facts } from "./s3";
import { secretsManagerFacts } from "./secrets-manager";
import { securityGroupFacts } from "./security-groups";
import { snsFacts } from "./sns";
import { wafFacts } from "./wafv2";

/**
 * What is known of each resource type that the program registers, by Pulumi type token. How the local cloud creates,
 * replaces and deletes resources of a type is code, in `lib/local/resources`.
 */
export const catalogue: FactsByType = {
  ...acmFacts,
  ...apiGatewayFacts,
  ...appAutoscalingFacts,
  ...cloudWatchFacts,
  ...cognitoFacts,
  ...dynamoDbFacts,
  ...ec2Facts,
  ...eventBridgeFacts,
  ...iamFacts,
  ...kmsFacts,
  ...lambdaFacts,
  ...logsFacts,
  ...rdsFacts,
  ...route53Facts,
  ...s3Facts,
  ...secretsManagerFacts,
  ...securityGroupFacts,
  ...snsFacts,
  ...wafFacts,
};
