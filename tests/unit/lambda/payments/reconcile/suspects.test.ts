import "../../function-environment";
import { recheckSuspects } from "../../../../../lib/lambda/payments/reconcile/earlier-suspects";
import { authorized, pending } from "../ledger/payments";
import { FakeStack, keyOf, many, minute } from "./fakes";

const stack = new FakeStack();
const payments = many(authorized, 5);
const ids = payments.map(({ transactionId }) => transactionId);

beforeEach(() => {
  stack.reset();
  stack.put(...payments);
  stack.post(...payments);
});

const suspect = (...some: readonly string[]) => {
  for (const id of some) stack.database.suspects.set(id, stack.now - minute);
};

it("clears those that agree and are documented", async () => {
  suspect(...ids, "pay_of_no_one");
  const run = stack.run();

  await expect(recheckSuspects(run, "")).resolves.toBe("");
  expect(stack.database.suspects.size).toBe(0);
  expect(run.suspects.toSettle.size).toBe(0);
  expect(run.findings.checked).toBe(6);
});

it("has the others settled, and their documents looked for", async () => {
  suspect(...ids);
  const [unposted = "", bare = ""] = ids;
  stack.forget(({ id }) => id === unposted);
  for (const entry of stack.database.entries)
    if (entry.id === bare) stack.documents.delete(keyOf(entry));
  const run = stack.run();
  await recheckSuspects(run, "");

  expect([...run.suspects.toSettle]).toEqual([
    [unposted, "documents"],
    [bare, "documents"],
  ]);
  expect([...stack.database.suspects.keys()].sort()).toEqual([unposted, bare].sort());
});

it("goes on where an earlier run stopped, and then begins with the first", async () => {
  suspect(...ids);
  const run = stack.run();

  await expect(recheckSuspects(run, ids[3] ?? "")).resolves.toBe("");
  expect(stack.database.suspects.size).toBe(0);
});

it("stops when a third of the run's time is over, and returns where", async () => {
  const more = many(pending, 2_000);
  stack.put(...more);
  suspect(...more.map(({ transactionId }) => transactionId));
  stack.callTime = 10;
  const run = stack.run({ workTime: 15_000 });

  await expect(recheckSuspects(run, "")).resolves.toBe(more[999]?.transactionId);
  expect(run.suspects.toSettle.size).toBe(1_000);
});

it("leaves half of the capacity to what the run itself finds", async () => {
  const more = many(pending, 2_000).map(({ transactionId }) => transactionId);
  suspect(...more);
  stack.items.clear();
  stack.post(...many(pending, 2_000));
  const run = stack.run();
  run.suspects.remember(
    Array.from({ length: 9_500 }, (_, at) => `pay_other_${String(at)}`),
    "amounts",
  );

  await expect(recheckSuspects(run, "")).resolves.toBe(more[999]);
  expect(run.suspects.toSettle.size).toBe(10_500);
});

it("remembers that a payment's documents are suspected, whatever else is", async () => {
  const { suspects } = stack.run();
  const [id = ""] = ids;
  await suspects.note([id], "documents");
  await suspects.note([id], "amounts");

  expect([...suspects.toSettle]).toEqual([[id, "documents"]]);
});
