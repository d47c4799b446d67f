import type { DifferenceKind } from "./compare";

/** One way in which table, ledger and audit bucket disagree about one payment. */
export interface Difference {
  readonly paymentId: string;
  readonly kind: DifferenceKind;
  /** Of the change that is not documented. */
  readonly version?: number;
}

/** Differences in a report: a function's response has at most 6 MB. */
const maxReported = 100;

/** What a run has found so far, which is reported however it ends. */
export class Findings {
  /** Payments that were compared. */
  checked = 0;
  /** Payments that do not agree yet but may later: they kept changing, or there was no time to wait. */
  pending = 0;
  differenceCount = 0;
  /** The first 100. */
  readonly differences: Difference[] = [];

  /** @param report - Called with each difference. */
  constructor(private readonly report: (difference: Difference) => void) {}

  add(difference: Difference): void {
    this.differenceCount += 1;
    if (this.differences.length < maxReported) this.differences.push(difference);
    this.report(difference);
  }
}
