import type { Payment } from "../../../../../lib/lambda/payments/domain/payment";
import { changeOf } from "../../../../../lib/lambda/payments/ledger/change";
import { PoisonError } from "../../../../../lib/lambda/payments/ledger/poison";
import { postAll } from "../../../../../lib/lambda/payments/ledger/post";
import { FakeLedger } from "./fake-ledger";
import { authorized, canceled, pending, streamRecord } from "./payments";

const changeTo = (before: Payment | undefined, after: Payment) => {
  const change = changeOf(streamRecord(before, after));
  if (change === undefined) throw new Error("ignored");
  return change;
};
const created = changeTo(undefined, pending);
const approved = changeTo(pending, authorized);
const released = changeTo(authorized, canceled);
const many = (count: number) =>
  Array.from({ length: count }, (_, i) =>
    changeTo(undefined, { ...pending, transactionId: `pay_${String(i)}` }),
  );
const blamed = (names: readonly string[], culprit: string) => {
  if (names.some((name) => name.startsWith(culprit)))
    throw Object.assign(new Error("out of range"), { code: "22003" });
};

let ledger: FakeLedger;
beforeEach(() => {
  ledger = new FakeLedger();
});

describe("posting changes", () => {
  it("writes all entries and their postings in one statement", async () => {
    const query = jest.spyOn(ledger, "query");
    const { entries, refused } = await postAll(ledger, [created, approved, released], 1);

    expect(entries.map(({ change }) => change)).toEqual([created, approved, released]);
    expect(refused.size).toBe(0);
    expect(query.mock.calls).toEqual([
      [
        expect.stringMatching(
          /INSERT INTO ledger\.entries[^;]*ON CONFLICT DO NOTHING[^;]*INSERT INTO ledger\.postings/,
        ),
        expect.anything(),
      ],
    ]);
    expect([...ledger.entries.values()]).toEqual([
      { kind: "created", currency: "EUR", document: null, lines: [] },
      {
        kind: "authorized",
        currency: "EUR",
        document: null,
        lines: ["customer:user-1:held 1000", "merchant:pending -1000"],
      },
      {
        kind: "canceled",
        currency: "EUR",
        document: null,
        lines: ["customer:user-1:held -1000", "merchant:pending 1000"],
      },
    ]);
  });

  it("changes nothing where an entry exists, and reads all of those at once", async () => {
    await postAll(ledger, [approved], 1);
    await postAll(ledger, [created, released], 1);
    const before = structuredClone(ledger.entries);
    const { entries, refused } = await postAll(ledger, [created, approved, released], 1);

    expect(entries).toHaveLength(3);
    expect(refused.size).toBe(0);
    expect(ledger.entries).toEqual(before);
    expect(ledger.statements).toHaveLength(4);
  });

  it.each([
    ["kind", { kind: "captured" }],
    ["currency", { currency: "USD" }],
    ["amount", { lines: ["customer:user-1:held 10000", "merchant:pending -10000"] }],
    ["number of postings", { lines: ["merchant:pending -1000"] }],
  ])("refuses a change alone when the existing entry has another %s", async (_, other) => {
    await postAll(ledger, [approved], 1);
    const [[name, entry] = ["", undefined]] = [...ledger.entries];
    if (entry !== undefined) ledger.entries.set(name, { ...entry, ...other });
    const { entries, refused } = await postAll(ledger, [created, approved, released], 1);

    expect(entries.map(({ change }) => change)).toEqual([created, released]);
    expect([...refused]).toEqual([
      [
        approved,
        new PoisonError(
          `The ledger has another entry for version 2 of ${authorized.transactionId}`,
        ),
      ],
    ]);
  });

  it("refuses a change that is neither inserted nor existing", async () => {
    jest.spyOn(ledger, "query").mockResolvedValue({
      rows: [],
      rowCount: 0,
      command: "",
      oid: 0,
      fields: [],
    });

    expect((await postAll(ledger, [created], 1)).refused.size).toBe(1);
  });

  it("finds the one that is to blame in a hundred, and posts the others in their order", async () => {
    const changes = many(100);
    ledger.before = (names) => {
      blamed(names, "pay_37/");
    };
    const { entries, refused } = await postAll(ledger, changes, 1);

    expect([...refused.keys()]).toEqual([changes[37]]);
    expect(entries.map(({ change }) => change)).toEqual(changes.filter((_, i) => i !== 37));
    expect([...ledger.entries.keys()]).toHaveLength(99);
    expect(ledger.statements.length).toBeLessThan(16);
  });

  it("throws what may be transient, and posts nothing after it", async () => {
    let statements = 0;
    ledger.before = (names) => {
      if (++statements === 3) throw Object.assign(new Error("away"), { code: "57P01" });
      blamed(names, "pay_0/");
    };

    await expect(postAll(ledger, many(4), 1)).rejects.toThrow("away");
    expect(ledger.entries.size).toBe(0);
  });
});

describe("changes that share a document", () => {
  it("name it in their entries: as many as may share one; a last one alone has its own", async () => {
    await postAll(ledger, many(5), 2);

    const documents = [...ledger.entries.values()].map(({ document }) => document);
    expect(documents[0]).toMatch(
      /^payments\/2026\/01\/01\/20260101T000001\.000Z-batch-[0-9a-f]{32}\.jsonl$/,
    );
    expect(documents[1]).toBe(documents[0]);
    expect(documents[3]).toBe(documents[2]);
    expect(documents[2]).not.toBe(documents[0]);
    expect(documents[4]).toBeNull();
  });

  it("retain the name that they have, however they are delivered again", async () => {
    const changes = many(4);
    const first = await postAll(ledger, changes, 4);
    const again = await postAll(ledger, changes.slice(1), 1);

    expect(again.entries).toEqual(first.entries.slice(1));
  });

  it("never share one with a change that is refused", async () => {
    ledger.before = (names) => {
      blamed(names, "pay_3/");
    };
    const { entries } = await postAll(ledger, many(4), 100);

    expect(entries[0]?.document).toBeDefined();
    expect(entries[1]?.document).toBe(entries[0]?.document);
    expect(entries[2]?.document).toBeUndefined();
  });
});
