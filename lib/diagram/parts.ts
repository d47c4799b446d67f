import { nodeKinds } from "./kinds";
import { tokens } from "./tokens";

/** Types that are read for boxes, arrows and words, or drawn as nodes. */
const drawnTypes: ReadonlySet<string> = new Set([
  ...nodeKinds.flatMap(({ types }) => types),
  ...Object.values(tokens),
]);

/** Types of details: they complete what is drawn, and would only hide it. */
const detailTypes: ReadonlySet<string> = new Set([
  "aws:acm/certificate:Certificate",
  "aws:apigateway/account:Account",
  "aws:apigateway/deployment:Deployment",
  "aws:apigateway/integrationResponse:IntegrationResponse",
  "aws:apigateway/methodResponse:MethodResponse",
  "aws:apigateway/methodSettings:MethodSettings",
  "aws:apigateway/model:Model",
  "aws:apigateway/requestValidator:RequestValidator",
  "aws:apigateway/resource:Resource",
  "aws:apigateway/response:Response",
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  "aws:ec2/eip:Eip",
  "aws:ec2/flowLog:FlowLog",
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  "aws:kms/alias:Alias",
  "aws:lambda/permission:Permission",
  "aws:rds/parameterGroup:ParameterGroup",
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
  "aws:s3/bucketPolicy:BucketPolicy",
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  "aws:secretsmanager/secretVersion:SecretVersion",
  "aws:sns/topicPolicy:TopicPolicy",
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
  "random:index/randomBytes:RandomBytes",
  "random:index/randomId:RandomId",
  "tls:index/privateKey:PrivateKey",
  "tls:index/selfSignedCert:SelfSignedCert",
]);

/** What the picture makes of a type of resources. */
export function treatmentOf(type: string): "detail" | "drawn" | "unknown" {
  if (drawnTypes.has(type)) return "drawn";
  return detailTypes.has(type) ? "detail" : "unknown";
}
