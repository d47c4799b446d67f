import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  S3Client,
} from "@aws-sdk/client-s3";
import { mockClient } from "aws-sdk-client-mock";
import * as z from "zod";
import { redrive } from "../../../bin/operations/redrive";
import type { RedriveOptions, Redriven } from "../../../bin/operations/redrive";

const s3 = mockClient(S3Client);
const lambda = mockClient(LambdaClient);
/** Keys in the order in which they were deleted, and records in the order in which they were submitted. */
const log: string[] = [];
/** Characters of each call. */
const payloads: number[] = [];
const objects = new Map<string, unknown>();
let results: Record<
  string,
  "posted" | "ignored" | "deadLettered" | "fails" | "fails once" | "throttled" | "unreachable"
>;

const target = {
  outputs: {
    accountId: "123456789012",
    environment: "dev",
    region: "eu-central-1",
    apiEndpoint: "https://api.example",
    deadLetterBucketName: "letters",
    ledgerLambdaName: "ledger",
    reconcileLambdaName: "reconcile",
  },
  endpoint: undefined,
  isLocal: false,
  s3: new S3Client({ region: "eu-central-1" }),
  lambda: new LambdaClient({ region: "eu-central-1" }),
};

const record = (id: string) => ({
  eventName: "INSERT",
  dynamodb: { Keys: { transactionId: { S: id } } },
});
const letter = (id: string) => ({ reason: "because", record: record(id) });
const batch = (...ids: string[]) => ({
  requestContext: { condition: "RecordAgeExceeded" },
  payload: JSON.stringify({ Records: ids.map(record) }),
});

beforeEach(() => {
  s3.reset();
  lambda.reset();
  objects.clear();
  log.length = 0;
  payloads.length = 0;
  results = {};
  s3.on(ListObjectsV2Command).callsFake(
    ({ Prefix, ContinuationToken }: { Prefix: string; ContinuationToken?: string }) => {
      const keys = [...objects.keys()].sort().filter((key) => key.startsWith(Prefix));
      const rest = keys.filter((key) => key > (ContinuationToken ?? ""));
      const [key] = rest;
      return {
        Contents: key === undefined ? [] : [{ Key: key }],
        IsTruncated: rest.length > 1,
        ...(rest.length > 1 && { NextContinuationToken: key }),
      };
    },
  );
  s3.on(GetObjectCommand).callsFake(({ Key }: { Key: string }) => ({
    Body: { transformToString: () => Promise.resolve(JSON.stringify(objects.get(Key))) },
  }));
  s3.on(DeleteObjectsCommand).callsFake(
    ({ Delete: { Objects } }: { Delete: { Objects: { Key: string }[] } }) => {
      for (const { Key } of Objects) {
        log.push(`delete ${Key}`);
        objects.delete(Key);
      }
      return {};
    },
  );
  lambda.on(InvokeCommand).callsFake(({ Payload }: { Payload: string }) => {
    const { Records } = payloadSchema.parse(JSON.parse(Payload));
    const ids = Records.map(({ dynamodb }) => dynamodb.Keys.transactionId.S);
    log.push(`hand in ${ids.join(" ")}`);
    payloads.push(Payload.length);
    for (const id of ids) {
      if (results[id] === "unreachable") throw new Error("unreachable");
      if (results[id] === "throttled")
        throw Object.assign(new Error("slow down"), { name: "TooManyRequestsException" });
      if (results[id] === "fails once") results[id] = "posted";
      else if (results[id] !== "fails") continue;
      const failure = { errorType: "Error", errorMessage: "database away" };
      return { FunctionError: "Unhandled", Payload: payloadOf(failure) };
    }
    return {
      Payload: payloadOf({
        outcomes: ids.map((id) => {
          const kind = results[id] ?? "posted";
          return kind === "deadLettered"
            ? { kind, letter: `dead-letters/${id}.json`, reason: "still odd" }
            : { kind };
        }),
      }),
    };
  });
});

const payloadSchema = z.object({
  Records: z.array(
    z.object({
      dynamodb: z.object({ Keys: z.object({ transactionId: z.object({ S: z.string() }) }) }),
    }),
  ),
});

const payloadOf = (body: unknown) => ({ transformToString: () => JSON.stringify(body) });

async function all(options: Partial<RedriveOptions> = {}): Promise<Redriven[]> {
  const rows: Redriven[] = [];
  for await (const row of redrive(target, { dryRun: false, pauses: [0], ...options }))
    rows.push(row);
  return rows;
}

const summaryOf = (rows: readonly Redriven[]) =>
  rows.map(({ paymentId, outcome, reason }) => [paymentId, outcome, reason]);

describe("redrive", () => {
  it("submits the dead letters of every page together, and deletes those that were posted", async () => {
    objects.set("dead-letters/1.json", letter("a"));
    objects.set("dead-letters/2.json", letter("b"));
    const rows = await all();

    expect(summaryOf(rows)).toEqual([
      ["a", "posted", ""],
      ["b", "posted", ""],
    ]);
    expect(log).toEqual([
      "hand in a b",
      "delete dead-letters/1.json",
      "delete dead-letters/2.json",
    ]);
  });

  it("invokes the function once for a hundred dead letters, and deletes them before it continues", async () => {
    for (let i = 100; i < 350; i++)
      objects.set(`dead-letters/p${String(i)}.json`, letter(`p${String(i)}`));
    const rows = await all();

    expect(rows).toHaveLength(250);
    expect(
      log.filter((line) => line.startsWith("hand in")).map((line) => line.split(" ").length - 2),
    ).toEqual([100, 100, 50]);
    expect(log[101]).toBe(
      "hand in " + Array.from({ length: 100 }, (_, i) => `p${String(i + 200)}`).join(" "),
    );
    expect(objects.size).toBe(0);
  });

  it("never submits more than an invocation's payload may have", async () => {
    for (let i = 0; i < 9; i++)
      objects.set(`dead-letters/${String(i)}.json`, {
        reason: "because",
        record: { ...record(`p${String(i)}`), padding: "ü".repeat(500_000) },
      });
    const rows = await all();

    expect(rows).toHaveLength(9);
    expect(payloads).toHaveLength(3);
  });

  it("does not delete what is still poison, and reports its present reason", async () => {
    objects.set("dead-letters/a.json", letter("a"));
    objects.set("dead-letters/b.json", letter("b"));
    results = { a: "deadLettered" };

    expect((await all())[0]).toEqual({
      letter: "dead-letters/a.json",
      paymentId: "a",
      event: "INSERT",
      outcome: "still poison",
      reason: "still odd",
    });
    expect(log).toEqual(["hand in a b", "delete dead-letters/b.json"]);
  });

  it("submits Lambda's batches first to last, and deletes each when every record has an outcome", async () => {
    objects.set("aws/lambda/m/s/2026-01-02", batch("d"));
    objects.set("aws/lambda/m/s/2026-01-01", batch("a", "b", "c"));
    results = { b: "deadLettered", c: "ignored" };

    expect((await all()).map(({ outcome }) => outcome)).toEqual([
      "posted",
      "still poison",
      "ignored",
      "posted",
    ]);
    expect(log).toEqual([
      "hand in a b c d",
      "delete aws/lambda/m/s/2026-01-01",
      "delete aws/lambda/m/s/2026-01-02",
    ]);
  });

  it("deletes a batch that does not fit into one invocation when the last of it is done", async () => {
    const ids = Array.from({ length: 150 }, (_, i) => `p${String(i)}`);
    objects.set("aws/lambda/m/s/1", batch(...ids));
    await all();

    expect(log.map((line) => line.slice(0, 7))).toEqual(["hand in", "hand in", "delete "]);
  });

  it("retries after a pause", async () => {
    objects.set("dead-letters/1.json", letter("a"));
    objects.set("dead-letters/2.json", letter("b"));
    results = { a: "fails once" };

    expect((await all()).map(({ outcome }) => outcome)).toEqual(["posted", "posted"]);
    expect(log.slice(0, 2)).toEqual(["hand in a b", "hand in a b"]);
  });

  it("finds the record with which the function fails, posts the others, and does not delete its dead letter", async () => {
    objects.set("aws/lambda/m/s/1", batch("a", "b"));
    objects.set("aws/lambda/m/s/2", batch("c"));
    results = { a: "fails" };

    expect(summaryOf(await all())).toEqual([
      ["a", "failed", "ledger failed: Error: database away"],
      ["b", "posted", ""],
      ["c", "posted", ""],
    ]);
    expect(log).toEqual([
      "hand in a b c",
      "hand in a b c",
      "hand in a",
      "hand in b",
      "hand in c",
      "delete aws/lambda/m/s/2",
    ]);
  });

  it("counts a throttled function among those that fail", async () => {
    objects.set("dead-letters/1.json", letter("a"));
    results = { a: "throttled" };

    expect(summaryOf(await all())).toEqual([["a", "failed", "slow down"]]);
    expect(log).toEqual(["hand in a", "hand in a"]);
  });

  it("counts a response without an outcome for each record as a failure", async () => {
    objects.set("aws/lambda/m/s/1", batch("a", "b"));
    lambda.on(InvokeCommand).callsFake(() => ({ Payload: payloadOf({ outcomes: [] }) }));

    expect((await all()).map(({ outcome }) => outcome)).toEqual(["failed", "failed"]);
    expect(objects.size).toBe(1);
  });

  it("loses nothing when it is interrupted, and continues from there", async () => {
    for (let i = 100; i < 300; i++)
      objects.set(`dead-letters/p${String(i)}.json`, letter(`p${String(i)}`));
    results = { p250: "unreachable" };

    await expect(all()).rejects.toThrow("unreachable");
    expect(objects.size).toBe(100);
    results = {};
    expect(await all()).toHaveLength(100);
    expect(objects.size).toBe(0);
  });

  it("stops after three consecutive records that failed alone", async () => {
    const ids = ["a", "b", "c", "d", "e"];
    for (const id of ids) objects.set(`dead-letters/${id}`, letter(id));
    results = { b: "fails", c: "fails", d: "fails" };

    expect((await all()).map(({ outcome }) => outcome)).toEqual([
      "posted",
      "failed",
      "failed",
      "failed",
    ]);
    expect([...objects.keys()]).toEqual(["b", "c", "d", "e"].map((id) => `dead-letters/${id}`));
  });

  it("does not begin another batch when it has stopped", async () => {
    for (let i = 100; i < 300; i++) {
      objects.set(`dead-letters/p${String(i)}.json`, letter(`p${String(i)}`));
      results[`p${String(i)}`] = "fails";
    }

    expect(await all()).toHaveLength(3);
    expect(log).toHaveLength(5);
  });

  it("reports which dead letter cannot be deleted", async () => {
    objects.set("dead-letters/1.json", letter("a"));
    s3.on(DeleteObjectsCommand).resolves({
      Errors: [{ Key: "dead-letters/1.json", Code: "AccessDenied", Message: "Access Denied" }],
    });

    await expect(all()).rejects.toThrow("dead-letters/1.json cannot be deleted: Access Denied");
  });

  it("does not delete what is no dead letter", async () => {
    objects.set("dead-letters/1.json", { hello: "world" });
    objects.set("aws/lambda/1", { requestContext: { condition: "x" }, payload: "{" });

    expect((await all()).map(({ outcome }) => outcome)).toEqual(["unreadable", "unreadable"]);
    expect(log).toEqual([]);
  });

  it("skips a dead letter that is deleted while it is read", async () => {
    objects.set("dead-letters/1.json", letter("a"));
    s3.on(GetObjectCommand).rejects(Object.assign(new Error("gone"), { name: "NoSuchKey" }));

    expect(await all()).toEqual([]);
  });

  it("only lists in a dry run", async () => {
    objects.set("dead-letters/1.json", letter("a"));
    objects.set("aws/lambda/1", batch("b", "c"));

    expect(summaryOf(await all({ dryRun: true }))).toEqual([
      ["a", "waiting", "because"],
      ["b", "waiting", "RecordAgeExceeded"],
      ["c", "waiting", "RecordAgeExceeded"],
    ]);
    expect(log).toEqual([]);
  });
});
