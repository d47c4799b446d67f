import { createHash } from "node:crypto";
import type { Payment } from "../domain/payment";
import type { Change } from "./change";

/** The name of a change; two changes with one name are the same. */
export function nameOf({ after }: Change): string {
  return `${after.transactionId}/${String(after.version)}`;
}

/** The parts of a change that its own object is named by. */
interface Dated extends Pick<Change, "occurredAt"> {
  readonly after: Pick<Payment, "transactionId" | "version">;
}

/** Key of a change's own object: `payments/2026/01/31/20260131T235959.000Z-pay_…-v2.json` */
export function ownKey({ occurredAt, after }: Dated): string {
  const { transactionId, version } = after;
  return `${keyOfTime(occurredAt)}-${transactionId}-v${String(version)}.json`;
}

/**
 * Key of an object that some changes share, by the time of the first and the names of all, so that
 * whether changes are its own can be checked by the key alone:
 * `payments/2026/01/31/20260131T235959.000Z-batch-0123456789abcdef0123456789abcdef.jsonl`
 */
export function batchKey(changes: readonly Change[]): string {
  const first = Math.min(...changes.map(({ occurredAt }) => occurredAt.getTime()));
  const names = changes.map(nameOf).sort().join("\n");
  const digest = createHash("sha256").update(names).digest("hex").slice(0, 32);
  return `${keyOfTime(new Date(first))}-batch-${digest}.jsonl`;
}

/** Keys sort by time. */
function keyOfTime(time: Date): string {
  const iso = time.toISOString();
  return `payments/${iso.slice(0, 10).replaceAll("-", "/")}/${iso.replaceAll(/[-:]/g, "")}`;
}

/** The audit document of a change. Nothing in it depends on when or how often it is written. */
export function documentOf({ kind, occurredAt, before, after }: Change): string {
  return JSON.stringify({
    paymentId: after.transactionId,
    version: after.version,
    kind,
    occurredAt: occurredAt.toISOString(),
    before: before ?? null,
    after,
  });
}
