/** Resource types that cost nothing by themselves, and why. */
export const freeTypes: Readonly<Record<string, string>> = {
  "aws:acm/certificate:Certificate": "imported certificates are free",
  "aws:apigateway/account:Account": "a setting of the account",
  "aws:apigateway/basePathMapping:BasePathMapping": "part of the domain name",
  "aws:apigateway/deployment:Deployment": "part of the API, which is paid by request",
  "aws:apigateway/domainName:DomainName": "regional domain names are free",
  "aws:apigateway/integration:Integration": "part of the API, which is paid by request",
  "aws:apigateway/integrationResponse:IntegrationResponse":
    "part of the API, which is paid by request",
  "aws:apigateway/method:Method": "part of the API, which is paid by request",
  "aws:apigateway/methodResponse:MethodResponse": "part of the API, which is paid by request",
  "aws:apigateway/model:Model": "part of the API, which is paid by request",
  "aws:apigateway/requestValidator:RequestValidator": "part of the API, which is paid by request",
  "aws:apigateway/resource:Resource": "part of the API, which is paid by request",
  "aws:apigateway/response:Response": "part of the API, which is paid by request",
  "aws:apigateway/restApi:RestApi": "paid by request, at its stage",
  "aws:cloudwatch/eventRule:EventRule": "rules that run by the clock are free",
  "aws:cloudwatch/eventTarget:EventTarget": "calling a function is free; its runs are charged",
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": "security groups are free",
  "aws:ec2/flowLog:FlowLog": "charged as logs, at its log group",
  "aws:ec2/internetGateway:InternetGateway": "internet gateways are free",
  "aws:ec2/route:Route": "routes are free",
  "aws:ec2/routeTable:RouteTable": "routes are free",
  "aws:ec2/routeTableAssociation:RouteTableAssociation": "routes are free",
  "aws:ec2/securityGroup:SecurityGroup": "security groups are free",
  "aws:ec2/subnet:Subnet": "subnets are free",
  "aws:ec2/vpc:Vpc": "VPCs are free",
  "aws:iam/role:Role": "IAM is free",
  "aws:iam/rolePolicy:RolePolicy": "IAM is free",
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": "IAM is free",
  "aws:kms/alias:Alias": "aliases are free",
  "aws:lambda/invocation:Invocation": "charged as a run, at its function",
  "aws:lambda/permission:Permission": "part of the function",
  "aws:rds/parameterGroup:ParameterGroup": "part of the database",
  "aws:rds/subnetGroup:SubnetGroup": "part of the database",
  "aws:route53/record:Record": "queries for an alias of an API are free",
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration":
    "objects below 128 KB, as audit documents are, do not move by default; a move would be charged",
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": "a setting of the bucket",
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": "a setting of the bucket",
  "aws:s3/bucketPolicy:BucketPolicy": "a setting of the bucket",
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": "a setting of the bucket",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
    "a setting of the bucket",
  "aws:s3/bucketVersioning:BucketVersioning":
    "a setting of the bucket; nothing is replaced while all is well",
  "aws:secretsmanager/secretVersion:SecretVersion": "part of the secret",
  "aws:sns/topic:Topic": "paid by message: alarms that do not ring cost nothing",
  "aws:sns/topicPolicy:TopicPolicy": "a setting of the topic",
  "aws:sns/topicSubscription:TopicSubscription":
    "paid by message: alarms that do not ring cost nothing",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": "security groups are free",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": "security groups are free",
  "aws:wafv2/webAclAssociation:WebAclAssociation": "part of the web ACL",
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration":
    "charged as logs, at its log group",
};

/** Providers whose resources exist in Pulumi's state only. */
const statelessProviders = ["random", "tls", "pulumi"];

/** Why a type costs nothing; undefined if nobody knows that it does. */
export function whyFree(type: string): string | undefined {
  if (type.startsWith("payments:")) return "a component: its children are charged";
  const stateless = statelessProviders.some((provider) => type.startsWith(`${provider}:`));
  return stateless ? "exists in Pulumi's state only" : freeTypes[type];
}
