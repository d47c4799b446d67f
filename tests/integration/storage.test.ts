import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import { DescribeKeyCommand, GetKeyRotationStatusCommand } from "@aws-sdk/client-kms";
import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
} from "@aws-sdk/client-s3";
import { aws, text } from "./deployed";

describe("the transactions table", () => {
  it("has the payments' keys and indexes, on demand, with every change on its stream", async () => {
    const { Table } = await aws.dynamoDb.send(
      new DescribeTableCommand({ TableName: text("dynamoTableName") }),
    );

    expect(Table?.TableArn).toBe(text("dynamoTableArn"));
    expect(Table?.LatestStreamArn).toBe(text("dynamoStreamArn"));
    expect(Table?.BillingModeSummary?.BillingMode).toBe("PAY_PER_REQUEST");
    expect(Table?.StreamSpecification).toMatchObject({
      StreamEnabled: true,
      StreamViewType: "NEW_AND_OLD_IMAGES",
    });
    expect(Table?.KeySchema).toEqual([
      { AttributeName: "transactionId", KeyType: "HASH" },
      { AttributeName: "timestamp", KeyType: "RANGE" },
    ]);
    expect(
      Object.fromEntries(
        (Table?.GlobalSecondaryIndexes ?? []).map((i) => [i.IndexName, i.KeySchema]),
      ),
    ).toEqual({
      UserIdIndex: [
        { AttributeName: "userId", KeyType: "HASH" },
        { AttributeName: "timestamp", KeyType: "RANGE" },
      ],
      StatusIndex: [
        { AttributeName: "status", KeyType: "HASH" },
        { AttributeName: "timestamp", KeyType: "RANGE" },
      ],
    });
  });

  it("is encrypted with the stack's key, recoverable to any point, and forgets what has expired", async () => {
    const TableName = text("dynamoTableName");
    const [{ Table }, { ContinuousBackupsDescription }, { TimeToLiveDescription }] =
      await Promise.all([
        aws.dynamoDb.send(new DescribeTableCommand({ TableName })),
        aws.dynamoDb.send(new DescribeContinuousBackupsCommand({ TableName })),
        aws.dynamoDb.send(new DescribeTimeToLiveCommand({ TableName })),
      ]);

    expect(Table?.SSEDescription).toMatchObject({
      SSEType: "KMS",
      KMSMasterKeyArn: text("dataKeyArn"),
    });
    expect(
      ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus,
    ).toBe("ENABLED");
    expect(TimeToLiveDescription).toMatchObject({
      AttributeName: "expirationTime",
      TimeToLiveStatus: "ENABLED",
    });
  });
});

describe.each([
  ["auditBucketName", "audit"],
  ["deadLetterBucketName", "dead-letters"],
] as const)("the bucket %s", (output, purpose) => {
  const Bucket = text(output);

  it("has the name that it should", () => {
    expect(Bucket).toMatch(new RegExp(`^payments-${text("environment")}-${purpose}-[0-9a-f]{8}$`));
  });

  it("is private, versioned and encrypted with the stack's key", async () => {
    const [access, versioning, encryption] = await Promise.all([
      aws.s3.send(new GetPublicAccessBlockCommand({ Bucket })),
      aws.s3.send(new GetBucketVersioningCommand({ Bucket })),
      aws.s3.send(new GetBucketEncryptionCommand({ Bucket })),
    ]);

    expect(access.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    });
    expect(versioning.Status).toBe("Enabled");
    expect(encryption.ServerSideEncryptionConfiguration?.Rules).toEqual([
      expect.objectContaining({
        ApplyServerSideEncryptionByDefault: {
          SSEAlgorithm: "aws:kms",
          KMSMasterKeyID: text("dataKeyArn"),
        },
        BucketKeyEnabled: true,
      }),
    ]);
  });

  it("refuses requests without TLS", async () => {
    const { Policy = "{}" } = await aws.s3.send(new GetBucketPolicyCommand({ Bucket }));
    const { Statement } = JSON.parse(Policy) as { Statement: { Sid: string }[] };

    expect(Statement.map(({ Sid }) => Sid)).toContain("TlsOnly");
  });

  it("deletes noncurrent versions after they moved to colder storage, and incomplete uploads", async () => {
    const { Rules = [] } = await aws.s3.send(
      new GetBucketLifecycleConfigurationCommand({ Bucket }),
    );
    const rule = (id: string) => Rules.find(({ ID }) => ID === id);
    const expiry = rule("noncurrent-versions")?.NoncurrentVersionExpiration?.NoncurrentDays ?? 0;
    const move =
      rule("noncurrent-versions")?.NoncurrentVersionTransitions?.[0]?.NoncurrentDays ?? 0;

    expect(expiry).toBeGreaterThan(move);
    expect(rule("incomplete-uploads")?.AbortIncompleteMultipartUpload).toBeDefined();
  });
});

describe("the audit bucket", () => {
  it("accepts no document without the condition that none exists yet", async () => {
    const { Policy = "{}" } = await aws.s3.send(
      new GetBucketPolicyCommand({ Bucket: text("auditBucketName") }),
    );
    const { Statement } = JSON.parse(Policy) as { Statement: { Sid: string }[] };

    expect(Statement.map(({ Sid }) => Sid)).toContain("WriteOnce");
  });

  it("moves documents to GLACIER, and 90 days later to DEEP_ARCHIVE", async () => {
    const { Rules = [] } = await aws.s3.send(
      new GetBucketLifecycleConfigurationCommand({ Bucket: text("auditBucketName") }),
    );
    const [glacier, deepArchive] = Rules.find(({ ID }) => ID === "archive")?.Transitions ?? [];

    expect(glacier?.StorageClass).toBe("GLACIER");
    expect(deepArchive).toEqual({
      StorageClass: "DEEP_ARCHIVE",
      Days: (glacier?.Days ?? 0) + 90,
    });
  });
});

describe.each(["kmsKeyId", "dataKeyId"])("the key %s", (output) => {
  it("is enabled and rotates", async () => {
    const KeyId = text(output);
    const [{ KeyMetadata }, rotation] = await Promise.all([
      aws.kms.send(new DescribeKeyCommand({ KeyId })),
      aws.kms.send(new GetKeyRotationStatusCommand({ KeyId })),
    ]);

    expect(KeyId).toMatch(/^[0-9a-f-]{36}$/);
    expect(KeyMetadata?.KeyState).toBe("Enabled");
    expect(rotation.KeyRotationEnabled).toBe(true);
  });
});
