/** What a payment can be; see {@link transition} for the moves between them. */
export const paymentStatuses = [
  "PENDING",
  "AUTHORIZED",
  "CAPTURED",
  "REFUNDED",
  "CANCELED",
  "FAILED",
] as const;

/** One of {@link paymentStatuses}. */
export type PaymentStatus = (typeof paymentStatuses)[number];

/** A payment as it is stored and as callers see it. */
export interface Payment {
  /** `pay_` and 32 hexadecimal digits that nobody can guess. */
  readonly transactionId: string;
  /** When it was created, in epoch milliseconds. */
  readonly timestamp: number;
  readonly userId: string;
  /** Minor units of the currency, 1 to 999,999,999,999. */
  readonly amount: number;
  /** ISO 4217. */
  readonly currency: string;
  readonly status: PaymentStatus;
  /** 1 when created, one more with every change. */
  readonly version: number;
  readonly description?: string | undefined;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  /** Minor units, at most `amount`; there once it was captured. */
  readonly capturedAmount?: number | undefined;
  /** Minor units, at most `capturedAmount`; there once something was refunded. */
  readonly refundedAmount?: number | undefined;
}
