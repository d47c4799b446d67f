import { isDeepStrictEqual } from "node:util";
import { GetObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { variable } from "../environment";
import type { Change } from "./change";
import { PoisonError } from "./poison";

/**
 * Writes the document of a change, once: keys sort by the time of the change, and a document that is
 * there is never replaced.
 *
 * @throws {@link PoisonError} if the document is there with other content.
 */
export async function writeAuditDocument(s3: S3Client, change: Change): Promise<void> {
  const object = { Bucket: variable("AUDIT_BUCKET"), Key: auditKey(change) };
  const body = JSON.stringify(document(change));
  try {
    await s3.send(
      new PutObjectCommand({
        ...object,
        Body: body,
        ContentType: "application/json",
        IfNoneMatch: "*",
      }),
    );
  } catch (error) {
    if (!(error instanceof Error && error.name === "PreconditionFailed")) throw error;
    const existing = await s3.send(new GetObjectCommand(object));
    if (!sameDocument((await existing.Body?.transformToString()) ?? "", body))
      throw new PoisonError(`${object.Key} is there with other content`);
  }
}

/** `payments/2026/01/31/20260131T235959.000Z-pay_…-v2.json` */
function auditKey({ occurredAt, after }: Change): string {
  const iso = occurredAt.toISOString();
  const day = iso.slice(0, 10).replaceAll("-", "/");
  const time = iso.replaceAll(/[-:]/g, "");
  return `payments/${day}/${time}-${after.transactionId}-v${String(after.version)}.json`;
}

/** Nothing in it depends on when or how often it is written. */
function document({ kind, occurredAt, before, after }: Change) {
  return {
    paymentId: after.transactionId,
    version: after.version,
    kind,
    occurredAt: occurredAt.toISOString(),
    before: before ?? null,
    after,
  };
}

/** Attributes of an image have no order. */
function sameDocument(existing: string, body: string): boolean {
  try {
    return isDeepStrictEqual(JSON.parse(existing), JSON.parse(body));
  } catch {
    return false;
  }
}
