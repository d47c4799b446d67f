import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { S3Client } from "@aws-sdk/client-s3";
import type { Client } from "pg";
import { processRecords } from "../../../lib/lambda/payments/ledger/process-records";
import type { Measurement } from "../measurement";
import { withLedger } from "./database";

/** Latencies of S3, in milliseconds. */
const latencies = [20, 50, 100];
/** Changes in a batch of the stream. */
const batchSize = 100;
/** Changes that are processed one by one, as each was before batches. */
const alone = 60;

/**
 * How long the ledger takes for a change, in batches and one at a time, by the latency of S3: its own
 * code over a PostgreSQL of this machine and a client whose calls end in a pause.
 */
export async function measureLedger(batches = 10): Promise<Measurement[]> {
  return withLedger(async (database) => {
    await database.query("SET ROLE ledger_writer");
    process.env["AUDIT_BUCKET"] = "audit";
    const measured: Measurement[] = [];
    // the first statements and calls are slower
    await timePerChange(database, 0, { count: 30 * batchSize, atOnce: batchSize, perDocument: 1 });
    for (const latency of latencies) {
      const one = await timePerChange(database, latency, {
        count: alone,
        atOnce: 1,
        perDocument: 1,
      });
      for (const perDocument of [1, batchSize]) {
        const value = await timePerChange(database, latency, {
          count: batches * batchSize,
          atOnce: batchSize,
          perDocument,
        });
        const objects = perDocument === 1 ? "an object each" : "one object";
        measured.push({
          what: `ledger: a change of ${String(batchSize)}, ${objects}, S3 at ${String(latency)} ms`,
          value,
          unit: "ms",
          against: { what: "one at a time", value: one, isStable: false },
          // where S3 is faster, what is left is the SDK's own work for each object
          ...(latency >= 50 && { ratioGoal: 0.1 }),
        });
      }
    }
    return measured;
  });
}

interface Work {
  readonly count: number;
  readonly atOnce: number;
  readonly perDocument: number;
}

/** Milliseconds a change. */
async function timePerChange(database: Client, latency: number, work: Work): Promise<number> {
  const { count, atOnce, perDocument } = work;
  const records = recordsOf(count);
  const options = {
    s3: slowS3(latency),
    withDatabase: <T>(use: (client: Client) => Promise<T>) => use(database),
    changesPerDocument: perDocument,
    logger: console,
  };
  const start = performance.now();
  for (let at = 0; at < count; at += atOnce) {
    const outcomes = await processRecords(records.slice(at, at + atOnce), options);
    if (outcomes.some(({ kind }) => kind !== "posted")) throw new Error("a change was not posted");
  }
  return (performance.now() - start) / count;
}

/** A client that does all that the SDK does for a call but send it. */
function slowS3(latency: number): S3Client {
  const client = new S3Client({
    region: "eu-central-1",
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" },
  });
  client.middlewareStack.add(
    () => async () => {
      await sleep(latency);
      return { response: undefined, output: { $metadata: {} } };
    },
    { step: "finalizeRequest", priority: "low" },
  );
  return client;
}

/** Payments that are created and authorized: two changes each, one after the other. */
function recordsOf(count: number): readonly unknown[] {
  return Array.from({ length: Math.ceil(count / 2) }, () => {
    const id = `pay_${randomUUID().replaceAll("-", "")}`;
    const image = (status: string, version: number) => ({
      transactionId: { S: id },
      timestamp: { N: "1767225600000" },
      userId: { S: `user-${id.slice(-3)}` },
      amount: { N: "1250" },
      currency: { S: "EUR" },
      status: { S: status },
      version: { N: String(version) },
      description: { S: "Two coffees" },
    });
    const record = (before: object | undefined, after: object) => ({
      eventID: randomUUID(),
      eventName: before === undefined ? "INSERT" : "MODIFY",
      dynamodb: {
        ApproximateCreationDateTime: 1_767_225_601,
        Keys: { transactionId: { S: id } },
        NewImage: after,
        ...(before && { OldImage: before }),
      },
    });
    const [pending, authorized] = [image("PENDING", 1), image("AUTHORIZED", 2)];
    return [record(undefined, pending), record(pending, authorized)];
  }).flat();
}
