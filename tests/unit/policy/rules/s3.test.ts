import { s3AccessRules } from "../../../../lib/policy/rules/s3-access";
import { s3DataRules } from "../../../../lib/policy/rules/s3-data";
import { describeRules, resource } from "../rule-cases";

const bucketType = "aws:s3/bucket:Bucket";
const bucketV2Type = "aws:s3/bucketV2:BucketV2";
const bucket = resource(bucketType, {}, { name: "bucket", id: "bucket" });
const bucketV2 = resource(bucketV2Type, {}, { name: "bucket", id: "bucket" });

/** What configures one side of the bucket, by a reference to it. */
const companion = (
  side: string,
  properties: Readonly<Record<string, unknown>>,
  from = { bucket: "bucket" },
) => resource(`aws:s3/bucket${side}:Bucket${side}`, properties, { name: "companion", from });

const blocked = {
  blockPublicAcls: true,
  blockPublicPolicy: true,
  ignorePublicAcls: true,
  restrictPublicBuckets: true,
};
const halfBlocked = { ...blocked, ignorePublicAcls: false };

const allow = (Action: string | string[], more: Readonly<Record<string, unknown>> = {}) =>
  JSON.stringify({
    Statement: { Effect: "Allow", Principal: "*", Action, Resource: "*", ...more },
  });
const account = { Principal: { AWS: "arn:aws:iam::123456789012:root" } };

const tlsOnly = (Resource: string | string[], Action = "s3:*") => ({
  policy: {
    Statement: [
      {
        Effect: "Deny",
        Principal: "*",
        Action,
        Resource,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  },
});
const whole = ["arn:aws:s3:::bucket", "arn:aws:s3:::bucket/*"];

const everyone = "http://acs.amazonaws.com/groups/global/AllUsers";
const anyCustomer = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";
const logDelivery = "http://acs.amazonaws.com/groups/s3/LogDelivery";
const acl = (permission: string, uri: string) =>
  companion("Acl", {
    accessControlPolicy: { grants: [{ grantee: { type: "Group", uri }, permission }] },
  });

describeRules("rules for access to S3", s3AccessRules, [
  {
    rule: "S3.1",
    passes: [blocked],
    fails: [
      { given: halfBlocked, at: ["ignorePublicAcls"] },
      { given: {}, at: Object.keys(blocked) },
    ],
  },
  {
    rule: "S3.2",
    passes: [
      {},
      { acl: "private", policy: allow("s3:GetObject", account) },
      { policy: allow("s3:PutObject") },
      [companion("Policy", { policy: allow("s3:*", account) })],
      [companion("Acl", { acl: "log-delivery-write" })],
      [acl("WRITE", everyone)],
      [acl("READ", logDelivery)],
    ],
    fails: [
      { given: { policy: allow("s3:GetObject") }, at: ["policy"] },
      { given: { policy: allow(["s3:PutObject", "S3:List*"]) }, at: ["policy"] },
      { given: { policy: allow("s3:?et*") }, at: ["policy"] },
      { given: { policy: allow("**") }, at: ["policy"] },
      { given: { policy: "{" }, at: ["policy"] },
      { given: { acl: "public-read" }, at: ["acl"] },
      { given: { acl: "authenticated-read" }, at: ["acl"] },
      {
        given: { grants: [{ type: "Group", uri: everyone, permissions: ["READ"] }] },
        at: ["grants"],
      },
      { given: [resource(bucketV2Type, { acl: "public-read-write" })], at: ["acl"] },
      { given: [companion("Policy", { policy: allow("*") })], at: ["policy"] },
      {
        given: [
          companion("Policy", {
            policy: JSON.stringify({
              Statement: { Effect: "Allow", Principal: "*", NotAction: "s3:DeleteBucket" },
            }),
          }),
        ],
        at: ["policy"],
      },
      { given: [companion("AclV2", { acl: "public-read" })], at: ["acl"] },
      { given: [acl("FULL_CONTROL", anyCustomer)], at: ["accessControlPolicy.grants"] },
    ],
  },
  {
    rule: "S3.3",
    passes: [
      {},
      { acl: "public-read", policy: allow(["s3:GetObject", "s3:ListBucket"]) },
      [companion("Policy", { policy: allow("s3:*", account) })],
      [acl("READ", everyone)],
    ],
    fails: [
      { given: { acl: "public-read-write" }, at: ["acl"] },
      { given: { policy: allow("s3:PutObject") }, at: ["policy"] },
      { given: { policy: allow("*") }, at: ["policy"] },
      { given: [companion("Policy", { policy: allow("s3:*") })], at: ["policy"] },
      { given: [acl("WRITE_ACP", anyCustomer)], at: ["accessControlPolicy.grants"] },
    ],
  },
  {
    rule: "S3.5",
    passes: [
      tlsOnly(whole),
      tlsOnly("*"),
      tlsOnly("arn:aws:s3:::bucket*", "*"),
      tlsOnly("(known after the deployment)"),
      [bucket, companion("Policy", tlsOnly(whole))],
      [bucketV2, companion("Policy", tlsOnly(whole))],
      [bucket, companion("Policy", { ...tlsOnly(whole), bucket: "bucket" }, { bucket: "name" })],
    ],
    fails: [
      { given: {}, at: [] },
      { given: { policy: "no policy" }, at: [] },
      { given: { policy: allow("s3:*") }, at: [] },
      { given: tlsOnly("arn:aws:s3:::bucket/*"), at: [] },
      { given: tlsOnly("arn:aws:s3:::bucket"), at: [] },
      { given: tlsOnly(whole, "s3:PutObject"), at: [] },
      { given: [bucket, companion("Policy", tlsOnly(whole), { bucket: "other" })], at: [] },
    ],
  },
  {
    rule: "S3.8",
    passes: [
      [bucket, companion("PublicAccessBlock", blocked)],
      [bucketV2, companion("PublicAccessBlock", blocked)],
    ],
    fails: [
      { given: {}, at: [] },
      { given: [bucket, companion("PublicAccessBlock", blocked, { bucket: "other" })], at: [] },
      { given: [bucket, companion("PublicAccessBlock", halfBlocked)], at: ["ignorePublicAcls"] },
      { given: [bucketV2, companion("PublicAccessBlock", {})], at: Object.keys(blocked) },
    ],
  },
  {
    rule: "S3.12",
    passes: [
      {},
      { acl: "private" },
      [companion("OwnershipControls", { rule: { objectOwnership: "BucketOwnerEnforced" } })],
      [companion("AclV2", { acl: "private" })],
    ],
    fails: [
      { given: { acl: "log-delivery-write" }, at: ["acl"] },
      { given: { grants: [{ type: "CanonicalUser" }] }, at: ["grants"] },
      { given: [companion("Acl", { acl: "aws-exec-read" })], at: ["acl"] },
      { given: [acl("READ", logDelivery)], at: ["accessControlPolicy"] },
      {
        given: [companion("OwnershipControls", { rule: { objectOwnership: "ObjectWriter" } })],
        at: ["rule.objectOwnership"],
      },
    ],
  },
  {
    rule: "S3.19",
    passes: [
      {},
      { publicAccessBlockConfiguration: {} },
      { publicAccessBlockConfiguration: blocked },
    ],
    fails: [
      {
        given: { publicAccessBlockConfiguration: halfBlocked },
        at: ["publicAccessBlockConfiguration.ignorePublicAcls"],
      },
    ],
  },
  {
    rule: "S3.24",
    passes: [{ details: {} }, { details: { publicAccessBlock: blocked } }],
    fails: [
      {
        given: { details: { publicAccessBlock: { blockPublicPolicy: false } } },
        at: ["details.publicAccessBlock.blockPublicPolicy"],
      },
    ],
  },
]);

const logged = companion("Logging", { targetBucket: "logs" });
const logs = resource(bucketType, { bucket: "logs" }, { name: "logs" });
const versioned = { versioningConfiguration: { status: "Enabled" } };
const enabledRule = { rules: [{ status: "Disabled" }, { status: "Enabled" }] };
const encrypted = (sseAlgorithm: string) => ({
  rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm } }],
});
const inlineEncrypted = (sseAlgorithm: string) => ({
  serverSideEncryptionConfiguration: {
    rule: { applyServerSideEncryptionByDefault: { sseAlgorithm } },
  },
});
const inlineEncryptedV2 = (sseAlgorithm: string) =>
  resource(bucketV2Type, {
    serverSideEncryptionConfigurations: [
      { rules: [{ applyServerSideEncryptionByDefaults: [{ sseAlgorithm }] }] },
    ],
  });

describeRules("rules for data in S3", s3DataRules, [
  {
    rule: "S3.9",
    passes: [
      { logging: { targetBucket: "logs" } },
      [resource(bucketV2Type, { loggings: [{ targetBucket: "logs" }] })],
      [bucket, logged, logs],
      [bucketV2, companion("LoggingV2", { targetBucket: "logs" }), logs],
      [
        resource(
          bucketType,
          { logging: { targetBucket: "logs" } },
          { name: "b", from: { logging: "logs" } },
        ),
        logs,
      ],
      [resource(bucketV2Type, { loggings: [{}] }, { name: "b", from: { loggings: "logs" } }), logs],
    ],
    fails: [
      { given: {}, at: [] },
      { given: { loggings: [] }, at: [] },
      { given: [bucket, companion("Logging", {}, { bucket: "other" })], at: [] },
    ],
  },
  {
    rule: "S3.13",
    passes: [
      { lifecycleRules: [{ enabled: true }] },
      [bucket, companion("LifecycleConfiguration", enabledRule)],
      [bucketV2, companion("LifecycleConfigurationV2", enabledRule)],
    ],
    fails: [
      { given: {}, at: [] },
      { given: { lifecycleRules: [{ enabled: false }] }, at: [] },
      {
        given: [bucket, companion("LifecycleConfiguration", enabledRule, { bucket: "other" })],
        at: [],
      },
      {
        given: [bucket, companion("LifecycleConfiguration", { rules: [{ status: "Disabled" }] })],
        at: ["rules"],
      },
    ],
  },
  {
    rule: "S3.14",
    passes: [
      { versioning: { enabled: true } },
      { objectLockEnabled: true },
      [resource(bucketV2Type, { versionings: [{ enabled: true }] })],
      [bucket, companion("Versioning", versioned)],
      [bucketV2, companion("VersioningV2", versioned)],
    ],
    fails: [
      { given: {}, at: [] },
      { given: { versioning: { enabled: false } }, at: [] },
      { given: [bucket, companion("Versioning", versioned, { bucket: "other" })], at: [] },
      {
        given: [
          bucket,
          companion("Versioning", { versioningConfiguration: { status: "Suspended" } }),
        ],
        at: ["versioningConfiguration.status"],
      },
    ],
  },
  {
    rule: "S3.15",
    passes: [
      { objectLockEnabled: true },
      { objectLockConfiguration: { objectLockEnabled: "Enabled" } },
      [bucketV2, companion("ObjectLockConfigurationV2", {})],
      [resource(bucketType, { objectLockEnabled: true }, { name: "bucket" }), logged, logs],
    ],
    fails: [
      { given: {}, at: ["objectLockEnabled"] },
      { given: { objectLockEnabled: false }, at: ["objectLockEnabled"] },
      {
        given: [bucket, companion("ObjectLockConfiguration", {}, { bucket: "other" })],
        at: ["objectLockEnabled"],
      },
    ],
  },
  {
    rule: "S3.ForceDestroy",
    passes: [
      { forceDestroy: true },
      { forceDestroy: true, objectLockEnabled: false },
      { objectLockEnabled: true },
      { objectLockEnabled: true, forceDestroy: false },
      [bucketV2, companion("ObjectLockConfigurationV2", {})],
    ],
    fails: [
      { given: { objectLockEnabled: true, forceDestroy: true }, at: ["forceDestroy"] },
      {
        given: { objectLockConfiguration: { objectLockEnabled: "Enabled" }, forceDestroy: true },
        at: ["forceDestroy"],
      },
      {
        given: [
          resource(bucketType, { forceDestroy: true }, { name: "bucket", id: "bucket" }),
          companion("ObjectLockConfiguration", {}),
        ],
        at: ["forceDestroy"],
      },
    ],
  },
  {
    rule: "S3.17",
    passes: [
      inlineEncrypted("aws:kms"),
      [inlineEncryptedV2("aws:kms:dsse")],
      [bucket, companion("ServerSideEncryptionConfiguration", encrypted("aws:kms"))],
      [bucketV2, companion("ServerSideEncryptionConfigurationV2", encrypted("aws:kms"))],
      [
        logs,
        companion("Logging", { targetBucket: "logs" }, { bucket: "elsewhere" }),
        companion("ServerSideEncryptionConfiguration", encrypted("AES256"), { bucket: "logs" }),
      ],
      [logs, resource("aws:lb/loadBalancer:LoadBalancer", {}, { from: { accessLogs: "logs" } })],
      [logs, resource("aws:alb/loadBalancer:LoadBalancer", {}, { from: { accessLogs: "logs" } })],
    ],
    fails: [
      { given: {}, at: [] },
      {
        given: inlineEncrypted("AES256"),
        at: [
          "serverSideEncryptionConfiguration.rule.applyServerSideEncryptionByDefault.sseAlgorithm",
        ],
      },
      {
        given: [inlineEncryptedV2("AES256")],
        at: [
          "serverSideEncryptionConfigurations.0.rules.0.applyServerSideEncryptionByDefaults.0.sseAlgorithm",
        ],
      },
      {
        given: [bucket, companion("ServerSideEncryptionConfiguration", encrypted("AES256"))],
        at: ["rules.0.applyServerSideEncryptionByDefault.sseAlgorithm"],
      },
      {
        given: [bucket, companion("ServerSideEncryptionConfiguration", { rules: [{}] })],
        at: ["rules.0.applyServerSideEncryptionByDefault.sseAlgorithm"],
      },
      {
        given: [
          bucket,
          companion("ServerSideEncryptionConfiguration", encrypted("aws:kms"), { bucket: "other" }),
        ],
        at: [],
      },
    ],
  },
  {
    rule: "S3.20",
    passes: [
      {},
      { versioning: { enabled: true, mfaDelete: true } },
      { versioning: { enabled: true }, lifecycleRules: [{ enabled: true }] },
      [resource(bucketV2Type, { versionings: [{ enabled: true, mfaDelete: true }] })],
      [
        bucket,
        companion("Versioning", versioned),
        companion("LifecycleConfiguration", enabledRule),
      ],
      [
        bucket,
        companion("Versioning", {
          versioningConfiguration: { status: "Enabled", mfaDelete: "Enabled" },
        }),
      ],
    ],
    fails: [
      { given: { versioning: { enabled: true } }, at: [] },
      { given: [bucket, companion("Versioning", versioned)], at: [] },
      {
        given: [
          bucketV2,
          companion("VersioningV2", {
            versioningConfiguration: { status: "Enabled", mfaDelete: "Disabled" },
          }),
        ],
        at: [],
      },
    ],
  },
]);
