/**
 * AWS resource types that were looked at and need no rule of their own: they connect or name others, or are
 * judged with the resource that they belong to.
 */
export const typesWithoutRules: readonly string[] = [
  // waits for a certificate, which is judged itself
  "aws:acm/certificateValidation:CertificateValidation",
  // parts of an API, judged by its methods, stage and method settings
  "aws:apigateway/account:Account",
  "aws:apigateway/basePathMapping:BasePathMapping",
  "aws:apigateway/deployment:Deployment",
  "aws:apigateway/integration:Integration",
  "aws:apigateway/integrationResponse:IntegrationResponse",
  "aws:apigateway/methodResponse:MethodResponse",
  "aws:apigateway/model:Model",
  "aws:apigateway/requestValidator:RequestValidator",
  "aws:apigateway/resource:Resource",
  "aws:apigateway/response:Response",
  // what is watched and when; they open nothing
  "aws:cloudwatch/dashboard:Dashboard",
  "aws:cloudwatch/eventRule:EventRule",
  // routing: what may pass is the security groups' matter
  "aws:ec2/eip:Eip",
  "aws:ec2/flowLog:FlowLog",
  "aws:ec2/internetGateway:InternetGateway",
  // judged with their prefix list
  "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry",
  "aws:ec2/natGateway:NatGateway",
  "aws:ec2/route:Route",
  "aws:ec2/routeTable:RouteTable",
  "aws:ec2/routeTableAssociation:RouteTableAssociation",
  "aws:kms/alias:Alias",
  "aws:lambda/invocation:Invocation",
  "aws:rds/parameterGroup:ParameterGroup",
  "aws:rds/subnetGroup:SubnetGroup",
  "aws:route53/record:Record",
  // judged with their bucket
  "aws:s3/bucketLogging:BucketLogging",
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
  "aws:s3/bucketVersioning:BucketVersioning",
  // judged with their web ACL
  "aws:wafv2/webAclAssociation:WebAclAssociation",
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
];
