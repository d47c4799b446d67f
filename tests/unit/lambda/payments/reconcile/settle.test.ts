import "../../function-environment";
import { QueryCommand } from "@aws-sdk/client-dynamodb";
import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { settle } from "../../../../../lib/lambda/payments/reconcile/settle";
import type { Suspicion } from "../../../../../lib/lambda/payments/reconcile/suspects";
import { authorized, captured, pending } from "../ledger/payments";
import { FakeStack, keyOf, many, minute, numbered, sumsOf } from "./fakes";

const stack = new FakeStack();
const payment = numbered(authorized, 1);
const id = payment.transactionId;

beforeEach(() => {
  stack.reset();
});

/** Settles suspects; `change` is to the run. */
async function settled(
  suspects: readonly string[],
  suspicion: Suspicion,
  change: Parameters<FakeStack["run"]>[0] = {},
) {
  const run = stack.run(change);
  await run.suspects.note(suspects, suspicion);
  await settle(run);
  return run.findings;
}

describe("a payment that does not agree", () => {
  const line = (account: string, currency: string, amount: string) => ({
    account,
    currency,
    amount,
  });
  const held = `customer:${payment.userId}:held`;
  const sums = (...lines: ReturnType<typeof line>[]) => {
    stack.database.sums.set(id, lines);
  };

  it.each<[string, readonly string[], () => void]>([
    [
      "a payment that was not posted",
      ["missing-in-ledger"],
      () => {
        stack.forget(() => true);
      },
    ],
    [
      "a payment that the table has lost",
      ["missing-in-table"],
      () => {
        stack.items.clear();
      },
    ],
    [
      "a version that was not posted",
      ["version-differs"],
      () => {
        stack.forget(({ version }) => version === 2);
      },
    ],
    [
      "a gap before the latest version",
      ["version-not-posted"],
      () => {
        stack.forget(({ version }) => version === 1);
      },
    ],
    [
      "no money where some should be",
      ["amounts-differ"],
      () => {
        sums();
      },
    ],
    [
      "another amount",
      ["amounts-differ"],
      () => {
        sums(line(held, "EUR", "999"), line("merchant:pending", "EUR", "-999"));
      },
    ],
    [
      "an amount that differs beyond a number's precision",
      ["amounts-differ"],
      () => {
        sums(
          line(held, "EUR", "9007199254740993"),
          line("merchant:pending", "EUR", "-9007199254740993"),
        );
      },
    ],
    [
      "another account",
      ["amounts-differ"],
      () => {
        sums(line("x", "EUR", "1000"), line("merchant:pending", "EUR", "-1000"));
      },
    ],
    [
      "another currency",
      ["amounts-differ"],
      () => {
        sums(line(held, "USD", "1000"), line("merchant:pending", "USD", "-1000"));
      },
    ],
    [
      "a sum that is not zero, by a unit that a number would lose",
      ["amounts-differ", "sum-not-zero"],
      () => {
        sums(
          line(held, "EUR", "9007199254740993"),
          line("merchant:pending", "EUR", "-9007199254740992"),
        );
      },
    ],
    [
      "an item that is no payment",
      ["unreadable"],
      () => stack.items.set(id, [{ transactionId: id }]),
    ],
    [
      "two items with one id",
      ["unreadable"],
      () => stack.items.set(id, [{ ...payment }, { ...payment, timestamp: 1 }]),
    ],
  ])("is %s: a difference, and a suspect until it is resolved", async (_, kinds, differ) => {
    stack.put(payment);
    stack.post(payment);
    differ();
    const { pending: left } = await settled([id], "amounts", { grace: 0 });

    expect(stack.found).toEqual(kinds.map((kind) => ({ paymentId: id, kind })));
    expect(left).toBe(0);
    expect([...stack.database.suspects.keys()]).toEqual([id]);
  });

  it("is none, and no suspect, if neither side knows it", async () => {
    await settled([id], "amounts");

    expect(stack.found).toEqual([]);
    expect(stack.database.suspects.size).toBe(0);
  });
});

describe("a payment that the ledger has not caught up with", () => {
  beforeEach(() => {
    stack.put(payment);
  });

  it("is checked until it agrees: after one second, two, four", async () => {
    stack.onSleep = () => {
      if (stack.sleeps.length === 3) stack.post(payment);
    };
    await settled([id], "amounts");

    expect(stack.sleeps).toEqual([1_000, 2_000, 4_000]);
    expect(stack.found).toEqual([]);
    expect(stack.database.suspects.size).toBe(0);
  });

  it("is read from the table again only when something was posted, and in the end", async () => {
    stack.onSleep = () => {
      if (stack.sleeps.length === 2) stack.post({ ...payment, version: 1, status: "PENDING" });
    };
    await settled([id], "amounts");

    expect(stack.dynamo.commandCalls(QueryCommand)).toHaveLength(3);
    expect(stack.found).toEqual([
      { paymentId: id, kind: "version-differs" },
      { paymentId: id, kind: "amounts-differ" },
    ]);
  });

  it("is a difference when the grace is over", async () => {
    await settled([id], "amounts");

    expect(stack.sleeps.reduce((sum, one) => sum + one)).toBe(30_000);
    expect(stack.found).toEqual([{ paymentId: id, kind: "missing-in-ledger" }]);
  });

  it("is pending if it changed meanwhile, and a suspect for the next run", async () => {
    stack.onSleep = () => {
      stack.put({ ...captured, transactionId: id });
    };
    const findings = await settled([id], "amounts");

    expect(findings.pending).toBe(1);
    expect(stack.found).toEqual([]);
    expect([...stack.database.suspects.keys()]).toEqual([id]);
  });

  it("is pending if the run's time is over before the grace", async () => {
    const findings = await settled([id], "amounts", { endTime: 5_000 });

    expect(stack.sleeps.reduce((sum, one) => sum + one)).toBe(5_000);
    expect(findings.pending).toBe(1);
    expect(stack.found).toEqual([]);
  });

  it("waits together with all others: ten times as many take no longer", async () => {
    stack.put(...many(pending, 1_100));
    await settled([...stack.items.keys()], "amounts");

    expect(stack.sleeps.reduce((sum, one) => sum + one)).toBe(30_000);
    expect(stack.found).toHaveLength(1_100);
  });

  it("is left to the next run where there was no time for a check", async () => {
    stack.put(...many(pending, 1_100));
    stack.callTime = 10;
    const findings = await settled([...stack.items.keys()], "documents", { endTime: 1_000 });

    expect(stack.dynamo.commandCalls(QueryCommand)).toHaveLength(1_000);
    expect(findings.pending).toBeGreaterThanOrEqual(1_100);
    expect(stack.found).toEqual([]);
    expect(stack.database.suspects.size).toBe(1_100);
  });

  it("stays a suspect if it was recorded again since it was checked", async () => {
    stack.post(payment);
    const run = stack.run();
    await run.suspects.note([id], "amounts");
    stack.database.suspects.set(id, stack.now + 1);
    await settle(run);

    expect([...stack.database.suspects.keys()]).toEqual([id]);
  });
});

describe("a change without audit document", () => {
  beforeEach(() => {
    stack.put(payment);
    stack.post(payment);
    for (const entry of stack.database.entries)
      if (entry.version === 2) stack.documents.delete(keyOf(entry));
  });

  it("is a difference when the grace period is over, identified by its version", async () => {
    await settled([id], "documents");

    expect(stack.sleeps).toEqual([30_000]);
    expect(stack.found).toEqual([{ paymentId: id, kind: "undocumented", version: 2 }]);
    expect([...stack.database.suspects.keys()]).toEqual([id]);
  });

  it("is none if the document comes within the grace", async () => {
    stack.onSleep = () => {
      for (const entry of stack.database.entries) stack.documents.add(keyOf(entry));
    };
    const findings = await settled([id], "documents");

    expect(stack.found).toEqual([]);
    expect(findings.pending).toBe(0);
    expect(stack.database.suspects.size).toBe(0);
  });

  it("is pending if there was no time to wait", async () => {
    const findings = await settled([id], "documents", { endTime: 5_000 });

    expect(findings.pending).toBe(1);
    expect(stack.found).toEqual([]);
  });

  it("waits no second time after payments have", async () => {
    const other = numbered(pending, 2);
    stack.put(other);
    const run = stack.run();
    await run.suspects.note([id], "documents");
    await run.suspects.note([other.transactionId], "amounts");
    await settle(run);

    expect(stack.sleeps.reduce((sum, one) => sum + one)).toBe(30_000);
    expect(stack.found).toHaveLength(2);
  });

  it("is not looked for where only amounts are suspected", async () => {
    await settled([id], "amounts");

    expect(stack.s3.commandCalls(ListObjectsV2Command)).toEqual([]);
    expect(stack.database.suspects.size).toBe(0);
  });
});

it("reports differences of amounts though the bucket is unavailable", async () => {
  stack.put(payment);
  stack.post(payment);
  stack.database.sums.set(id, sumsOf(pending));
  stack.s3.on(ListObjectsV2Command).rejects(new Error("the bucket is away"));

  await expect(settled([id], "documents")).rejects.toThrow("the bucket is away");
  expect(stack.found).toEqual([{ paymentId: id, kind: "amounts-differ" }]);
});

it("counts suspects for which there was no room as pending", async () => {
  const run = stack.run({ endTime: 11 * minute });
  await run.suspects.note(
    many(pending, 20_001).map(({ transactionId }) => transactionId),
    "amounts",
  );
  stack.now += 11 * minute;
  await settle(run);

  expect(run.suspects.isFull).toBe(true);
  expect(stack.database.suspects.size).toBe(20_001);
  expect(run.findings.pending).toBe(20_001);
});
