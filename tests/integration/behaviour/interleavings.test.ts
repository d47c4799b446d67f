import * as fc from "fast-check";
import * as z from "zod";
import { call, newKey } from "../deployed";
import { persist } from "./client";
import { reconciled } from "./reconciled";

const paymentSchema = z.looseObject({
  transactionId: z.string(),
  status: z.enum(["PENDING", "AUTHORIZED", "CAPTURED", "REFUNDED", "CANCELED", "FAILED"]),
  version: z.number(),
  amount: z.number(),
  capturedAmount: z.number().default(0),
  refundedAmount: z.number().default(0),
});

const step = fc.record({
  action: fc.constantFrom("create", "authorize", "capture", "cancel", "refund", "refund"),
  payment: fc.nat(1),
  part: fc.oneof(
    fc.record({ amount: fc.integer({ min: 1, max: 1100 }) }),
    fc.record({ all: fc.constant(true) }),
  ),
  key: fc.nat(3),
});
const client = fc.array(step, { minLength: 3, maxLength: 6 });

it("several clients at the same payments leave them legal, each key with one outcome, and the ledger equal to the table", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(client, { minLength: 3, maxLength: 4 }), async (clients) => {
      const [run, userId] = [newKey(), newKey()];
      const create = (key: string) =>
        persist("/payment", { userId, amount: 1000, currency: "EUR" }, key);
      const ids = await Promise.all(
        [0, 1].map(async (i) => {
          const { body } = await create(`${run}-${String(i)}`);
          return paymentSchema.parse(body).transactionId;
        }),
      );
      const outcomes = new Map<string, Set<string>>();
      const effects = new Map<string, Set<string>>();
      const work = async (steps: (typeof clients)[number]) => {
        for (const { action, payment, part, key } of steps) {
          const parameters = {
            ...(action === "authorize" && { outcome: "APPROVED" }),
            ...((action === "capture" || action === "refund") && part),
          };
          const name = [run, action, payment, JSON.stringify(parameters), key].join("-");
          const path = `/payment/${ids[payment] ?? ""}/${action}`;
          const { status, body } =
            action === "create" ? await create(name) : await persist(path, parameters, name);
          expect([200, 201, 400, 409]).toContain(status);
          const texts = outcomes.get(name) ?? new Set();
          outcomes.set(name, texts.add(JSON.stringify(body)));
          if (status < 300)
            effects.set(name, (effects.get(name) ?? new Set()).add(JSON.stringify(body)));
        }
      };
      await Promise.all(clients.map(work));

      const { body } = await call("GET", `/payment?userId=${userId}&limit=100`);
      const payments = z.array(paymentSchema).parse(body["data"]);
      const responses = [...effects.values()];
      // successes and refusals: both are final responses
      expect([...outcomes.values()].filter(({ size }) => size !== 1)).toEqual([]);
      // the first two were made before
      const versions = payments.reduce((sum, { version }) => sum + version, 0);
      expect(versions).toBe(responses.length + ids.length);
      for (const { amount, capturedAmount, refundedAmount, status } of payments) {
        expect(refundedAmount).toBeLessThanOrEqual(capturedAmount);
        expect(capturedAmount).toBeLessThanOrEqual(amount);
        const refunded = status === "REFUNDED";
        expect(refunded).toBe(capturedAmount > 0 && refundedAmount === capturedAmount);
      }
    }),
    { numRuns: 4, endOnFailure: true },
  );
  expect(await reconciled()).toMatchObject({ pending: 0, differenceCount: 0 });
}, 120_000);
