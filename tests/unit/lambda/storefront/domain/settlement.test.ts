import type { StoredOrder } from "../../../../../lib/lambda/storefront/domain/order";
import type { Payment } from "../../../../../lib/lambda/storefront/domain/payment";
import { settle, settlingStatuses } from "../../../../../lib/lambda/storefront/domain/settlement";

const items = [{ productId: `item_${"a".repeat(32)}`, name: "Beans", quantity: 2, price: 500 }];
const paying: StoredOrder = {
  orderId: `ord_${"1".repeat(32)}`,
  userId: "customer-1",
  createdAt: 1,
  expiresAt: 2,
  status: "PAYING",
  version: 2,
  items,
  currency: "EUR",
  total: 1000,
};
const pending: Payment = {
  transactionId: `pay_${"2".repeat(32)}`,
  userId: "customer-1",
  amount: 1000,
  currency: "EUR",
  status: "PENDING",
  version: 1,
  orderId: paying.orderId,
};
const paymentId = pending.transactionId;
const authorized: Payment = { ...pending, status: "AUTHORIZED", version: 2 };
const captured: Payment = { ...pending, status: "CAPTURED", version: 3, capturedAmount: 1000 };
const partlyRefunded: Payment = { ...captured, version: 4, refundedAmount: 1 };
const refunded: Payment = { ...captured, status: "REFUNDED", version: 5, refundedAmount: 1000 };
const failed: Payment = { ...pending, status: "FAILED", version: 2 };
const canceled: Payment = { ...pending, status: "CANCELED", version: 3 };
const linked: StoredOrder = { ...paying, version: 3, paymentId, paymentVersion: 1 };

/** What a payment changes of an order. */
function changeOf(order: StoredOrder, payment: Payment) {
  const settlement = settle(order, payment);
  if (settlement.result !== "changed") return settlement;
  const { version, ...rest } = settlement.order;
  expect(version).toBe(order.version + 1);
  const before = new Map<string, unknown>(Object.entries(order));
  const change = Object.entries(rest).filter(([name, value]) => before.get(name) !== value);
  return { ...Object.fromEntries(change), returned: settlement.returned.length };
}

describe("a payment and its order", () => {
  it.each([
    ["a new payment links the order to it", paying, pending, { paymentId, paymentVersion: 1 }],
    ["so does an authorized one", paying, authorized, { paymentId, paymentVersion: 2 }],
    [
      "a captured payment makes an order PAID that was not linked yet",
      paying,
      captured,
      { paymentId, status: "PAID", paymentVersion: 3 },
    ],
    ["or was", linked, captured, { status: "PAID", paymentVersion: 3 }],
    [
      "an order that was to end is PAID where the payment was captured before",
      { ...linked, ending: "EXPIRED" },
      captured,
      { status: "PAID", paymentVersion: 3, ending: undefined },
    ],
    [
      "what is refunded is shown",
      { ...linked, status: "PAID", paymentVersion: 3 },
      partlyRefunded,
      { paymentVersion: 4, refundedAmount: 1 },
    ],
    [
      "all of it makes it REFUNDED",
      { ...linked, status: "PAID", paymentVersion: 4, refundedAmount: 1 },
      refunded,
      { status: "REFUNDED", paymentVersion: 5, refundedAmount: 1000 },
    ],
    [
      "that too where nothing before was heard of",
      paying,
      refunded,
      { paymentId, status: "REFUNDED", paymentVersion: 5, refundedAmount: 1000 },
    ],
  ] as const)("%s", (_name, order, payment, change) => {
    expect(changeOf(order, payment)).toEqual({ ...change, returned: 0 });
  });

  it.each([
    ["a declined payment cancels the order", linked, failed, "CANCELED"],
    ["so does one that somebody canceled", linked, canceled, "CANCELED"],
    [
      "an order that was to expire is EXPIRED",
      { ...linked, ending: "EXPIRED" },
      canceled,
      "EXPIRED",
    ],
    ["also by a declined one", { ...linked, ending: "EXPIRED" }, failed, "EXPIRED"],
  ] as const)("%s, and its stock is returned", (_name, order, payment, status) => {
    expect(changeOf(order, payment)).toMatchObject({ status, returned: 1 });
    expect(settle(order, payment)).toMatchObject({ order: { ending: undefined }, returned: items });
  });

  it.each([
    ["an authorized payment", linked, authorized],
    ["the same version again", { ...linked, status: "PAID", paymentVersion: 3 }, captured],
    ["an older one", { ...linked, status: "PAID", paymentVersion: 3 }, authorized],
    ["the same end again", { ...linked, status: "CANCELED", paymentVersion: 3 }, canceled],
    ["what was before the end", { ...linked, status: "EXPIRED", paymentVersion: 3 }, authorized],
    ["the same refund again", { ...linked, status: "REFUNDED", paymentVersion: 5 }, refunded],
  ] as const)("%s changes nothing", (_name, order, payment) => {
    expect(settle(order, payment)).toEqual({ result: "same" });
  });

  it.each([
    ["other-payment", linked, { ...captured, transactionId: `pay_${"3".repeat(32)}` }],
    ["other-payment", paying, { ...captured, orderId: `ord_${"3".repeat(32)}` }],
    ["other-payment", paying, { ...captured, orderId: undefined }],
    ["other-user", paying, { ...captured, userId: "customer-2" }],
    ["other-amount", paying, { ...captured, amount: 999 }],
    ["other-currency", paying, { ...captured, currency: "USD" }],
    ["not-asked-for", { ...paying, status: "PENDING" }, pending],
    ["not-asked-for", { ...paying, status: "PENDING" }, captured],
    ["order-ended", { ...paying, status: "CANCELED" }, captured],
    ["order-ended", { ...paying, status: "EXPIRED" }, pending],
    ["order-ended", { ...linked, status: "EXPIRED", paymentVersion: 2 }, captured],
    ["partly-captured", linked, { ...captured, capturedAmount: 999 }],
    ["partly-captured", linked, { ...refunded, capturedAmount: 999, refundedAmount: 999 }],
    ["partly-captured", linked, { ...captured, capturedAmount: undefined }],
    [
      "unexpected-status",
      { ...linked, status: "PAID", paymentVersion: 3 },
      { ...canceled, version: 4 },
    ],
    ["unexpected-status", { ...linked, status: "REFUNDED", paymentVersion: 3 }, partlyRefunded],
  ] as const)("%s: what is not the order's changes nothing", (reason, order, payment) => {
    expect(settle(order, payment)).toEqual({ result: "different", reason });
  });
});

describe("without hearing that its payment is authorized", () => {
  const deliver = (order: StoredOrder, versions: readonly Payment[]) => {
    const results: string[] = [];
    const after = versions.reduce((before, payment) => {
      const settlement = settle(before, payment);
      if (settlement.result !== "same") results.push(settlement.result);
      return settlement.result === "changed" ? settlement.order : before;
    }, order);
    return { after, results };
  };
  const lives = [
    [pending, authorized],
    [pending, authorized, captured],
    [pending, authorized, captured, partlyRefunded, refunded],
    [pending, authorized, canceled],
    [pending, failed],
  ];
  const orders: [string, StoredOrder][] = [
    ["whose function died before it was linked", paying],
    ["that is linked", linked],
    ["that is to end", { ...linked, ending: "EXPIRED" }],
  ];

  it.each(orders)("an order %s becomes the same", (_, order) => {
    for (const versions of lives) {
      const heard = versions.filter(({ status }) => settlingStatuses.some((one) => one === status));
      expect(heard.length).toBe(versions.length - (versions.includes(authorized) ? 1 : 0));
      expect(deliver(order, heard)).toEqual(deliver(order, versions));
    }
  });

  it.each<[string, Partial<StoredOrder>, number]>([
    ["is another user's", { userId: "customer-2" }, 2],
    ["has another amount", { total: 1 }, 2],
    ["has ended", { status: "EXPIRED", paymentId, paymentVersion: 1 }, 1],
  ])("a difference of an order that %s is found all the same", (_, changes, differences) => {
    const order = { ...paying, ...changes };

    expect(deliver(order, [pending, captured])).toEqual({
      after: order,
      results: Array(differences).fill("different"),
    });
  });
});
