import * as fc from "fast-check";
import type { Payment } from "../../../../../lib/lambda/payments/domain/payment";
import { balances, postings } from "../../../../../lib/lambda/payments/ledger/chart";
import { moveBetween } from "../../../../../lib/lambda/payments/ledger/move";
import { Harness, calledBy, newPayment, shop } from "../../harness";
import type { ApiResult } from "../../harness";

/** Pauses take no time here: the scheduler alone says who is next. */
jest.mock("node:timers/promises", () => ({ setTimeout: () => Promise.resolve() }));

const command = fc.oneof(
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("create" as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom("authorize", "decline", "capture", "cancel", "refund"),
      payment: fc.nat(2),
      part: fc.oneof(
        fc.record({ amount: fc.integer({ min: 1, max: 1100 }) }),
        fc.record({ all: fc.constant(true) }),
      ),
    }),
  },
);
const step = fc.record({ command, key: fc.nat(9), dies: fc.constantFrom("", "before", "after") });
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

let requests = 0;

/** The request of a command, to one of the first payments; the same key always means the same command. */
function send(api: Harness, ids: readonly string[], { command, key }: Step): Promise<ApiResult> {
  const options = {
    key: `k${String(key)}-${JSON.stringify(command)}`,
    // in the text of a refusal, so that two that are equal are one
    context: { ...calledBy(shop), requestId: `request-${String(++requests)}` },
  };
  if (command.kind === "create") return api.post("/payment", { ...options, body: newPayment });
  const id = ids[command.payment] ?? "";
  switch (command.kind) {
    case "decline":
      return api.act(id, "authorize", { ...options, body: { outcome: "DECLINED" } });
    case "capture":
    case "refund":
      return api.act(id, command.kind, { ...options, body: command.part });
    case "authorize":
    case "cancel":
      return api.act(id, command.kind, options);
  }
}

/** Sends a step; a client whose request failed sends the same again. */
async function persist(api: Harness, ids: readonly string[], one: Step): Promise<ApiResult> {
  for (;;) {
    const response = await send(api, ids, one);
    const inProgress = response.body["type"] === "urn:payments:problem:request-in-progress";
    if (response.status < 500 && !inProgress) return response;
  }
}

/** What the ledger posts of a payment's versions; every move must be legal. */
function posted(versions: readonly Payment[]): Map<string, number> {
  const accounts = new Map<string, number>();
  versions.forEach((after, i) => {
    const before = versions[i - 1];
    const lines = postings(before, after);
    const sum = lines.reduce((total, { amount }) => total + amount, 0);
    expect([after.version, moveBetween(before, after), sum]).toEqual([
      i + 1,
      expect.any(String),
      0,
    ]);
    for (const { account, amount } of lines)
      accounts.set(account, (accounts.get(account) ?? 0) + amount);
    const overdrawn = [...accounts].filter(([account, amount]) =>
      account.startsWith("customer:") ? amount < 0 : amount > 0,
    );
    expect(overdrawn).toEqual([]);
  });
  return new Map([...accounts].filter(([, amount]) => amount !== 0));
}

describe("several clients at several payments, whoever is next and whatever dies", () => {
  it("leave legal payments, one outcome a key, equal responses, and a ledger that equals the table", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { maxLength: 4 }), { minLength: 2, maxLength: 4 }),
        fc.scheduler(),
        async (clients, scheduler) => {
          const api = new Harness();
          api.store.before = () => undefined;
          const ids = [
            await api.payment(),
            await api.payment("authorize"),
            await api.payment("authorize", "capture"),
          ];
          const settled = new Map<string, Set<string>>();
          const dying = clients.flat().flatMap(({ dies }) => (dies === "" ? [] : [dies]));
          const die = (when: string) => {
            if (dying[0] !== when) return;
            dying.shift();
            throw new Error("the function died");
          };
          api.store.before = async (call) => {
            await scheduler.schedule(Promise.resolve(), call);
            die("before");
          };
          api.store.after = () => {
            die("after");
          };
          const work = async (steps: readonly Step[]) => {
            for (const one of steps) {
              const { text } = await persist(api, ids, one);
              const key = `${String(one.key)} ${JSON.stringify(one.command)}`;
              settled.set(key, (settled.get(key) ?? new Set()).add(text));
            }
          };
          await scheduler.waitFor(Promise.all(clients.map(work)));

          const { history, payments, responses } = api.store;
          // one success kept for each effect, one outcome for each key: those of the clients, of the three
          // payments' making and of the three moves before
          const successes = [...responses.values()].filter(({ statusCode }) => statusCode < 300);
          expect(successes).toHaveLength(history.length);
          expect(responses.size).toBe(settled.size + ids.length + 3);
          for (const texts of settled.values()) expect(texts.size).toBe(1);
          for (const [id, payment] of payments) {
            const versions = history.filter(({ transactionId }) => transactionId === id);
            expect(versions.at(-1)).toEqual(payment);
            const { amount, capturedAmount = 0, refundedAmount = 0 } = payment;
            expect(refundedAmount).toBeLessThanOrEqual(capturedAmount);
            expect(capturedAmount).toBeLessThanOrEqual(amount);
            const expected = [...balances(payment)].filter(([, sum]) => sum !== 0);
            expect(posted(versions)).toEqual(new Map(expected));
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
