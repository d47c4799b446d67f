import type {
  BucketArgs,
  BucketLifecycleConfigurationArgs,
  BucketServerSideEncryptionConfigurationArgs,
  BucketV2Args,
  BucketVersioningArgs,
} from "@pulumi/aws/s3";
import { byDefault, equals, oneOf } from "../expectations";
import { Subject, graphRule, violation } from "../rule";
import type { Rule } from "../rule";
import type { PolicyGraph } from "../policy-graph";
import {
  bucketTypes,
  companionTypes,
  companionsOf,
  takesAccessLogs,
  takesLogsWithoutKey,
} from "./s3-buckets";

/** A bucket's arguments in the forms that configure it inline. */
type InlineArgs = BucketArgs & BucketV2Args;

const kmsAlgorithm = oneOf("aws:kms", "aws:kms:dsse");

/** The rules for the data in S3 buckets. */
export const s3DataRules: readonly Rule[] = [
  graphRule<InlineArgs>({
    id: "S3.9",
    title: "Buckets have server access logging",
    severity: "medium",
    concern: "accountability",
    pci: ["10.2.1"],
    remediation: "Add a BucketLogging that writes to a bucket for logs.",
    types: bucketTypes,
    check: (bucket, graph) =>
      bucket.has("logging") ||
      bucket.has("loggings") ||
      companionsOf(bucket.resource, graph, "Logging").length > 0 ||
      takesAccessLogs(bucket.resource, graph)
        ? []
        : [violation("no BucketLogging logs the access")],
  }),
  graphRule<InlineArgs & BucketLifecycleConfigurationArgs>({
    id: "S3.13",
    title: "Buckets have a lifecycle",
    severity: "low",
    concern: "confidentiality",
    pci: ["3.2.1"],
    remediation: "Add a BucketLifecycleConfiguration with a rule that is Enabled.",
    types: [...bucketTypes, ...companionTypes("LifecycleConfiguration")],
    check: (subject, graph) => {
      if (!bucketTypes.includes(subject.resource.type)) {
        return subject.list("rules").some(({ status }) => status === "Enabled")
          ? []
          : [violation("no rule is Enabled", "rules")];
      }
      return hasLifecycle(subject, graph)
        ? []
        : [violation("no BucketLifecycleConfiguration says what becomes of its objects")];
    },
  }),
  graphRule<InlineArgs & BucketVersioningArgs>({
    id: "S3.14",
    title: "Buckets have versioning enabled",
    severity: "low",
    concern: "integrity",
    pci: [],
    remediation: "Add a BucketVersioning with versioningConfiguration: { status: Enabled }.",
    types: [...bucketTypes, ...companionTypes("Versioning")],
    check: (subject, graph) => {
      if (!bucketTypes.includes(subject.resource.type)) {
        return subject.expect("versioningConfiguration.status", equals("Enabled"));
      }
      return companionsOf(subject.resource, graph, "Versioning").length > 0 ||
        isVersionedInline(subject)
        ? []
        : [violation("no BucketVersioning enables versioning")];
    },
  }),
  graphRule<InlineArgs>({
    id: "S3.15",
    title: "Buckets have Object Lock enabled",
    severity: "medium",
    concern: "integrity",
    pci: ["10.3.2", "10.5.1"],
    remediation: "Set objectLockEnabled: true, and a retention by a BucketObjectLockConfiguration.",
    types: bucketTypes,
    // access logs cannot be delivered into a bucket with a retention
    check: (bucket, graph) =>
      takesAccessLogs(bucket.resource, graph) || hasObjectLock(bucket, graph)
        ? []
        : bucket.expect("objectLockEnabled", equals(true)),
  }),
  graphRule<InlineArgs>({
    // the provider's `forceDestroy` bypasses governance mode and takes legal holds off, with whoever's rights deploy
    // (terraform-provider-aws, internal/service/s3/delete.go)
    id: "S3.ForceDestroy",
    title: "Buckets with Object Lock are not emptied by force",
    severity: "high",
    concern: "integrity",
    pci: ["10.3.2", "10.5.1"],
    remediation: "Leave forceDestroy out, and set the option retainOnDelete: true.",
    types: bucketTypes,
    check: (bucket, graph) =>
      hasObjectLock(bucket, graph) ? bucket.expect("forceDestroy", byDefault(equals(false))) : [],
  }),
  graphRule<InlineArgs & BucketServerSideEncryptionConfigurationArgs>({
    id: "S3.17",
    title: "Buckets encrypt with a key of KMS",
    severity: "medium",
    concern: "confidentiality",
    pci: ["3.5.1"],
    remediation:
      "Add a BucketServerSideEncryptionConfiguration with sseAlgorithm: aws:kms and the key's kmsMasterKeyId.",
    binding: true,
    types: [...bucketTypes, ...companionTypes("ServerSideEncryptionConfiguration")],
    check: (subject, graph) => {
      const { resource } = subject;
      const buckets = bucketTypes.includes(resource.type)
        ? [resource]
        : graph.referredToBy(resource, "bucket", ...bucketTypes);
      if (buckets.some((bucket) => takesLogsWithoutKey(bucket, graph))) return [];
      if (subject.has("serverSideEncryptionConfiguration")) {
        return subject.expect(
          "serverSideEncryptionConfiguration.rule.applyServerSideEncryptionByDefault.sseAlgorithm",
          kmsAlgorithm,
        );
      }
      if (subject.has("serverSideEncryptionConfigurations")) {
        return subject.expect(
          "serverSideEncryptionConfigurations.0.rules.0.applyServerSideEncryptionByDefaults.0.sseAlgorithm",
          kmsAlgorithm,
        );
      }
      if (!bucketTypes.includes(resource.type)) {
        return subject.expect(
          "rules.0.applyServerSideEncryptionByDefault.sseAlgorithm",
          kmsAlgorithm,
        );
      }
      return companionsOf(resource, graph, "ServerSideEncryptionConfiguration").length > 0
        ? []
        : [violation("no BucketServerSideEncryptionConfiguration encrypts with a key of KMS")];
    },
  }),
  graphRule<InlineArgs>({
    id: "S3.20",
    title: "Versions that no lifecycle deletes require MFA to delete",
    severity: "low",
    concern: "integrity",
    pci: [],
    remediation:
      "Add a BucketLifecycleConfiguration, or set mfaDelete: Enabled, which requires the root user's device.",
    types: bucketTypes,
    check: (bucket, graph) => {
      const versionings = companionsOf(bucket.resource, graph, "Versioning").map(
        (resource) => new Subject<BucketVersioningArgs>(resource),
      );
      const versioned = versionings.length > 0 || isVersionedInline(bucket);
      if (!versioned || hasLifecycle(bucket, graph)) return [];
      return bucket.get("versioning.mfaDelete") === true ||
        bucket.get("versionings.0.mfaDelete") === true ||
        versionings.some((one) => one.get("versioningConfiguration.mfaDelete") === "Enabled")
        ? []
        : [violation("versions can be deleted without MFA")];
    },
  }),
];

function hasLifecycle(bucket: Subject<InlineArgs>, graph: PolicyGraph): boolean {
  return (
    bucket.list("lifecycleRules").some(({ enabled }) => enabled === true) ||
    companionsOf(bucket.resource, graph, "LifecycleConfiguration").length > 0
  );
}

function hasObjectLock(bucket: Subject<InlineArgs>, graph: PolicyGraph): boolean {
  return (
    bucket.has("objectLockConfiguration") ||
    companionsOf(bucket.resource, graph, "ObjectLockConfiguration").length > 0 ||
    bucket.get("objectLockEnabled") === true
  );
}

/** Object Lock enables versioning, whatever else is set. */
function isVersionedInline(bucket: Subject<InlineArgs>): boolean {
  return (
    bucket.get("versioning.enabled") === true ||
    bucket.get("versionings.0.enabled") === true ||
    bucket.get("objectLockEnabled") === true
  );
}
