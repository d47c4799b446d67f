import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  S3Client,
} from "@aws-sdk/client-s3";
import { mockClient } from "aws-sdk-client-mock";
import { redrive } from "../../../bin/operations/redrive";
import type { Redriven } from "../../../bin/operations/redrive";

const s3 = mockClient(S3Client);
const lambda = mockClient(LambdaClient);
/** Keys in the order in which they were deleted, and records in the order in which they were handed in. */
const log: string[] = [];
const objects = new Map<string, unknown>();
let answers: Record<string, "posted" | "ignored" | "deadLettered" | "fails" | "unreachable">;

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
  answers = {};
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
  s3.on(DeleteObjectCommand).callsFake(({ Key }: { Key: string }) => {
    log.push(`delete ${Key}`);
    objects.delete(Key);
  });
  lambda.on(InvokeCommand).callsFake(({ Payload }: { Payload: string }) => {
    const [, id = ""] = /"S":"(\w+)"/.exec(Payload) ?? [];
    log.push(`hand in ${id}`);
    const answer = answers[id] ?? "posted";
    if (answer === "unreachable") throw new Error("unreachable");
    const failed = answer === "fails";
    const body = failed
      ? { errorType: "Error", errorMessage: "database away" }
      : { posted: 0, ignored: 0, deadLettered: 0, [answer]: 1 };
    return {
      ...(failed && { FunctionError: "Unhandled" }),
      Payload: { transformToString: () => JSON.stringify(body) },
    };
  });
});

async function all(dryRun = false): Promise<Redriven[]> {
  const rows: Redriven[] = [];
  for await (const row of redrive(target, { dryRun })) rows.push(row);
  return rows;
}

describe("redrive", () => {
  it("hands in the letters of every page, and deletes each after it was posted", async () => {
    objects.set("dead-letters/1.json", letter("a"));
    objects.set("dead-letters/2.json", letter("b"));
    const rows = await all();

    expect(rows.map(({ paymentId, outcome }) => [paymentId, outcome])).toEqual([
      ["a", "posted"],
      ["b", "posted"],
    ]);
    expect(log).toEqual([
      "hand in a",
      "delete dead-letters/1.json",
      "hand in b",
      "delete dead-letters/2.json",
    ]);
  });

  it("keeps what is still poison, with the reason that it has now", async () => {
    objects.set("dead-letters/1.json", letter("a"));
    answers = { a: "deadLettered" };

    expect(await all()).toEqual([
      {
        letter: "dead-letters/1.json",
        paymentId: "a",
        event: "INSERT",
        outcome: "still poison",
        reason: "because",
      },
    ]);
    expect(log).toEqual(["hand in a"]);
  });

  it("deletes a batch of Lambda's when every record was answered for", async () => {
    objects.set("aws/lambda/m/s/1", batch("a", "b", "c"));
    answers = { b: "deadLettered", c: "ignored" };

    expect((await all()).map(({ outcome }) => outcome)).toEqual([
      "posted",
      "still poison",
      "ignored",
    ]);
    expect(log).toEqual(["hand in a", "hand in b", "hand in c", "delete aws/lambda/m/s/1"]);
  });

  it("keeps a batch of which one record failed", async () => {
    objects.set("aws/lambda/m/s/1", batch("a", "b"));
    answers = { a: "fails" };

    expect((await all()).map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ["failed", "ledger failed: Error: database away"],
      ["posted", ""],
    ]);
    expect(log).toEqual(["hand in a", "hand in b"]);
  });

  it("loses nothing when it is cut off in the middle of a batch", async () => {
    objects.set("aws/lambda/m/s/1", batch("a", "b"));
    answers = { b: "unreachable" };

    await expect(all()).rejects.toThrow("unreachable");
    expect(log).toEqual(["hand in a", "hand in b"]);
    expect([...objects.keys()]).toEqual(["aws/lambda/m/s/1"]);
  });

  it("gives up after three letters in a row that failed", async () => {
    for (const id of ["a", "b", "c", "d", "e"]) objects.set(`dead-letters/${id}`, letter(id));
    answers = { a: "posted", b: "fails", c: "fails", d: "fails" };

    expect((await all()).map(({ outcome }) => outcome)).toEqual([
      "posted",
      "failed",
      "failed",
      "failed",
    ]);
    expect(objects.has("dead-letters/e")).toBe(true);
  });

  it("keeps what is no dead letter", async () => {
    objects.set("dead-letters/1.json", { hello: "world" });
    objects.set("aws/lambda/1", { requestContext: { condition: "x" }, payload: "{" });

    expect((await all()).map(({ outcome }) => outcome)).toEqual(["unreadable", "unreadable"]);
    expect(log).toEqual([]);
  });

  it("only lists in a dry run", async () => {
    objects.set("dead-letters/1.json", letter("a"));
    objects.set("aws/lambda/1", batch("b", "c"));

    expect(
      (await all(true)).map(({ paymentId, outcome, reason }) => [paymentId, outcome, reason]),
    ).toEqual([
      ["a", "waiting", "because"],
      ["b", "waiting", "RecordAgeExceeded"],
      ["c", "waiting", "RecordAgeExceeded"],
    ]);
    expect(log).toEqual([]);
  });
});
