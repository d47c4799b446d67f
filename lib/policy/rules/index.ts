import type { Rule } from "../rule";
import { acmRules } from "./acm";
import { apiAuthorizationRules } from "./api-authorization";
import { apiGatewayRules } from "./api-gateway";
import { cloudFrontRules } from "./cloudfront";
import { cloudWatchRules } from "./cloudwatch";
import { cognitoRules } from "./cognito";
import { daxRules } from "./dax";
import { dmsRules } from "./dms";
import { dynamodbRules } from "./dynamodb";
import { ec2Rules } from "./ec2";
import { ecsRules } from "./ecs";
import { elasticacheRules } from "./elasticache";
import { elbRules } from "./elb";
import { iamRules } from "./iam";
import { iamEscalationRules } from "./iam-escalation";
import { iamTrustRules } from "./iam-trust";
import { kinesisRules } from "./kinesis";
import { kmsRules } from "./kms";
import { lambdaRules } from "./lambda";
import { logsRules } from "./logs";
import { networkRules } from "./networks";
import { providerRules } from "./providers";
import { rdsClusterRules } from "./rds-cluster";
import { rdsEncryptionRules } from "./rds-encryption";
import { rdsLoggingRules } from "./rds-logging";
import { rdsRules } from "./rds";
import { route53Rules } from "./route53";
import { s3AccessRules } from "./s3-access";
import { s3DataRules } from "./s3-data";
import { secretsManagerRules } from "./secrets-manager";
import { securityGroupRules } from "./security-groups";
import { serverlessRules } from "./serverless";
import { snsRules } from "./sns";
import { sqsRules } from "./sqs";
import { wafRules } from "./waf";

/** Every rule of the set. */
export const rules: readonly Rule[] = [
  ...acmRules,
  ...apiAuthorizationRules,
  ...apiGatewayRules,
  ...cloudFrontRules,
  ...cloudWatchRules,
  ...cognitoRules,
  ...daxRules,
  ...dmsRules,
  ...dynamodbRules,
  ...ec2Rules,
  ...ecsRules,
  ...elasticacheRules,
  ...elbRules,
  ...iamRules,
  ...iamEscalationRules,
  ...iamTrustRules,
  ...kinesisRules,
  ...kmsRules,
  ...lambdaRules,
  ...logsRules,
  ...networkRules,
  ...providerRules,
  ...rdsClusterRules,
  ...rdsEncryptionRules,
  ...rdsLoggingRules,
  ...rdsRules,
  ...route53Rules,
  ...s3AccessRules,
  ...s3DataRules,
  ...secretsManagerRules,
  ...securityGroupRules,
  ...serverlessRules,
  ...snsRules,
  ...sqsRules,
  ...wafRules,
];
