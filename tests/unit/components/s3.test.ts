import { S3Component } from "../../../lib/components/s3";
import type { BucketRetention, S3ComponentArgs } from "../../../lib/components/s3";
import { inRegion } from "../../../lib/core/context";
import { environmentSettings } from "../../../lib/config";
import type { EnvironmentType } from "../../../lib/types";
import { record, valueOf } from "../../../lib/graph/record";
import { testContext } from "../context";

/** How long an environment's audit documents stay, as payments have it. */
const retentionIn = (environment: EnvironmentType): BucketRetention => {
  const {
    objectLockDays: days,
    objectLockMode: mode,
    ...others
  } = environmentSettings[environment].audit;
  return { ...others, objectLock: days === null ? null : { mode, days } };
};
const build = (environment: EnvironmentType, args: Partial<S3ComponentArgs> = {}) =>
  record(
    () =>
      new S3Component("payments-audit", {
        context: testContext(environment),
        purpose: "audit",
        keyArn: "arn:aws:kms:key",
        retention: retentionIn(environment),
        writeOnce: false,
        ...args,
      }),
  );

const bucketType = "aws:s3/bucket:Bucket";
const lockType = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration";
const policyType = "aws:s3/bucketPolicy:BucketPolicy";
const name = "payments-dev-audit-0a1b2c3d";

describe("the audit bucket", () => {
  it("has a name that no one else has: payments-{environment}-audit-{8 hex digits}", async () => {
    const graph = await build("dev");

    expect(graph.one("random:index/randomId:RandomId").inputs).toEqual({ byteLength: 4 });
    expect(graph.one(bucketType).inputs).toMatchObject({
      bucket: name,
      tags: { Name: "payments-dev-audit-dev", Environment: "dev" },
    });
    expect(await valueOf(graph.result.bucketName)).toBe(name);
    expect(await valueOf(graph.result.bucketArn)).toBe(`arn:aws:s3:::${name}`);
  });

  it("is private, owned by the account, versioned and encrypted with the stack's key by way of a bucket key", async () => {
    const graph = await build("dev");
    const bucket = "payments-audit-bucket-id";

    expect(graph.one("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock").inputs).toEqual({
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    expect(graph.one("aws:s3/bucketOwnershipControls:BucketOwnershipControls").inputs).toEqual({
      bucket,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    expect(graph.one("aws:s3/bucketVersioning:BucketVersioning").inputs).toEqual({
      bucket,
      versioningConfiguration: { status: "Enabled" },
    });
    expect(
      graph.one(
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      ).inputs,
    ).toEqual({
      bucket,
      rules: [
        {
          applyServerSideEncryptionByDefault: {
            sseAlgorithm: "aws:kms",
            kmsMasterKeyId: "arn:aws:kms:key",
          },
          bucketKeyEnabled: true,
          blockedEncryptionTypes: ["SSE-C"],
        },
      ],
    });
  });

  it("refuses requests without TLS", async () => {
    const graph = await build("dev");
    const policy = graph.one(policyType);

    expect(JSON.parse(String(policy.inputs["policy"]))).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "TlsOnly",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    });
    expect(graph.dependenciesOf(policy).map(({ type }) => type)).toContain(
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    );
  });

  it("accepts a document once and never another under its key, where it is write-once", async () => {
    const graph = await build("dev", { writeOnce: true });
    const { inputs } = graph.one(policyType);
    const { Statement } = JSON.parse(String(inputs["policy"])) as { Statement: unknown[] };

    expect(Statement).toHaveLength(2);
    expect(Statement[1]).toEqual({
      Sid: "WriteOnce",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:PutObject",
      Resource: `arn:aws:s3:::${name}/*`,
      Condition: {
        Null: { "s3:if-none-match": "true" },
        Bool: { "s3:ObjectCreationOperation": "true" },
      },
    });
  });

  it("leaves its objects where they are, where no colder storage is configured", async () => {
    const graph = await build("dev", {
      retention: {
        ...retentionIn("dev"),
        glacierAfterDays: null,
        noncurrentGlacierAfterDays: null,
      },
    });
    const lifecycle = graph.one("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration");

    expect(lifecycle.inputs["rules"]).toEqual([
      {
        id: "noncurrent-versions",
        status: "Enabled",
        filter: { prefix: "" },
        noncurrentVersionExpiration: { noncurrentDays: 90 },
      },
      {
        id: "incomplete-uploads",
        status: "Enabled",
        filter: { prefix: "" },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
      },
    ]);
  });

  it.each([
    ["dev", 30, 120],
    ["staging", 60, 150],
    ["prod", 90, 180],
  ] as const)(
    "in %s moves documents to GLACIER after %d days and to DEEP_ARCHIVE after %d",
    async (environment, glacier, deepArchive) => {
      const graph = await build(environment);
      const lifecycle = graph.one(
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      );

      expect(lifecycle.inputs["rules"]).toEqual([
        {
          id: "archive",
          status: "Enabled",
          filter: { prefix: "" },
          transitions: [
            { days: glacier, storageClass: "GLACIER" },
            { days: deepArchive, storageClass: "DEEP_ARCHIVE" },
          ],
        },
        {
          id: "noncurrent-versions",
          status: "Enabled",
          filter: { prefix: "" },
          noncurrentVersionTransitions: [{ noncurrentDays: 30, storageClass: "GLACIER" }],
          noncurrentVersionExpiration: { noncurrentDays: 90 },
        },
        {
          id: "incomplete-uploads",
          status: "Enabled",
          filter: { prefix: "" },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        },
      ]);
      expect(graph.dependenciesOf(lifecycle).map(({ type }) => type)).toContain(
        "aws:s3/bucketVersioning:BucketVersioning",
      );
    },
  );

  it("is emptied and deleted with a dev or staging stack, and needs no lock there", async () => {
    for (const environment of ["dev", "staging"] as const) {
      const graph = await build(environment);

      expect(graph.one(bucketType)).toMatchObject({
        protect: false,
        inputs: { forceDestroy: true, objectLockEnabled: false },
      });
      expect(graph.ofType(lockType)).toEqual([]);
    }
  });

  it("is protected in prod, where no version can be deleted for a year", async () => {
    const graph = await build("prod");

    expect(graph.one(bucketType)).toMatchObject({
      protect: true,
      inputs: { forceDestroy: false, objectLockEnabled: true },
    });
    expect(graph.one(lockType).inputs).toEqual({
      bucket: "payments-audit-bucket-id",
      rule: { defaultRetention: { mode: "GOVERNANCE", days: 365 } },
    });
  });

  it("can be locked so that nobody lifts it", async () => {
    const retention: BucketRetention = {
      ...retentionIn("dev"),
      objectLock: { mode: "compliance", days: 30 },
    };

    expect((await build("dev", { retention })).one(lockType).inputs["rule"]).toEqual({
      defaultRetention: { mode: "COMPLIANCE", days: 30 },
    });
  });

  it("refuses everybody to bypass a lock, and to write with a shorter one", async () => {
    const statements = async (environment: EnvironmentType) => {
      const { inputs } = (await build(environment)).one(policyType);
      return (JSON.parse(String(inputs["policy"])) as { Statement: { Sid: string }[] }).Statement;
    };
    const Resource = "arn:aws:s3:::payments-prod-audit-0a1b2c3d/*";
    const everybody = { Effect: "Deny", Principal: "*", Resource };

    expect((await statements("prod")).slice(1)).toEqual([
      { ...everybody, Sid: "NoBypassOfLock", Action: "s3:BypassGovernanceRetention" },
      {
        ...everybody,
        Sid: "NoShorterLock",
        Action: "s3:PutObjectRetention",
        Condition: { NumericLessThan: { "s3:object-lock-remaining-retention-days": "365" } },
      },
    ]);
    expect((await statements("dev")).map(({ Sid }) => Sid)).toEqual(["TlsOnly"]);
  });

  it("outlives its stack with all its settings, is never emptied, and stays so when protection is lifted", async () => {
    const context = { ...testContext("prod"), protect: false };
    const graph = await build("prod", { context });
    const inS3 = graph.resources.filter(({ type }) => type.startsWith("aws:s3/"));

    expect(inS3).toHaveLength(8);
    for (const { type, protect, retainOnDelete } of inS3) {
      expect([type, protect, retainOnDelete]).toEqual([type, false, true]);
    }
    expect(graph.one(bucketType).inputs["forceDestroy"]).toBe(false);
  });

  it("leaves with its stack where it has no lock", async () => {
    const graph = await build("dev");

    expect(graph.resources.filter(({ retainOnDelete }) => retainOnDelete)).toEqual([]);
  });

  it("lets a consumer change the bucket and its lifecycle", async () => {
    const graph = await build("dev", {
      transform: {
        bucket: { tags: { Name: "mine" } },
        lifecycle: (args) => ({ ...args, rules: [] }),
      },
    });

    expect(graph.one(bucketType).inputs).toMatchObject({ bucket: name, tags: { Name: "mine" } });
    expect(
      graph.one("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration").inputs["rules"],
    ).toEqual([]);
  });
});

describe("a bucket in another region", () => {
  it("has all of its settings there, and the region in its name", async () => {
    const graph = await build("dev", {
      context: inRegion(testContext("dev"), "us-west-2"),
      retention: retentionIn("prod"), // with a lock
    });
    const regional = graph.resources.filter(({ type }) => type.startsWith("aws:s3/"));

    expect(regional.map(({ inputs }) => inputs["region"])).toEqual(
      Array.from({ length: 8 }, () => "us-west-2"),
    );
    expect(graph.one(bucketType).inputs["bucket"]).toBe("payments-dev-audit-usw2-0a1b2c3d");
  });
});
