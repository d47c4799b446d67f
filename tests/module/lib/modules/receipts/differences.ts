import type { PermittedDifference } from "../../core/permitted-difference";

/** What the receipts' settings let differ between environments. */
export const receiptsDifferences: readonly PermittedDifference[] = [
  {
    setting: "receipts.keepDays",
    why: "receipts of made-up payments are of use to nobody",
    arguments: { "aws:lambda/function:Function": ["environment.variables.KEEP_DAYS"] },
  },
];
