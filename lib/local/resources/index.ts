import type { ResourceTypes } from "../resource";
import { acmTypes } from "./acm";
import { apiGatewayTypes } from "./api-gateway";
import { appAutoscalingTypes } from "./app-autoscaling";
import { cloudWatchTypes } from "./cloudwatch";
import { cognitoTypes } from "./cognito";
import { dynamoDbTypes } from "./dynamodb";
import { ec2Types } from "./ec2";
import { eventBridgeTypes } from "./event-bridge";
import { iamTypes } from "./iam";
import { kmsTypes } from "./kms";
import { lambdaTypes } from "./lambda";
import { logsTypes } from "./logs";
import { randomTypes } from "./random";
import { rdsTypes } from "./rds";
import { route53Types } from "./route53";
import { s3Types } from "./s3";
import { secretsManagerTypes } from "./secrets-manager";
import { snsTypes } from "./sns";
import { tlsTypes } from "./tls";
import { wafTypes } from "./wafv2";

/** How the local cloud creates, replaces and deletes resources of each type, by Pulumi type token. */
export const resourceTypes: ResourceTypes = {
  ...acmTypes,
  ...apiGatewayTypes,
  ...appAutoscalingTypes,
  ...cloudWatchTypes,
  ...cognitoTypes,
  ...dynamoDbTypes,
  ...ec2Types,
  ...eventBridgeTypes,
  ...iamTypes,
  ...kmsTypes,
  ...lambdaTypes,
  ...logsTypes,
  ...randomTypes,
  ...rdsTypes,
  ...route53Types,
  ...s3Types,
  ...secretsManagerTypes,
  ...snsTypes,
  ...tlsTypes,
  ...wafTypes,
};
