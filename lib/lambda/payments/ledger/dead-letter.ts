import { createHash } from "node:crypto";
import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import * as z from "zod/mini";
import { required } from "../../aws/environment";

/** A record that can never be posted, and why. */
export interface DeadLetter {
  readonly reason: string;
  /** Name of the function that wrote it. */
  readonly function: string;
  /** ISO 8601. */
  readonly time: string;
  /** The stream's record, unchanged: the function can be invoked with it again as `{ Records: [record] }`. */
  readonly record: unknown;
}

/**
 * Writes a whole record that can never be posted to the dead-letter bucket: S3 is reached without
 * internet and without a fee, holds records of any size and does not expire them. The same record's dead
 * letter is overwritten.
 *
 * @returns the dead letter's key.
 */
export async function writeDeadLetter(
  s3: S3Client,
  record: unknown,
  reason: string,
): Promise<string> {
  const key = `dead-letters/${recordId(record)}.json`;
  const letter: DeadLetter = {
    reason,
    function: required("AWS_LAMBDA_FUNCTION_NAME"),
    time: new Date().toISOString(),
    record,
  };
  await s3.send(
    new PutObjectCommand({
      Bucket: required("DEAD_LETTER_BUCKET"),
      Key: key,
      Body: JSON.stringify(letter),
      ContentType: "application/json",
    }),
  );
  return key;
}

const identified = z.object({ eventID: z.string().check(z.regex(/^[\w-]{1,128}$/)) });

/** The stream's own id, or, for a record without one that can be a key, a digest of its content. */
function recordId(record: unknown): string {
  const { success, data } = identified.safeParse(record);
  if (success) return data.eventID;
  return createHash("sha256").update(JSON.stringify(record)).digest("hex");
}
