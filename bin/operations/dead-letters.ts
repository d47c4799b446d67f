import {
  DeleteObjectsCommand,
  GetObjectCommand,
  type S3Client,
  paginateListObjectsV2,
} from "@aws-sdk/client-s3";
import * as z from "zod";
import { CommandError } from "./command";
import { json } from "./invoke";

/** An object of the dead-letter bucket. */
export interface DeadLetter {
  readonly key: string;
  /** What wrote it: the ledger function, of one record, or Lambda itself, of a batch that was never processed. */
  readonly writer: "ledger" | "lambda";
  /** Why it was dead-lettered. */
  readonly reason: string;
  /** The stream's records, unchanged; none if the object is no dead letter. */
  readonly records: readonly unknown[];
}

/**
 * Where the dead letters are, and how many are read at the same time: one of the function's has a record
 * of at most 1 MB, one of Lambda's a batch of up to 6 MB.
 *
 * The function's own come first: submitting a batch may add to them, and what is added has just been
 * tried. Lambda's are named by shard and time: they come in the order in which they were written.
 */
const sources = {
  ledger: { prefix: "dead-letters/", atOnce: 25 },
  lambda: { prefix: "aws/lambda/", atOnce: 2 },
} as const;

const ledgerDeadLetter = z.object({ reason: z.string(), record: z.looseObject({}) });

/** Lambda's invocation record; only in S3 it has the payload, as JSON text. */
const batch = z.object({
  requestContext: z.object({ condition: z.string() }),
  payload: z.preprocess(
    (payload) => (typeof payload === "string" ? json(payload) : payload),
    z.object({ Records: z.array(z.looseObject({})).min(1) }),
  ),
});

/** The dead letters of a bucket, in the order of their keys, read a few at a time while they are listed page by page. */
export async function* deadLetters(s3: S3Client, bucket: string): AsyncGenerator<DeadLetter> {
  for (const writer of ["ledger", "lambda"] as const) {
    const { prefix, atOnce } = sources[writer];
    const pages = paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: prefix });
    for await (const { Contents = [] } of pages)
      for (let at = 0; at < Contents.length; at += atOnce) {
        const some = Contents.slice(at, at + atOnce);
        const letters = some.map(({ Key = "" }) => readDeadLetter(s3, bucket, Key, writer));
        yield* (await Promise.all(letters)).filter((letter) => letter !== undefined);
      }
  }
}

/** A dead letter; undefined if it has been deleted meanwhile. */
async function readDeadLetter(
  s3: S3Client,
  bucket: string,
  key: string,
  writer: DeadLetter["writer"],
): Promise<DeadLetter | undefined> {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return { key, writer, ...contentOf(writer, json((await Body?.transformToString()) ?? "")) };
  } catch (error) {
    if (error instanceof Error && error.name === "NoSuchKey") return undefined;
    throw error;
  }
}

function contentOf(writer: DeadLetter["writer"], content: unknown) {
  if (writer === "ledger") {
    const { data } = ledgerDeadLetter.safeParse(content);
    if (data !== undefined) return { reason: data.reason, records: [data.record] };
  } else {
    const { data } = batch.safeParse(content);
    if (data !== undefined)
      return { reason: data.requestContext.condition, records: data.payload.Records };
  }
  return { reason: "not a dead letter", records: [] };
}

/**
 * Deletes dead letters; the bucket retains them as noncurrent versions for some time.
 *
 * @throws {@link CommandError} if one cannot be deleted.
 */
export async function deleteDeadLetters(
  s3: S3Client,
  bucket: string,
  keys: readonly string[],
): Promise<void> {
  if (keys.length === 0) return;
  const { Errors: [failed] = [] } = await s3.send(
    new DeleteObjectsCommand({
      Bucket: bucket,
      Delete: { Objects: keys.map((Key) => ({ Key })), Quiet: true },
    }),
  );
  if (failed !== undefined)
    throw new CommandError(
      `${failed.Key ?? "a dead letter"} cannot be deleted: ${failed.Message ?? failed.Code ?? ""}`,
    );
}

const keyed = z.object({
  eventName: z.string().catch(""),
  dynamodb: z.object({ Keys: z.object({ transactionId: z.object({ S: z.string() }) }) }),
});

/** The payment of a record and the event of its item; empty where the record does not have them. */
export function summaryOf(record: unknown): { readonly paymentId: string; readonly event: string } {
  const { data } = keyed.safeParse(record);
  return {
    paymentId: data?.dynamodb.Keys.transactionId.S ?? "",
    event: data?.eventName ?? "",
  };
}
