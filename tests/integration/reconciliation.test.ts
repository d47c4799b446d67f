import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import * as z from "zod";
import { aws, describeWithPayments, eventually, isLocal, newKey, post, text } from "./deployed";
import {
  alarmState,
  asMaster,
  auditKeys,
  command,
  deleteDeadLetters,
  deleteItem,
  itemOf,
  putItem,
  resetAlarm,
  waitForDeadLetters,
} from "./operations";

jest.setTimeout(180_000);

/** On AWS a metric takes minutes to reach its alarm. */
const locally = isLocal ? it : it.skip;

const reportSchema = z.object({
  checked: z.int(),
  pending: z.int(),
  differenceCount: z.int(),
  differences: z.array(z.object({ paymentId: z.string(), kind: z.string() })),
  complete: z.boolean(),
  sweep: z.object({ lagSeconds: z.int() }),
});

/** A reconciliation; others may have differences, too. */
async function reconcile(...more: readonly string[]) {
  const { code, stdout } = await command("reconcile", ["--json", "--grace", "2", ...more]);
  const report = reportSchema.parse(JSON.parse(stdout));
  expect(code).toBe(report.differenceCount === 0 ? 0 : 1);
  return {
    ...report,
    of: (id: string) =>
      report.differences.filter(({ paymentId }) => paymentId === id).map(({ kind }) => kind),
  };
}

/** A payment that is authorized, in table and ledger. */
async function authorized(): Promise<string> {
  const { body } = await post("/payment", { userId: newKey(), amount: 900, currency: "USD" });
  const id = String(body["transactionId"]);
  await post(`/payment/${id}/authorize`, { outcome: "APPROVED" });
  await eventually(
    () => auditKeys(id, new Date()),
    (keys) => keys.length === 2,
    60_000,
  );
  return id;
}

const Bucket = text("auditBucketName");

/** Deletes a payment's latest audit document and returns how to restore it. */
async function removeDocument(id: string): Promise<() => Promise<unknown>> {
  const Key = (await auditKeys(id, new Date())).sort().at(-1) ?? "";
  const { Body } = await aws.s3.send(new GetObjectCommand({ Bucket, Key }));
  const document = (await Body?.transformToString()) ?? "";
  await aws.s3.send(new DeleteObjectCommand({ Bucket, Key }));
  return () => aws.s3.send(new PutObjectCommand({ Bucket, Key, Body: document }));
}

describeWithPayments("the reconciliation", () => {
  it("compares what changed, and finds nothing wrong with what the service made", async () => {
    const id = await authorized();
    const report = await reconcile();

    expect(report.checked).toBeGreaterThan(0);
    expect(report.sweep.lagSeconds).toBe(0);
    expect(report.of(id)).toEqual([]);
  });

  it("reports an amount that was changed directly, until it is resolved", async () => {
    const id = await authorized();
    const item = await itemOf(id);
    await putItem({ ...item, amount: { N: "901" } });
    await waitForDeadLetters(id, 1); // what the ledger dead-letters is checked by the next run
    const wrong = await reconcile();
    const still = await reconcile();
    await putItem(item);
    await deleteDeadLetters(id, 2);
    const right = await reconcile();

    expect(wrong.of(id)).toEqual(["amounts-differ"]);
    expect(still.of(id)).toEqual(["amounts-differ"]);
    expect(right.of(id)).toEqual([]);
  });

  it("reports a payment that is missing from the table, in a printed table", async () => {
    const id = await authorized();
    const item = await itemOf(id);
    await deleteItem(item);
    const { code, stdout } = await command("reconcile", ["--grace", "1"]);
    await putItem(item);
    // its coming back looks like a payment that begins as authorized
    await deleteDeadLetters(id, 2);

    expect(code).toBe(1);
    expect(stdout).toMatch(/\d+ payments checked, \d+ still changing, [1-9]\d* differences\./);
    expect(stdout).toMatch(/Sweep since .* payments of the table, .* audit documents; on time\./);
    expect(stdout).toMatch(new RegExp(`${id} .* missing-in-table`));
    expect((await reconcile()).of(id)).toEqual([]);
  });

  it("reports a payment whose versions are not those of the ledger, in a sweep of everything", async () => {
    const id = await authorized();
    const item = await itemOf(id);
    await putItem({ ...item, version: { N: "7" } });
    const wrong = await reconcile("--everything");
    await putItem(item);
    await deleteDeadLetters(id, 2);

    expect(wrong.complete).toBe(true);
    expect(wrong.of(id)).toEqual(["version-differs"]);
    expect((await reconcile("--everything")).of(id)).toEqual([]);
  });

  it("reports a change whose audit document is missing, until it is restored", async () => {
    const id = await authorized();
    const bringBack = await removeDocument(id);
    const wrong = await reconcile();
    const { stdout } = await command("reconcile", ["--everything", "--grace", "0"]);
    await bringBack();

    expect(wrong.of(id)).toEqual(["undocumented"]);
    expect(stdout).toMatch(new RegExp(`${id} .* undocumented \\(version 2\\)`));
    expect((await reconcile()).of(id)).toEqual([]);
  });

  locally("raises the alarm", async () => {
    const id = await authorized();
    const item = await itemOf(id);
    await resetAlarm("reconciliation-differences");
    await putItem({ ...item, amount: { N: "1" } });
    await reconcile("--everything");
    const state = await alarmState("reconciliation-differences");
    await putItem(item);
    await deleteDeadLetters(id, 2);

    expect(state).toBe("ALARM");
  });

  locally("begins anew where its checkpoint is malformed", async () => {
    const id = await authorized();
    await asMaster(`UPDATE reconciliation.checkpoints SET state = '{"sweep": "half way"}'`);
    const report = await reconcile();

    expect(report.complete).toBe(true);
    expect(report.of(id)).toEqual([]);
  });

  locally(
    "leaves the work to a run that is in progress, and continues when it has ended",
    async () => {
      const lock = `'reconciliation of ${text("dynamoTableName")}'`;
      const underWay = asMaster(
        `SELECT pg_advisory_lock(hashtextextended(${lock}, 0)), pg_sleep(6)`,
      );
      const { code, stderr } = await command("reconcile", ["--grace", "0"]);
      await underWay;

      expect(code).toBe(2);
      expect(stderr).toContain("Another reconciliation is in progress");
      expect((await reconcile()).complete).toBe(true);
    },
  );
});
