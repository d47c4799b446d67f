/** What a payment can be, as the payments name it. */
export const paymentStatuses = [
  "PENDING",
  "AUTHORIZED",
  "CAPTURED",
  "REFUNDED",
  "CANCELED",
  "FAILED",
] as const;

/** What of a payment concerns an order. */
export interface Payment {
  /** `pay_` and 32 hexadecimal digits. */
  readonly transactionId: string;
  readonly userId: string;
  /** Minor units of the currency. */
  readonly amount: number;
  /** ISO 4217. */
  readonly currency: string;
  readonly status: (typeof paymentStatuses)[number];
  /** 1 when created, one more with every change. */
  readonly version: number;
  /** The order that it is for, as whoever asked for it says: any caller of the payments may have. */
  readonly orderId?: string | undefined;
  /** Minor units; there once it was captured. */
  readonly capturedAmount?: number | undefined;
  /** Minor units; there once something was refunded. */
  readonly refundedAmount?: number | undefined;
}
