import type { StoredOrder } from "../../../../../lib/lambda/storefront/domain/order";
import type { Payment } from "../../../../../lib/lambda/storefront/domain/payment";
import { compare } from "../../../../../lib/lambda/storefront/reconcile/compare";

const pending: Payment = {
  transactionId: `pay_${"2".repeat(32)}`,
  userId: "customer-1",
  amount: 1000,
  currency: "EUR",
  status: "PENDING",
  version: 1,
  orderId: `ord_${"1".repeat(32)}`,
};
const captured: Payment = { ...pending, status: "CAPTURED", version: 3, capturedAmount: 1000 };
const partlyRefunded: Payment = { ...captured, version: 4, refundedAmount: 300 };
const refunded: Payment = { ...captured, status: "REFUNDED", version: 4, refundedAmount: 1000 };
const canceled: Payment = { ...pending, status: "CANCELED", version: 3 };
const failed: Payment = { ...pending, status: "FAILED", version: 3 };

const paying: StoredOrder = {
  orderId: `ord_${"1".repeat(32)}`,
  userId: "customer-1",
  createdAt: 1,
  expiresAt: 2,
  status: "PAYING",
  version: 3,
  items: [{ productId: `item_${"a".repeat(32)}`, name: "Beans", quantity: 2, price: 500 }],
  currency: "EUR",
  total: 1000,
  paymentId: pending.transactionId,
  paymentVersion: 1,
};
const paid: StoredOrder = { ...paying, status: "PAID", paymentVersion: 3 };
const partly: StoredOrder = { ...paid, paymentVersion: 4, refundedAmount: 300 };
const back: StoredOrder = { ...paid, status: "REFUNDED", paymentVersion: 4, refundedAmount: 1000 };
const over: StoredOrder = { ...paying, status: "CANCELED", paymentVersion: 3 };

describe("an order and its payment", () => {
  it.each([
    ["a payment that nobody has processed", paying, pending],
    ["one that is authorized", paying, { ...pending, status: "AUTHORIZED", version: 2 } as const],
    [
      "one of which the order knows the id alone",
      { ...paying, paymentVersion: undefined },
      pending,
    ],
    ["one that is captured", paid, captured],
    ["one that is refunded in part", partly, partlyRefunded],
    ["one that is refunded", back, refunded],
    ["one that is canceled", over, canceled],
    ["one that has failed", { ...over, status: "EXPIRED" } as const, failed],
  ])("agree: %s", (_, order, payment) => {
    expect(compare(order, payment)).toBe("agree");
  });

  it.each([
    ["captured", paying, captured],
    ["canceled", paying, canceled],
    ["refunded in part", paid, partlyRefunded],
    ["refunded", partly, { ...refunded, version: 5 }],
  ])("are to be settled: the payment is %s since", (_, order, payment) => {
    expect(compare(order, payment)).toBe("settle");
  });

  it.each([
    ["older-payment", paid, { ...captured, version: 2 }],
    ["not-captured", paid, canceled],
    ["not-captured", back, { ...canceled, version: 4 }],
    ["partly-captured", paid, { ...captured, capturedAmount: 999 }],
    ["partly-captured", paying, { ...captured, capturedAmount: 999 }],
    ["other-refund", { ...partly, refundedAmount: 301 }, partlyRefunded],
    ["other-refund", { ...partly, refundedAmount: undefined }, partlyRefunded],
    ["other-refund", { ...paid, refundedAmount: 1 }, captured],
    ["other-refund", { ...back, status: "PAID" } as const, refunded],
    ["other-refund", back, { ...refunded, status: "CAPTURED" } as const],
    ["order-ended", over, captured],
    ["order-ended", { ...over, status: "EXPIRED" } as const, { ...pending, version: 3 }],
    ["order-ended", over, { ...refunded, version: 9 }],
    ["unexpected-status", paid, { ...canceled, version: 9 }],
    ["unexpected-status", back, { ...refunded, version: 9 }],
    [
      "not-asked-for",
      { ...paying, status: "PENDING", paymentVersion: undefined } as const,
      pending,
    ],
    ["other-amount", paid, { ...captured, amount: 1001 }],
    ["other-currency", paid, { ...captured, currency: "USD" }],
    ["other-user", paid, { ...captured, userId: "customer-2" }],
    ["other-payment", paid, { ...captured, orderId: undefined }],
  ])("differ: %s", (reason, order, payment) => {
    expect(compare(order, payment)).toBe(reason);
  });

  it("agree where an order that nobody has begun to pay has heard of the payment", () => {
    expect(compare({ ...paying, status: "PENDING" }, pending)).toBe("agree");
  });
});
