import type { OrderDifferenceReason } from "./compare";

/** An order that does not agree with its payment, or with itself. */
export interface OrderDifference {
  readonly orderId: string;
  /** The payment that it names. */
  readonly paymentId?: string | undefined;
  readonly reason: OrderDifferenceReason;
}

/** Differences in a report: a function's response has at most 6 MB. */
const maxReported = 100;

/** What a run has found so far, which is reported however it ends. */
export class Findings {
  /** Orders that were compared; one that both parts of a run find counts for each. */
  checked = 0;
  /** Orders that had not heard of their payment, and have now. */
  healed = 0;
  /** Orders that could not be compared. */
  failed = 0;
  private readonly found = new Map<string, OrderDifference>();

  /** @param report - Called with each difference, once an order. */
  constructor(private readonly report: (difference: OrderDifference) => void) {}

  add(difference: OrderDifference): void {
    if (this.found.has(difference.orderId)) return;
    this.found.set(difference.orderId, difference);
    this.report(difference);
  }

  /** How many orders differ. */
  get differenceCount(): number {
    return this.found.size;
  }

  /** The first 100. */
  get differences(): readonly OrderDifference[] {
    return [...this.found.values()].slice(0, maxReported);
  }
}
