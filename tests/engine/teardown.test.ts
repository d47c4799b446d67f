import { DescribeKeyCommand } from "@aws-sdk/client-kms";
import { DescribeDBSnapshotsCommand } from "@aws-sdk/client-rds";
import {
  DeleteObjectCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { codeOf, read } from "../documents/pages";
import { commandsOf } from "../documents/shell";
import type { Words } from "../documents/shell";
import { startEmptyCloud } from "./cloud";
import type { EmptyCloud } from "./cloud";
import { inventory, isOfDeletedTable } from "./inventory";
import { EngineStack } from "./stack";

const page = "docs/operations.md";
const document = { Key: "payments/2026/01/31/pay_1.json", Body: '{"version":1}' };

/** The commands of the section that takes prod down. */
function documentedSteps(): Words[] {
  const heading = read(page).split("\n").indexOf("### Take prod down") + 1;
  const block = codeOf(page).find(({ line, language }) => language === "sh" && line > heading);
  return commandsOf(block?.text ?? "");
}

let local: EmptyCloud;
let stack: EngineStack;
let atFirst: string[];
let names: Record<
  "auditBucketName" | "dataKeyId" | "dataKeyArn" | "kmsKeyId" | "kmsKeyArn",
  string
>;
let VersionId: string | undefined;
let bucketBefore: unknown[];

/** Does a step of the documentation; those that only look, or need AWS's own users, change nothing. */
async function take([tool, ...rest]: Words): Promise<void> {
  if (tool === "npm") return;
  const [verb = "", ...args] = rest.filter(
    (word, index) => word !== "--stack" && rest[index - 1] !== "--stack",
  );
  if (tool === "pulumi" && verb === "up") await stack.up();
  else if (tool === "pulumi" && verb === "destroy") await stack.destroy();
  else if (tool === "pulumi" && verb === "config" && args[0] === "set" && args[1] === "--path")
    await stack.set(String(args[2]).replace("payments:", ""), String(args[3]));
  else throw new Error(`no step of a teardown: ${[tool, ...rest].join(" ")}`);
}

/** Everything that is set of the audit bucket. */
function bucketSettings(): Promise<unknown[]> {
  const { s3 } = local.cloud.clients;
  const Bucket = { Bucket: names.auditBucketName };
  return Promise.all([
    s3
      .send(new GetBucketEncryptionCommand(Bucket))
      .then((one) => one.ServerSideEncryptionConfiguration),
    s3.send(new GetBucketLifecycleConfigurationCommand(Bucket)).then((one) => one.Rules),
    s3.send(new GetBucketOwnershipControlsCommand(Bucket)).then((one) => one.OwnershipControls),
    s3.send(new GetBucketPolicyCommand(Bucket)).then((one) => one.Policy),
    s3.send(new GetBucketVersioningCommand(Bucket)).then((one) => one.Status),
    s3
      .send(new GetObjectLockConfigurationCommand(Bucket))
      .then((one) => one.ObjectLockConfiguration),
    s3
      .send(new GetPublicAccessBlockCommand(Bucket))
      .then((one) => one.PublicAccessBlockConfiguration),
  ]);
}

beforeAll(async () => {
  local = await startEmptyCloud();
  atFirst = await inventory(local.cloud.clients);
  stack = await EngineStack.create({ name: "prod", with: ["all"], cloud: local.cloud });
  await stack.up();
  const outputs = await stack.outputs();
  const text = (name: string) => String(outputs[name]?.value);
  names = {
    auditBucketName: text("auditBucketName"),
    dataKeyId: text("dataKeyId"),
    dataKeyArn: text("dataKeyArn"),
    kmsKeyId: text("kmsKeyId"),
    kmsKeyArn: text("kmsKeyArn"),
  };
  const written = await local.cloud.clients.s3.send(
    new PutObjectCommand({ Bucket: names.auditBucketName, ...document, IfNoneMatch: "*" }),
  );
  VersionId = written.VersionId;
  bucketBefore = await bucketSettings();
});

afterAll(async () => {
  stack.remove();
  await local.stop();
});

describe("prod, taken down as docs/operations.md says", () => {
  it("is destroyed by the documented commands", async () => {
    const steps = documentedSteps();
    expect(steps.filter(([tool]) => tool === "pulumi")).toHaveLength(3);

    for (const step of steps) await take(step);

    expect(stack.resources()).toEqual([]);
  });

  it("leaves what the page lists, and nothing else", async () => {
    const left = (await inventory(local.cloud.clients)).filter((one) => !atFirst.includes(one));

    expect(left.filter(isOfDeletedTable).length).toBeGreaterThan(1);
    expect(left.filter((one) => !isOfDeletedTable(one))).toEqual([
      `bucket ${names.auditBucketName}`,
      ...[names.dataKeyId, names.kmsKeyId].sort().map((id) => `key ${id}`),
      expect.stringMatching(/^role prod-payment-api-logs-\d{26}$/),
      expect.stringMatching(/^snapshot payments-prod-database-prod-final-[0-9a-f]{8}$/),
    ]);
  });

  it("leaves the keys enabled, and the snapshot under the database's", async () => {
    const { kms, rds } = local.cloud.clients;
    const { DBSnapshots } = await rds.send(new DescribeDBSnapshotsCommand({}));

    expect(DBSnapshots?.map((one) => [one.Encrypted, one.KmsKeyId])).toEqual([
      [true, names.kmsKeyArn],
    ]);
    for (const KeyId of [names.dataKeyId, names.kmsKeyId]) {
      const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }));
      expect(KeyMetadata).toMatchObject({ KeyState: "Enabled", Enabled: true });
    }
  });

  it("leaves the audit documents readable and locked, in a bucket with all its settings", async () => {
    const { s3 } = local.cloud.clients;
    const Bucket = names.auditBucketName;
    const found = await s3.send(new GetObjectCommand({ Bucket, Key: document.Key }));

    expect(await found.Body?.transformToString()).toBe(document.Body);
    expect(found.SSEKMSKeyId).toBe(names.dataKeyArn);
    await expect(
      s3.send(new DeleteObjectCommand({ Bucket, Key: document.Key, VersionId })),
    ).rejects.toThrow(/Access Denied|locked/i);
    expect(await bucketSettings()).toEqual(bucketBefore);
    expect(JSON.stringify(bucketBefore)).toContain("NoBypassOfLock");
  });

  it("leaves its name free for another stack, beside what is left", async () => {
    const left = await inventory(local.cloud.clients);

    await stack.up();

    expect(await inventory(local.cloud.clients)).toEqual(expect.arrayContaining(left));
  });
});
