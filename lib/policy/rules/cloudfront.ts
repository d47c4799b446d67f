import type { DistributionArgs } from "@pulumi/aws/cloudfront";
import { absent, equals, not, oneOf, present } from "../expectations";
import type { Expectation } from "../expectations";
import { graphRule, resourceRule, violation } from "../rule";
import type { Rule, RuleDescription, Subject, Violation } from "../rule";

type Distribution = Subject<DistributionArgs>;

/**
 * The rules for CloudFront's distributions. Whether an origin's bucket exists (CloudFront.12) cannot be checked in a
 * program.
 */
export const cloudFrontRules: readonly Rule[] = [
  rule(
    (distribution) =>
      originsAt(distribution, isBucket).length > 0
        ? distribution.expect("defaultRootObject", present)
        : [],
    {
      id: "CloudFront.1",
      title: "Distributions of buckets have a default root object",
      severity: "high",
      concern: "confidentiality",
      pci: ["2.2.6"],
      remediation: 'Set defaultRootObject, for instance to "index.html".',
    },
  ),
  rule(
    (distribution) =>
      behaviors(distribution).flatMap((at) =>
        distribution.expect(`${at}.viewerProtocolPolicy`, oneOf("https-only", "redirect-to-https")),
      ),
    {
      id: "CloudFront.3",
      title: "Viewers' traffic is encrypted",
      severity: "medium",
      concern: "confidentiality",
      pci: ["4.2.1"],
      remediation: 'Set viewerProtocolPolicy to "redirect-to-https" or "https-only".',
      binding: true,
    },
  ),
  rule((distribution) => distribution.expect("originGroups", present), {
    id: "CloudFront.4",
    title: "Distributions have a second origin to fail over to",
    severity: "low",
    concern: "availability",
    pci: [],
    remediation: "Set originGroups with two members.",
  }),
  graphRule<DistributionArgs>({
    id: "CloudFront.5",
    title: "Distributions log requests",
    severity: "medium",
    concern: "accountability",
    pci: ["10.2.1", "10.4.2"],
    remediation: "Set loggingConfig, or add a cloudwatch.LogDeliverySource of the distribution.",
    types: ["aws:cloudfront/distribution:Distribution"],
    check: (distribution, graph) =>
      graph.referringTo(
        distribution.resource,
        "aws:cloudwatch/logDeliverySource:LogDeliverySource",
        "resourceArn",
      ).length > 0
        ? []
        : distribution.expectPresent("loggingConfig.bucket"),
  }),
  rule((distribution) => distribution.expectPresent("webAclId"), {
    id: "CloudFront.6",
    title: "Distributions are protected by a web ACL",
    severity: "medium",
    concern: "integrity",
    pci: ["6.4.2"],
    remediation: "Set webAclId to the ARN of a web ACL of scope CLOUDFRONT.",
  }),
  rule(
    (distribution) =>
      hasOwnCertificate(distribution)
        ? []
        : [violation("CloudFront's own certificate is used", "viewerCertificate")],
    {
      id: "CloudFront.7",
      title: "Distributions have a certificate of their own",
      severity: "medium",
      concern: "confidentiality",
      pci: ["4.2.1"],
      remediation: "Set viewerCertificate.acmCertificateArn to a certificate in us-east-1.",
    },
  ),
  rule(
    (distribution) =>
      hasOwnCertificate(distribution)
        ? distribution.expect("viewerCertificate.sslSupportMethod", equals("sni-only"))
        : [],
    {
      id: "CloudFront.8",
      title: "Distributions serve HTTPS by SNI, without addresses of their own",
      severity: "low",
      concern: "availability",
      pci: [],
      remediation: 'Set viewerCertificate.sslSupportMethod: "sni-only".',
    },
  ),
  rule(
    (distribution) => {
      const encrypted = viewersAreEncrypted(distribution)
        ? oneOf("https-only", "match-viewer")
        : equals("https-only");
      return customOrigins(distribution).flatMap((at) =>
        distribution.expect(`${at}.customOriginConfig.originProtocolPolicy`, encrypted),
      );
    },
    {
      id: "CloudFront.9",
      title: "Traffic to origins is encrypted",
      severity: "medium",
      concern: "confidentiality",
      pci: ["4.2.1"],
      remediation: 'Set customOriginConfig.originProtocolPolicy: "https-only".',
      binding: true,
    },
  ),
  rule(
    (distribution) =>
      customOrigins(distribution).flatMap((at) =>
        distribution.expect(`${at}.customOriginConfig.originSslProtocols`, onlyTls12),
      ),
    {
      id: "CloudFront.10",
      title: "Connections to origins use TLS 1.2 or later",
      severity: "medium",
      concern: "confidentiality",
      pci: ["4.2.1"],
      remediation: 'Set customOriginConfig.originSslProtocols: ["TLSv1.2"].',
      binding: true,
    },
  ),
  rule((distribution) => accessControl(distribution, isBucket), {
    id: "CloudFront.13",
    title: "Origins in S3 have an origin access control",
    severity: "medium",
    concern: "confidentiality",
    pci: ["1.4.4", "7.3.1"],
    remediation: "Set originAccessControlId to an OriginAccessControl's id.",
  }),
  rule(
    (distribution) =>
      hasOwnCertificate(distribution)
        ? distribution.expect(
            "viewerCertificate.minimumProtocolVersion",
            oneOf("TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025"),
          )
        : [],
    {
      id: "CloudFront.15",
      title: "Distributions accept TLS 1.2 or later with strong ciphers only",
      severity: "medium",
      concern: "confidentiality",
      pci: ["4.2.1"],
      remediation: 'Set viewerCertificate.minimumProtocolVersion: "TLSv1.2_2021" or later.',
      binding: true,
    },
  ),
  rule((distribution) => accessControl(distribution, isFunctionUrl), {
    id: "CloudFront.16",
    title: "Origins with a function URL have an origin access control",
    severity: "medium",
    concern: "confidentiality",
    pci: ["1.4.4", "7.3.1"],
    remediation: "Set originAccessControlId to an OriginAccessControl's id.",
  }),
  rule(
    (distribution) =>
      behaviors(distribution).flatMap((at) => distribution.expect(`${at}.trustedSigners`, absent)),
    {
      id: "CloudFront.17",
      title: "Signed URLs and cookies are checked by key groups, not by the root user's keys",
      severity: "medium",
      concern: "confidentiality",
      pci: ["8.3.1"],
      remediation: "Set trustedKeyGroups in place of trustedSigners.",
    },
  ),
];

const onlyTls12: Expectation = {
  isMet: (value) => Array.isArray(value) && value.every((protocol) => protocol === "TLSv1.2"),
  expected: "TLSv1.2 only",
};

function rule(
  check: (distribution: Distribution) => readonly Violation[],
  description: RuleDescription,
): Rule {
  return resourceRule<DistributionArgs>({
    ...description,
    types: ["aws:cloudfront/distribution:Distribution"],
    check,
  });
}

/** The paths of the cache behaviors. */
function behaviors(distribution: Distribution) {
  return [
    "defaultCacheBehavior",
    ...distribution
      .list("orderedCacheBehaviors")
      .map((_, i) => `orderedCacheBehaviors.${String(i)}` as const),
  ] as const;
}

/** The paths of the origins that are of a kind, by their domain names. */
function originsAt(distribution: Distribution, isOfKind: (domainName: string) => boolean) {
  return distribution
    .list("origins")
    .map((_, i) => `origins.${String(i)}` as const)
    .filter((at) => isOfKind(String(distribution.get(`${at}.domainName`))));
}

function customOrigins(distribution: Distribution) {
  return distribution
    .list("origins")
    .map((_, i) => `origins.${String(i)}` as const)
    .filter((at) => distribution.has(`${at}.customOriginConfig`));
}

/** A website endpoint (`s3-website`) is an ordinary web server. */
function isBucket(domainName: string): boolean {
  return /\.s3[.-](?!website)([\w-]+\.)*amazonaws\.com/.test(domainName);
}

function isFunctionUrl(domainName: string): boolean {
  return /\.lambda-url\.[\w-]+\.on\.aws$/.test(domainName);
}

function accessControl(
  distribution: Distribution,
  isOfKind: (domainName: string) => boolean,
): Violation[] {
  return originsAt(distribution, isOfKind).flatMap((at) =>
    distribution.expectPresent(`${at}.originAccessControlId`),
  );
}

function hasOwnCertificate(distribution: Distribution): boolean {
  return (
    distribution.has("viewerCertificate.acmCertificateArn") ||
    distribution.has("viewerCertificate.iamCertificateId")
  );
}

function viewersAreEncrypted(distribution: Distribution): boolean {
  return behaviors(distribution).every((at) =>
    not("allow-all").isMet(distribution.get(`${at}.viewerProtocolPolicy`)),
  );
}
