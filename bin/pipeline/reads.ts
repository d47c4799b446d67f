/** Services whose resources have names that tell the environment, so that reading can be confined to them. */
export type ConfinedService = "apigateway" | "dynamodb" | "iam" | "lambda" | "s3";

/** What a refresh asks about resources of one type. */
interface Read {
  readonly actions: readonly string[];
  /** Whose resources it is confined to; without it, everything of the account's. */
  readonly on?: ConfinedService;
}

const none: Read = { actions: [] };
/** The paths of REST APIs, domains and the account's settings, and nothing of keys, which can be read as well. */
const gateway: Read = { actions: ["apigateway:GET"], on: "apigateway" };
const rule: Read = { actions: ["ec2:DescribeSecurityGroupRules", "ec2:DescribeTags"] };
const bucket = (...actions: string[]): Read => ({ actions, on: "s3" });
const role = (...actions: string[]): Read => ({ actions, on: "iam" });
const lambda = (...actions: string[]): Read => ({ actions, on: "lambda" });
const everywhere = (...actions: string[]): Read => ({ actions });

/**
 * What the AWS provider calls to read a resource, by its type. None of it reads what a service holds: no objects,
 * items, secrets, messages or log lines, and nothing is decrypted.
 */
export const reads: Readonly<Record<string, Read>> = {
  "aws:acm/certificate:Certificate": everywhere(
    "acm:DescribeCertificate",
    "acm:ListTagsForCertificate",
  ),
  "aws:apigateway/account:Account": gateway,
  "aws:apigateway/basePathMapping:BasePathMapping": gateway,
  "aws:apigateway/deployment:Deployment": gateway,
  "aws:apigateway/domainName:DomainName": gateway,
  "aws:apigateway/integration:Integration": gateway,
  "aws:apigateway/integrationResponse:IntegrationResponse": gateway,
  "aws:apigateway/method:Method": gateway,
  "aws:apigateway/methodResponse:MethodResponse": gateway,
  "aws:apigateway/methodSettings:MethodSettings": gateway,
  "aws:apigateway/model:Model": gateway,
  "aws:apigateway/requestValidator:RequestValidator": gateway,
  "aws:apigateway/resource:Resource": gateway,
  "aws:apigateway/response:Response": gateway,
  "aws:apigateway/restApi:RestApi": gateway,
  "aws:apigateway/stage:Stage": gateway,
  "aws:cloudwatch/dashboard:Dashboard": everywhere("cloudwatch:GetDashboard"),
  "aws:cloudwatch/eventRule:EventRule": everywhere(
    "events:DescribeRule",
    "events:ListTagsForResource",
  ),
  "aws:cloudwatch/eventTarget:EventTarget": everywhere("events:ListTargetsByRule"),
  "aws:cloudwatch/logGroup:LogGroup": everywhere(
    "logs:DescribeLogGroups",
    "logs:ListTagsForResource",
  ),
  "aws:cloudwatch/metricAlarm:MetricAlarm": everywhere(
    "cloudwatch:DescribeAlarms",
    "cloudwatch:ListTagsForResource",
  ),
  "aws:dynamodb/table:Table": {
    actions: [
      "dynamodb:DescribeContinuousBackups",
      "dynamodb:DescribeTable",
      "dynamodb:DescribeTimeToLive",
      "dynamodb:ListTagsOfResource",
    ],
    on: "dynamodb",
  },
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": everywhere("ec2:DescribeSecurityGroups"),
  "aws:ec2/eip:Eip": everywhere("ec2:DescribeAddresses", "ec2:DescribeAddressesAttribute"),
  "aws:ec2/flowLog:FlowLog": everywhere("ec2:DescribeFlowLogs"),
  "aws:ec2/internetGateway:InternetGateway": everywhere("ec2:DescribeInternetGateways"),
  "aws:ec2/natGateway:NatGateway": everywhere("ec2:DescribeNatGateways"),
  "aws:ec2/route:Route": everywhere("ec2:DescribeRouteTables"),
  "aws:ec2/routeTable:RouteTable": everywhere("ec2:DescribeRouteTables"),
  "aws:ec2/routeTableAssociation:RouteTableAssociation": everywhere("ec2:DescribeRouteTables"),
  "aws:ec2/securityGroup:SecurityGroup": everywhere("ec2:DescribeSecurityGroups"),
  "aws:ec2/subnet:Subnet": everywhere("ec2:DescribeSubnets"),
  "aws:ec2/vpc:Vpc": everywhere(
    "ec2:DescribeNetworkAcls",
    "ec2:DescribeVpcAttribute",
    "ec2:DescribeVpcs",
  ),
  "aws:ec2/vpcEndpoint:VpcEndpoint": everywhere(
    "ec2:DescribePrefixLists",
    "ec2:DescribeVpcEndpoints",
  ),
  "aws:iam/role:Role": role(
    "iam:GetRole",
    "iam:GetRolePolicy",
    "iam:ListAttachedRolePolicies",
    "iam:ListRolePolicies",
  ),
  "aws:iam/rolePolicy:RolePolicy": role("iam:GetRolePolicy"),
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": role("iam:ListAttachedRolePolicies"),
  "aws:kms/alias:Alias": everywhere("kms:ListAliases"),
  "aws:kms/key:Key": everywhere(
    "kms:DescribeKey",
    "kms:GetKeyPolicy",
    "kms:GetKeyRotationStatus",
    "kms:ListResourceTags",
  ),
  "aws:lambda/eventSourceMapping:EventSourceMapping": everywhere("lambda:GetEventSourceMapping"),
  // GetFunction also tells where the code can be fetched from for ten minutes: it is what this repository holds
  "aws:lambda/function:Function": lambda(
    "lambda:GetFunction",
    "lambda:GetFunctionCodeSigningConfig",
    "lambda:GetFunctionConcurrency",
    "lambda:GetFunctionConfiguration",
    "lambda:ListTags",
    "lambda:ListVersionsByFunction",
  ),
  // its answer is in the state only
  "aws:lambda/invocation:Invocation": none,
  "aws:lambda/permission:Permission": lambda("lambda:GetPolicy"),
  "aws:rds/instance:Instance": everywhere("rds:DescribeDBInstances", "rds:ListTagsForResource"),
  "aws:rds/parameterGroup:ParameterGroup": everywhere(
    "rds:DescribeDBParameterGroups",
    "rds:DescribeDBParameters",
  ),
  "aws:rds/subnetGroup:SubnetGroup": everywhere("rds:DescribeDBSubnetGroups"),
  "aws:route53/record:Record": everywhere(
    "route53:GetHostedZone",
    "route53:ListResourceRecordSets",
  ),
  "aws:route53/zone:Zone": everywhere("route53:GetHostedZone", "route53:ListTagsForResource"),
  // ListBucket is what asks whether a bucket is there; it also tells the names of its objects
  "aws:s3/bucket:Bucket": bucket(
    "s3:GetAccelerateConfiguration",
    "s3:GetBucketAcl",
    "s3:GetBucketCORS",
    "s3:GetBucketLocation",
    "s3:GetBucketLogging",
    "s3:GetBucketRequestPayment",
    "s3:GetBucketTagging",
    "s3:GetBucketWebsite",
    "s3:GetReplicationConfiguration",
    "s3:ListBucket",
  ),
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": bucket(
    "s3:GetLifecycleConfiguration",
  ),
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": bucket(
    "s3:GetBucketObjectLockConfiguration",
  ),
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": bucket("s3:GetBucketOwnershipControls"),
  "aws:s3/bucketPolicy:BucketPolicy": bucket("s3:GetBucketPolicy"),
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": bucket("s3:GetBucketPublicAccessBlock"),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": bucket(
    "s3:GetEncryptionConfiguration",
  ),
  "aws:s3/bucketVersioning:BucketVersioning": bucket("s3:GetBucketVersioning"),
  "aws:sns/topic:Topic": everywhere("sns:GetTopicAttributes", "sns:ListTagsForResource"),
  "aws:sns/topicPolicy:TopicPolicy": everywhere("sns:GetTopicAttributes"),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": rule,
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": rule,
  "aws:wafv2/webAcl:WebAcl": everywhere("wafv2:GetWebACL", "wafv2:ListTagsForResource"),
  "aws:wafv2/webAclAssociation:WebAclAssociation": everywhere("wafv2:GetWebACLForResource"),
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": everywhere(
    "wafv2:GetLoggingConfiguration",
  ),
};
