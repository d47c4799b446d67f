import {
  DeleteObjectCommand,
  GetObjectCommand,
  type S3Client,
  paginateListObjectsV2,
} from "@aws-sdk/client-s3";
import * as z from "zod";
import { json } from "./invoke";

/** An object of the dead-letter bucket. */
export interface DeadLetter {
  readonly key: string;
  /** Who wrote it: the ledger function, of one record, or Lambda itself, of a batch that was never taken. */
  readonly writer: "ledger" | "lambda";
  /** Why it was set aside. */
  readonly reason: string;
  /** The stream's records, untouched; none if the object is no dead letter. */
  readonly records: readonly unknown[];
}

/**
 * Where the letters are. The function's own come first: handing in a batch may add to them, and what
 * is added has just been tried.
 */
const prefixes = { ledger: "dead-letters/", lambda: "aws/lambda/" } as const;

const ownLetter = z.object({ reason: z.string(), record: z.looseObject({}) });

/** Lambda's invocation record; only in S3 it has the payload, as JSON text. */
const batch = z.object({
  requestContext: z.object({ condition: z.string() }),
  payload: z.preprocess(
    (payload) => (typeof payload === "string" ? json(payload) : payload),
    z.object({ Records: z.array(z.looseObject({})).min(1) }),
  ),
});

/** The letters of a bucket, read one after another while they are listed page by page. */
export async function* deadLetters(s3: S3Client, bucket: string): AsyncGenerator<DeadLetter> {
  for (const writer of ["ledger", "lambda"] as const) {
    const pages = paginateListObjectsV2(
      { client: s3 },
      { Bucket: bucket, Prefix: prefixes[writer] },
    );
    for await (const { Contents = [] } of pages)
      for (const { Key: key = "" } of Contents) {
        const letter = await readLetter(s3, bucket, key, writer);
        if (letter !== undefined) yield letter;
      }
  }
}

/** A letter; undefined if it has gone meanwhile. */
export async function readLetter(
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
    const { data } = ownLetter.safeParse(content);
    if (data !== undefined) return { reason: data.reason, records: [data.record] };
  } else {
    const { data } = batch.safeParse(content);
    if (data !== undefined)
      return { reason: data.requestContext.condition, records: data.payload.Records };
  }
  return { reason: "not a dead letter", records: [] };
}

/** Removes a letter; the bucket keeps it as an old version for some time. */
export async function deleteLetter(s3: S3Client, bucket: string, key: string): Promise<void> {
  await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
}

const keyed = z.object({
  eventName: z.string().catch(""),
  dynamodb: z.object({ Keys: z.object({ transactionId: z.object({ S: z.string() }) }) }),
});

/** Which payment a record concerns and what happened to its item; empty where the record does not tell. */
export function summaryOf(record: unknown): { readonly paymentId: string; readonly event: string } {
  const { data } = keyed.safeParse(record);
  return {
    paymentId: data?.dynamodb.Keys.transactionId.S ?? "",
    event: data?.eventName ?? "",
  };
}
