import { unknownValue } from "../../../../lib/policy/policy-graph";
import { cloudFrontRules } from "../../../../lib/policy/rules/cloudfront";
import { describeRules, resource } from "../rule-cases";

const bucket = "docs.s3.eu-west-1.amazonaws.com";
const functionUrl = "abc.lambda-url.eu-west-1.on.aws";
const origin = (domainName: string, more: Record<string, unknown> = {}) => ({
  origins: [{ originId: "origin", domainName, ...more }],
});
const custom = (config: Record<string, unknown>) =>
  origin("pay.example.com", { customOriginConfig: config });
const viewers = (viewerProtocolPolicy: string, ...others: readonly string[]) => ({
  defaultCacheBehavior: { viewerProtocolPolicy },
  orderedCacheBehaviors: others.map((policy) => ({ viewerProtocolPolicy: policy })),
});
const certificate = (more: Record<string, unknown>) => ({
  viewerCertificate: { acmCertificateArn: "arn:certificate", ...more },
});
const distribution = resource("aws:cloudfront/distribution:Distribution", {}, { name: "edge" });
const logDelivery = (of: string) =>
  resource(
    "aws:cloudwatch/logDeliverySource:LogDeliverySource",
    {},
    { name: "logs", from: { resourceArn: of } },
  );

describeRules("rules for CloudFront", cloudFrontRules, [
  {
    rule: "CloudFront.1",
    passes: [
      { ...origin(bucket), defaultRootObject: "index.html" },
      origin("api.example.com"),
      origin("docs.s3-website.eu-west-1.amazonaws.com"),
      origin("docs.s3-website-eu-west-1.amazonaws.com"),
    ],
    fails: [
      { given: origin(bucket), at: ["defaultRootObject"] },
      { given: origin("docs.s3.amazonaws.com"), at: ["defaultRootObject"] },
      { given: origin("docs.s3-eu-west-1.amazonaws.com"), at: ["defaultRootObject"] },
      { given: origin("docs.s3.dualstack.eu-west-1.amazonaws.com"), at: ["defaultRootObject"] },
    ],
  },
  {
    rule: "CloudFront.3",
    passes: [viewers("https-only"), viewers("redirect-to-https", "https-only")],
    fails: [
      { given: {}, at: ["defaultCacheBehavior.viewerProtocolPolicy"] },
      { given: viewers("allow-all"), at: ["defaultCacheBehavior.viewerProtocolPolicy"] },
      {
        given: viewers("https-only", "https-only", "allow-all"),
        at: ["orderedCacheBehaviors.1.viewerProtocolPolicy"],
      },
    ],
  },
  {
    rule: "CloudFront.4",
    passes: [{ originGroups: [{ originId: "both" }] }],
    fails: [
      { given: {}, at: ["originGroups"] },
      { given: { originGroups: [] }, at: ["originGroups"] },
    ],
  },
  {
    rule: "CloudFront.5",
    passes: [
      { loggingConfig: { bucket: "logs.s3.amazonaws.com" } },
      { loggingConfig: { bucket: unknownValue } },
      [distribution, logDelivery("edge")],
    ],
    fails: [
      { given: {}, at: ["loggingConfig.bucket"] },
      { given: [distribution, logDelivery("another")], at: ["loggingConfig.bucket"] },
    ],
  },
  {
    rule: "CloudFront.6",
    passes: [{ webAclId: "arn:acl" }, { webAclId: unknownValue }],
    fails: [
      { given: {}, at: ["webAclId"] },
      { given: { webAclId: "" }, at: ["webAclId"] },
    ],
  },
  {
    rule: "CloudFront.7",
    passes: [certificate({}), { viewerCertificate: { iamCertificateId: "abc" } }],
    fails: [
      {
        given: { viewerCertificate: { cloudfrontDefaultCertificate: true } },
        at: ["viewerCertificate"],
      },
    ],
  },
  {
    rule: "CloudFront.8",
    passes: [
      certificate({ sslSupportMethod: "sni-only" }),
      { viewerCertificate: { cloudfrontDefaultCertificate: true } },
    ],
    fails: [
      {
        given: certificate({ sslSupportMethod: "vip" }),
        at: ["viewerCertificate.sslSupportMethod"],
      },
    ],
  },
  {
    rule: "CloudFront.9",
    passes: [
      origin(bucket),
      { ...viewers("allow-all"), ...custom({ originProtocolPolicy: "https-only" }) },
      { ...viewers("https-only"), ...custom({ originProtocolPolicy: "match-viewer" }) },
    ],
    fails: [
      {
        given: { ...viewers("https-only"), ...custom({ originProtocolPolicy: "http-only" }) },
        at: ["origins.0.customOriginConfig.originProtocolPolicy"],
      },
      {
        given: {
          ...viewers("https-only", "allow-all"),
          ...custom({ originProtocolPolicy: "match-viewer" }),
        },
        at: ["origins.0.customOriginConfig.originProtocolPolicy"],
      },
    ],
  },
  {
    rule: "CloudFront.10",
    passes: [origin(bucket), custom({ originSslProtocols: ["TLSv1.2"] })],
    fails: [
      {
        given: custom({ originSslProtocols: ["TLSv1.2", "SSLv3"] }),
        at: ["origins.0.customOriginConfig.originSslProtocols"],
      },
      {
        given: custom({ originSslProtocols: ["TLSv1.1"] }),
        at: ["origins.0.customOriginConfig.originSslProtocols"],
      },
      {
        given: custom({ httpPort: 80 }),
        at: ["origins.0.customOriginConfig.originSslProtocols"],
      },
    ],
  },
  {
    rule: "CloudFront.13",
    passes: [
      origin(bucket, { originAccessControlId: unknownValue }),
      origin("api.example.com"),
      origin(functionUrl),
    ],
    fails: [
      { given: origin(bucket), at: ["origins.0.originAccessControlId"] },
      {
        given: origin(bucket, { s3OriginConfig: { originAccessIdentity: "old" } }),
        at: ["origins.0.originAccessControlId"],
      },
    ],
  },
  {
    rule: "CloudFront.15",
    passes: [
      certificate({ minimumProtocolVersion: "TLSv1.2_2021" }),
      certificate({ minimumProtocolVersion: "TLSv1.3_2025" }),
      { viewerCertificate: { cloudfrontDefaultCertificate: true } },
    ],
    fails: [
      { given: certificate({}), at: ["viewerCertificate.minimumProtocolVersion"] },
      {
        given: certificate({ minimumProtocolVersion: "TLSv1.2_2019" }),
        at: ["viewerCertificate.minimumProtocolVersion"],
      },
    ],
  },
  {
    rule: "CloudFront.16",
    passes: [
      origin(functionUrl, { originAccessControlId: "abc" }),
      origin(bucket),
      origin("api.example.com"),
    ],
    fails: [{ given: origin(functionUrl), at: ["origins.0.originAccessControlId"] }],
  },
  {
    rule: "CloudFront.17",
    passes: [
      viewers("https-only", "https-only"),
      { defaultCacheBehavior: { trustedKeyGroups: ["group"], trustedSigners: [] } },
    ],
    fails: [
      {
        given: { defaultCacheBehavior: { trustedSigners: ["self"] } },
        at: ["defaultCacheBehavior.trustedSigners"],
      },
      {
        given: { orderedCacheBehaviors: [{}, { trustedSigners: ["self"] }] },
        at: ["orderedCacheBehaviors.1.trustedSigners"],
      },
    ],
  },
]);
