import * as fc from "fast-check";
import type { Payment } from "../../../../../lib/lambda/payments/domain/payment";
import {
  type PaymentAction,
  transition,
} from "../../../../../lib/lambda/payments/domain/transition";
import { balances, postings } from "../../../../../lib/lambda/payments/ledger/chart";
import { moveBetween } from "../../../../../lib/lambda/payments/ledger/move";
import {
  authorized,
  canceled,
  captured,
  failed,
  partlyRefunded,
  pending,
  refunded,
} from "./payments";

const held = "customer:user-1:held";
const paid = "customer:user-1:paid";
const expected = "merchant:pending";
const owed = "merchant:payable";

describe("the postings of a change", () => {
  it.each([
    ["created", undefined, pending, []],
    ["failed", pending, failed, []],
    ["canceled before it was authorized", pending, { ...canceled, version: 2 }, []],
    [
      "authorized",
      pending,
      authorized,
      [
        [held, 1_000],
        [expected, -1_000],
      ],
    ],
    [
      "canceled",
      authorized,
      canceled,
      [
        [held, -1_000],
        [expected, 1_000],
      ],
    ],
    [
      "captured in part, the rest released",
      authorized,
      captured,
      [
        [held, -1_000],
        [paid, 700],
        [owed, -700],
        [expected, 1_000],
      ],
    ],
    [
      "refunded in part",
      captured,
      partlyRefunded,
      [
        [paid, -200],
        [owed, 200],
      ],
    ],
    [
      "refunded of the rest",
      partlyRefunded,
      refunded,
      [
        [paid, -500],
        [owed, 500],
      ],
    ],
  ] as const)("that is %s", (_, before, after, lines) => {
    expect(postings(before, after)).toEqual(
      lines.map(([account, amount]) => ({ account, amount })),
    );
  });

  it("sum to zero and add up to the payment's balances, which are never on the wrong side", () => {
    const action: fc.Arbitrary<PaymentAction> = fc.oneof(
      fc.constantFrom<PaymentAction>(
        { kind: "authorize", outcome: "APPROVED" },
        { kind: "authorize", outcome: "DECLINED" },
        { kind: "cancel" },
        { kind: "capture", amount: "all" },
        { kind: "refund", amount: "all" },
      ),
      fc.record({
        kind: fc.constantFrom("capture" as const, "refund" as const),
        amount: fc.integer({ min: 1, max: 1_200 }),
      }),
    );
    fc.assert(
      fc.property(fc.array(action, { maxLength: 12 }), (actions) => {
        const ledger = new Map<string, number>();
        let before: Payment | undefined;
        let after = pending;
        const step = (next: Payment) => {
          before = before === undefined ? undefined : after;
          expect(moveBetween(before, next)).toBeDefined();
          const lines = postings(before, next);
          expect(lines.reduce((sum, { amount }) => sum + amount, 0)).toBe(0);
          for (const { account, amount } of lines)
            ledger.set(account, (ledger.get(account) ?? 0) + amount);
          before = after = next;
        };
        step(pending);
        for (const each of actions) {
          const outcome = transition(after, each);
          if (outcome.result === "moved") step(outcome.payment);
        }
        const left = [...ledger].filter(([, amount]) => amount !== 0);
        expect(new Map(left)).toEqual(balances(after));
        for (const [account, amount] of left)
          expect(Math.sign(amount)).toBe(account.startsWith("customer:") ? 1 : -1);
      }),
    );
  });
});

describe("a move of a payment", () => {
  it.each([
    ["created", undefined, pending],
    ["authorized", pending, authorized],
    ["failed", pending, failed],
    ["captured", authorized, captured],
    ["refunded", captured, partlyRefunded],
    ["refunded", partlyRefunded, refunded],
    ["canceled", authorized, canceled],
  ] as const)("is recorded as %s", (kind, before, after) => {
    expect(moveBetween(before, after)).toBe(kind);
  });

  it.each([
    ["appears authorized", undefined, authorized],
    ["appears in a later version", undefined, { ...pending, version: 2 }],
    ["returns to pending", authorized, { ...pending, version: 3 }],
    ["is captured before it is authorized", pending, { ...captured, version: 2 }],
    ["is captured of nothing", authorized, { ...captured, capturedAmount: 0 }],
    ["is captured of more than was authorized", authorized, { ...captured, capturedAmount: 1_001 }],
    ["is refunded of nothing", captured, { ...partlyRefunded, refundedAmount: 0 }],
    ["is refunded of less than before", partlyRefunded, { ...refunded, refundedAmount: 100 }],
    ["is called refunded with some left", captured, { ...partlyRefunded, status: "REFUNDED" }],
    ["skips a version", pending, { ...authorized, version: 3 }],
    ["keeps its version", pending, { ...authorized, version: 1 }],
    ["changes its amount", pending, { ...authorized, amount: 999 }],
    ["changes its currency", pending, { ...authorized, currency: "USD" }],
    ["changes its owner", pending, { ...authorized, userId: "user-2" }],
    ["changes its id", pending, { ...authorized, transactionId: "pay_2" }],
    ["changes its time", pending, { ...authorized, timestamp: 1 }],
    ["has captured something while authorized", pending, { ...authorized, capturedAmount: 1 }],
    ["has refunded something while captured", authorized, { ...captured, refundedAmount: 1 }],
  ] as const)("is refused for a payment that %s", (_, before, after) => {
    expect(moveBetween(before, after)).toBeUndefined();
  });
});
