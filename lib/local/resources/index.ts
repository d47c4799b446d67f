import type { ResourceTypes } from "../resource";
import { acmTypes } from "./acm";
import { apiGatewayTypes } from "./api-gateway";
import { apiGatewayStageTypes } from "./api-gateway-stage";
import { cloudWatchTypes } from "./cloudwatch";
import { dynamoDbTypes } from "./dynamodb";
import { ec2Types } from "./ec2";
import { ec2EndpointTypes } from "./ec2-endpoints";
import { ec2SecurityTypes } from "./ec2-security";
import { eventBridgeTypes } from "./event-bridge";
import { iamTypes } from "./iam";
import { kmsTypes } from "./kms";
import { lambdaTypes } from "./lambda";
import { logsTypes } from "./logs";
import { randomTypes } from "./random";
import { rdsTypes } from "./rds";
import { route53Types } from "./route53";
import { s3Types } from "./s3";
import { s3RetentionTypes } from "./s3-retention";
import { secretsManagerTypes } from "./secrets-manager";
import { snsTypes } from "./sns";
import { tlsTypes } from "./tls";
import { wafTypes } from "./wafv2";

/** How the local cloud creates each resource type, by Pulumi type token. */
export const resourceTypes: ResourceTypes = {
  ...acmTypes,
  ...apiGatewayTypes,
  ...apiGatewayStageTypes,
  ...cloudWatchTypes,
  ...dynamoDbTypes,
  ...ec2Types,
  ...ec2EndpointTypes,
  ...ec2SecurityTypes,
  ...eventBridgeTypes,
  ...iamTypes,
  ...kmsTypes,
  ...lambdaTypes,
  ...logsTypes,
  ...randomTypes,
  ...rdsTypes,
  ...route53Types,
  ...s3Types,
  ...s3RetentionTypes,
  ...secretsManagerTypes,
  ...snsTypes,
  ...tlsTypes,
  ...wafTypes,
};

/** The resource types that the emulator has no service for, and why; they are made up. */
export const simulatedTypes: Readonly<Record<string, string>> = {
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration":
    "the emulator's WAF inspects no request, so it has nothing to log",
};
