import { reads, writes } from "../../foundation/check";

/** What can be checked of the payments of a deployed stack. */
export const paymentsChecks = {
  database: reads("database"),
  storage: reads("storage"),
  functions: reads("functions"),
  payments: writes("payments"),
  audit: writes("audit"),
  payouts: writes("payouts"),
  reconciliation: writes("reconciliation"),
  "dead-letters": writes("dead-letters"),
  "exactly-once": writes("behaviour/exactly-once"),
  interleavings: writes("behaviour/interleavings"),
};
