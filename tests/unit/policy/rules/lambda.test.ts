import { lambdaRules } from "../../../../lib/policy/rules/lambda";
import { unknownValue } from "../../../../lib/policy/policy-graph";
import { describeRules, resource } from "../rule-cases";

const policyOf = (Principal: unknown) => ({
  policy: JSON.stringify({
    Statement: { Effect: "Allow", Principal, Action: "lambda:InvokeFunction" },
  }),
});
const resourcePolicy = (Principal: unknown) => [
  resource("aws:lambda/resourcePolicy:ResourcePolicy", policyOf(Principal)),
];
const layer = (properties: Readonly<Record<string, unknown>>) => [
  resource("aws:lambda/layerVersionPermission:LayerVersionPermission", properties),
];
const atEdge = (property: string) => [
  resource("aws:lambda/function:Function", {}, { name: "edge" }),
  resource("aws:cloudfront/distribution:Distribution", {}, { from: { [property]: "edge" } }),
];
const inSubnets = (...zones: readonly unknown[]) => [
  {
    ...resource("aws:lambda/function:Function", {
      vpcConfig: { subnetIds: zones.map(() => unknownValue) },
    }),
    sources: { vpcConfig: zones.map((_, index) => `urn:test::subnet-${String(index)}`) },
  },
  ...zones.map((availabilityZone, index) =>
    resource("aws:ec2/subnet:Subnet", { availabilityZone }, { name: `subnet-${String(index)}` }),
  ),
];

describeRules("rules for Lambda", lambdaRules, [
  {
    rule: "Lambda.1",
    passes: [
      { principal: "apigateway.amazonaws.com" },
      { principal: "123456789012" },
      { principal: "*", principalOrgId: "o-a1b2c3" },
      { principal: "*", sourceArn: unknownValue },
      { principal: "s3.amazonaws.com", sourceAccount: "123456789012" },
      resourcePolicy({ AWS: "arn:aws:iam::123456789012:root" }),
      layer({ principal: "*", organizationId: "o-a1b2c3" }),
    ],
    fails: [
      { given: { principal: "*" }, at: ["principal"] },
      { given: { principal: "*", principalOrgId: "o-*" }, at: ["principal"] },
      { given: { principal: "*", sourceArn: "*", sourceAccount: "" }, at: ["principal"] },
      { given: { principal: "s3.amazonaws.com", sourceAccount: "*" }, at: ["sourceAccount"] },
      {
        given: { principal: "s3.amazonaws.com", sourceArn: "arn:aws:s3:::uploads" },
        at: ["sourceAccount"],
      },
      { given: resourcePolicy("*"), at: ["policy"] },
      { given: layer({ principal: "*" }), at: ["principal"] },
    ],
  },
  {
    rule: "Lambda.2",
    passes: [{ runtime: "nodejs24.x" }, { runtime: "provided.al2023" }, { packageType: "Image" }],
    fails: [
      { given: {}, at: ["runtime"] },
      { given: { runtime: "nodejs20.x", packageType: "Zip" }, at: ["runtime"] },
    ],
  },
  {
    rule: "Lambda.3",
    passes: [
      { vpcConfig: { subnetIds: ["subnet-1"] } },
      { vpcConfig: { subnetIds: unknownValue } },
      atEdge("defaultCacheBehavior"),
      atEdge("orderedCacheBehaviors"),
    ],
    fails: [
      { given: {}, at: ["vpcConfig.subnetIds"] },
      { given: { vpcConfig: { subnetIds: [] } }, at: ["vpcConfig.subnetIds"] },
      { given: atEdge("viewerCertificate"), at: ["vpcConfig.subnetIds"] },
    ],
  },
  {
    rule: "Lambda.5",
    passes: [
      {},
      { vpcConfig: { subnetIds: ["subnet-1", "subnet-2"] } },
      inSubnets("eu-central-1a", "eu-central-1b"),
      inSubnets(unknownValue, unknownValue),
    ],
    fails: [
      { given: { vpcConfig: { subnetIds: ["subnet-1"] } }, at: ["vpcConfig.subnetIds"] },
      { given: inSubnets("eu-central-1a", "eu-central-1a"), at: ["vpcConfig.subnetIds"] },
    ],
  },
  {
    rule: "Lambda.6",
    passes: [{ tags: { Owner: "payments" } }],
    fails: [
      { given: {}, at: ["tags"] },
      { given: { tags: {} }, at: ["tags"] },
    ],
  },
  {
    rule: "Lambda.7",
    passes: [{ tracingConfig: { mode: "Active" } }, atEdge("defaultCacheBehavior")],
    fails: [
      { given: {}, at: ["tracingConfig.mode"] },
      { given: { tracingConfig: { mode: "PassThrough" } }, at: ["tracingConfig.mode"] },
    ],
  },
  {
    rule: "Lambda.Source",
    passes: [
      { principal: "events.amazonaws.com", sourceArn: unknownValue },
      { principal: "s3.amazonaws.com", sourceAccount: "123456789012" },
      { principal: "alexa-appkit.amazon.com", eventSourceToken: "amzn1.ask.skill.1" },
      { principal: "123456789012" },
      { principal: "arn:aws:iam::123456789012:role/caller" },
    ],
    fails: [
      { given: { principal: "events.amazonaws.com" }, at: ["sourceArn"] },
      {
        given: { principal: "events.amazonaws.com", sourceArn: "arn:aws:events:*:*:rule/*" },
        at: ["sourceArn"],
      },
      { given: { principal: "logs.eu-central-1.amazonaws.com.cn" }, at: ["sourceArn"] },
    ],
  },
  {
    rule: "Lambda.Url",
    passes: [{ authorizationType: "AWS_IAM" }],
    fails: [{ given: { authorizationType: "NONE" }, at: ["authorizationType"] }],
  },
]);
