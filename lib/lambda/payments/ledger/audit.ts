import { isDeepStrictEqual } from "node:util";
import {
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { required } from "../../aws/environment";
import type { Change } from "./change";
import { batchKey, documentOf, nameOf, ownKey } from "./document";
import { inParallel } from "../../aws/in-parallel";
import { PoisonError } from "./poison";
import type { Entry } from "./post";

/**
 * Writes the documents of changes that are in the ledger, each once: in the object that its entry
 * names, or in one of its own. An existing object is never replaced.
 *
 * Where an entry names an object, its changes were to share that. It is written only with all of them,
 * which its key is derived from. Where some are missing, as when the stream delivers a batch again in
 * parts, it is not written: if it does not exist, each change gets an object of its own. So a change
 * is documented if the object that its entry names exists, or its own. To find the documents of a
 * payment:
 *
 * ```sql
 * SELECT version, document FROM ledger.entries WHERE payment_id = 'pay_…' ORDER BY version;
 * ```
 *
 * A `document` is the key of an object with one JSON document a line, of which `paymentId` and
 * `version` identify the right one; without it the object's name ends in `-pay_…-v1.json`.
 *
 * @returns the changes whose document exists with other content: they can never be documented.
 */
export async function writeDocuments(
  s3: S3Client,
  entries: readonly Entry[],
): Promise<ReadonlyMap<Change, PoisonError>> {
  const own: Change[] = [];
  const shared = new Map<string, Change[]>();
  for (const { change, document } of entries) {
    if (document === undefined) own.push(change);
    else shared.set(document, [...(shared.get(document) ?? []), change]);
  }
  const refused = new Map<Change, PoisonError>();
  await inParallel([...shared], async ([key, changes]) => {
    if (batchKey(changes) === key) {
      for (const change of await writeShared(s3, key, changes)) refused.set(change, occupied(key));
    } else if (!(await objectExists(s3, key))) own.push(...changes);
  });
  await inParallel(own, async (change) => {
    const [key, body] = [ownKey(change), documentOf(change)];
    const existing = await putOnce(s3, { Key: key, Body: body, ContentType: "application/json" });
    if (existing !== undefined && !sameDocument(existing, body)) refused.set(change, occupied(key));
  });
  return refused;
}

/** Writes an object with a document a line; returns the changes whose line exists with other content. */
async function writeShared(
  s3: S3Client,
  key: string,
  changes: readonly Change[],
): Promise<readonly Change[]> {
  const names = new Map(changes.map((change) => [nameOf(change), change]));
  const sorted = [...names].sort(([one], [other]) => (one < other ? -1 : 1));
  const lines = sorted.map(([, change]) => ({ change, text: documentOf(change) }));
  const existing = await putOnce(s3, {
    Key: key,
    Body: lines.map(({ text }) => `${text}\n`).join(""),
    ContentType: "application/jsonl",
  });
  if (existing === undefined) return [];
  const there = existing.split("\n");
  return lines
    .filter(({ text }, at) => !sameDocument(there[at] ?? "", text))
    .map(({ change }) => change);
}

interface NewObject {
  readonly Key: string;
  readonly Body: string;
  readonly ContentType: string;
}

/** Writes an object unless one exists, whose content it returns then. */
async function putOnce(s3: S3Client, object: NewObject): Promise<string | undefined> {
  const Bucket = required("AUDIT_BUCKET");
  try {
    await s3.send(new PutObjectCommand({ Bucket, ...object, IfNoneMatch: "*" }));
    return undefined;
  } catch (error) {
    if (!(error instanceof Error && error.name === "PreconditionFailed")) throw error;
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: object.Key }));
    return (await Body?.transformToString()) ?? "";
  }
}

/** S3 responds with 403 in place of 404 to those who may not list a bucket. */
const missing: readonly unknown[] = [403, 404];

async function objectExists(s3: S3Client, key: string): Promise<boolean> {
  try {
    await s3.send(new HeadObjectCommand({ Bucket: required("AUDIT_BUCKET"), Key: key }));
    return true;
  } catch (error) {
    if (error instanceof S3ServiceException && missing.includes(error.$metadata.httpStatusCode))
      return false;
    throw error;
  }
}

/** Attributes of an image have no order. */
function sameDocument(existing: string, body: string): boolean {
  try {
    return isDeepStrictEqual(JSON.parse(existing), JSON.parse(body));
  } catch {
    return false;
  }
}

function occupied(key: string): PoisonError {
  return new PoisonError(`${key} is there with other content`);
}
