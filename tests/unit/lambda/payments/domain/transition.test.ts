import * as fc from "fast-check";
import type { Payment, PaymentStatus } from "../../../../../lib/lambda/payments/domain/payment";
import { transition } from "../../../../../lib/lambda/payments/domain/transition";
import type { PaymentAction } from "../../../../../lib/lambda/payments/domain/transition";

const pending: Payment = {
  transactionId: "pay_00000000000000000000000000000001",
  timestamp: 1,
  userId: "user-1",
  amount: 1000,
  currency: "EUR",
  status: "PENDING",
  version: 1,
};
const authorized: Payment = { ...pending, status: "AUTHORIZED", version: 2 };
const captured: Payment = { ...pending, status: "CAPTURED", version: 3, capturedAmount: 800 };

const approve: PaymentAction = { kind: "authorize", outcome: "APPROVED" };
const decline: PaymentAction = { kind: "authorize", outcome: "DECLINED" };

/** The moves that are legal, written down a second time. */
const legal: Readonly<Record<PaymentStatus, readonly PaymentStatus[]>> = {
  PENDING: ["AUTHORIZED", "CANCELED", "FAILED"],
  AUTHORIZED: ["CAPTURED", "CANCELED"],
  CAPTURED: ["CAPTURED", "REFUNDED"],
  REFUNDED: [],
  CANCELED: [],
  FAILED: [],
};

describe("a payment", () => {
  it.each<[string, Payment, PaymentAction, Partial<Payment>]>([
    ["is authorized", pending, approve, { status: "AUTHORIZED", version: 2 }],
    ["fails where the authorization was declined", pending, decline, { status: "FAILED" }],
    ["is canceled before", pending, { kind: "cancel" }, { status: "CANCELED", version: 2 }],
    ["is canceled behind its authorization", authorized, { kind: "cancel" }, { version: 3 }],
    [
      "is captured whole",
      authorized,
      { kind: "capture", amount: "all" },
      { capturedAmount: 1000, version: 3 },
    ],
    ["is captured in part", authorized, { kind: "capture", amount: 1 }, { capturedAmount: 1 }],
    [
      "is refunded whole",
      captured,
      { kind: "refund", amount: "all" },
      { status: "REFUNDED", refundedAmount: 800 },
    ],
    [
      "is refunded in part and stays captured",
      captured,
      { kind: "refund", amount: 300 },
      { status: "CAPTURED", refundedAmount: 300, version: 4 },
    ],
    [
      "is refunded when the last part is",
      { ...captured, refundedAmount: 300 },
      { kind: "refund", amount: 500 },
      { status: "REFUNDED", refundedAmount: 800 },
    ],
    [
      "is refunded of what is left where all is",
      { ...captured, refundedAmount: 300 },
      { kind: "refund", amount: "all" },
      { status: "REFUNDED", refundedAmount: 800 },
    ],
  ])("%s", (_, before, action, expected) => {
    const move = transition(before, action);

    expect(move).toMatchObject({ result: "moved", payment: expected });
  });

  it.each<[string, Payment, PaymentAction, number]>([
    ["captured beyond its amount", authorized, { kind: "capture", amount: 1001 }, 1000],
    ["refunded beyond what was captured", captured, { kind: "refund", amount: 801 }, 800],
    [
      "refunded beyond what is left",
      { ...captured, refundedAmount: 799 },
      { kind: "refund", amount: 2 },
      1,
    ],
    [
      "refunded where nothing is said of what was captured",
      { ...captured, capturedAmount: undefined },
      { kind: "refund", amount: 1 },
      0,
    ],
  ])("is not %s", (_, before, action, limit) => {
    expect(transition(before, action)).toEqual({ result: "amount-exceeded", limit });
  });

  it("goes only where it may, and never moves more than there is, whatever is tried in any order", () => {
    const amount = fc.option(fc.integer({ min: 1, max: 1200 }), { nil: "all" as const });
    const action: fc.Arbitrary<PaymentAction> = fc.oneof(
      fc.constantFrom<PaymentAction[]>(approve, decline, { kind: "cancel" }),
      fc.record({ kind: fc.constant("capture" as const), amount }),
      fc.record({ kind: fc.constant("refund" as const), amount }),
    );
    fc.assert(
      fc.property(fc.array(action, { maxLength: 30 }), (actions) => {
        actions.reduce((before, next) => {
          const move = transition(before, next);
          if (move.result !== "moved") return before;
          const { payment } = move;
          const { capturedAmount = 0, refundedAmount = 0 } = payment;

          expect(legal[before.status]).toContain(payment.status);
          expect(payment.version).toBe(before.version + 1);
          expect(capturedAmount).toBeLessThanOrEqual(payment.amount);
          expect(refundedAmount).toBeLessThanOrEqual(capturedAmount);
          expect(refundedAmount).toBeGreaterThanOrEqual(before.refundedAmount ?? 0);
          expect(payment.status === "REFUNDED").toBe(
            capturedAmount > 0 && refundedAmount === capturedAmount,
          );
          return payment;
        }, pending);
      }),
    );
  });

  it.each(Object.keys(legal).filter((status) => legal[status as PaymentStatus].length === 0))(
    "that is %s stays so",
    (status) => {
      const actions: PaymentAction[] = [
        approve,
        { kind: "capture", amount: "all" },
        { kind: "cancel" },
        { kind: "refund", amount: "all" },
      ];

      for (const action of actions) {
        const ended = { ...captured, status: status as PaymentStatus };
        expect(transition(ended, action)).toEqual({ result: "wrong-status" });
      }
    },
  );
});
