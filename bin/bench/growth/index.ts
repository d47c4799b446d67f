import { log } from "../../operations/terminal";
import type { Measurement } from "../measurement";
import { measureBalances } from "./balances";
import { withPostgres } from "./database";
import { measureLedger } from "./ledger";
import { measureReconciliation } from "./reconcile";

/** Numbers of existing postings, or payments. */
const sizes = [10_000, 100_000, 1_000_000];

/** What operations cost as payments grow: each size against the smallest, and against what it replaced. */
export async function measureGrowth(): Promise<Measurement[]> {
  const parts = {
    "balances, while others post": () => withPostgres((owner) => measureBalances(owner, sizes)),
    "the ledger's batches": () => measureLedger(),
    "the reconciliation, which takes most of the time": () => measureReconciliation(sizes),
  };
  const measured: Measurement[] = [];
  for (const [about, measure] of Object.entries(parts)) {
    log(`  ${about} …`);
    measured.push(...(await measure()));
  }
  return measured;
}
