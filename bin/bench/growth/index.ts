import type { Measurement } from "../measurement";
import { measureBalances } from "./balances";
import { withPostgres } from "./database";
import { measureLedger } from "./ledger";
import { measureReconciliation } from "./reconcile";

/** How many postings, or payments, there are already. */
const sizes = [10_000, 100_000, 1_000_000];

/** What operations cost as payments grow: each size against the smallest, and what each replaced. */
export async function measureGrowth(): Promise<Measurement[]> {
  return [
    ...(await withPostgres((owner) => measureBalances(owner, sizes))),
    ...(await measureLedger()),
    ...(await measureReconciliation(sizes)),
  ];
}
