import { ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import { required } from "../../aws/environment";
import { ownKey } from "../ledger/document";
import { inParallel } from "../../aws/in-parallel";
import type { Entry } from "./entries";
import { pagesOf } from "./pages";

/** The most keys that S3 lists at once. */
const maxListing = 1_000;
/** Into how many concurrent listings keys are split. */
const listings = 25;

/**
 * Those entries whose change the audit bucket does not document: neither the object that the entry
 * names nor the change's own exists. Only keys are listed, so that archived documents count, and no
 * document's content can be read.
 */
export async function undocumented(
  s3: S3Client,
  entries: readonly Entry[],
): Promise<readonly Entry[]> {
  const named = await absent(s3, entries, (entry) => entry.document ?? keyOf(entry));
  // the object that an entry names is missing, but the change may have got one of its own since
  const withoutOwn = named.filter(({ document }) => document !== null);
  const lost = new Set(await absent(s3, withoutOwn, keyOf));
  return named.filter((entry) => entry.document === null || lost.has(entry));
}

const keyOf = ({ occurredAt, id, version }: Entry) =>
  ownKey({ occurredAt, after: { transactionId: id, version } });

/** The entries whose key the bucket does not have. */
async function absent(
  s3: S3Client,
  entries: readonly Entry[],
  keyIn: (entry: Entry) => string,
): Promise<readonly Entry[]> {
  const keys = [...new Set(entries.map(keyIn))].sort();
  const present = new Set<string>();
  const share = Math.min(maxListing, Math.ceil(keys.length / listings));
  await inParallel(pagesOf(keys, share), async (some) => {
    for (const key of await presentKeys(s3, some)) present.add(key);
  });
  return entries.filter((entry) => !present.has(keyIn(entry)));
}

/**
 * Which of some sorted keys the bucket has: it is listed from the first on, and again from the first
 * that is beyond a listing, which is no longer than the list of keys. Keys that follow each other in the
 * bucket thus cost one listing, and others one each, whatever lies between them.
 */
async function presentKeys(s3: S3Client, keys: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  let remaining = keys;
  let last = "";
  for (let first = remaining[0]; first !== undefined; first = remaining[0]) {
    const before = first.slice(0, -1); // StartAfter itself is not listed, but this key is
    const { Contents = [], IsTruncated = false } = await s3.send(
      new ListObjectsV2Command({
        Bucket: required("AUDIT_BUCKET"),
        StartAfter: before > last ? before : last, // from the last on, also where other keys are before this one
        MaxKeys: keys.length,
      }),
    );
    const listed = new Set(Contents.map(({ Key }) => Key));
    found.push(...remaining.filter((key) => listed.has(key)));
    const end = IsTruncated ? Contents.at(-1)?.Key : undefined;
    remaining = end === undefined ? [] : remaining.filter((key) => key > end);
    last = end ?? last;
  }
  return found;
}
