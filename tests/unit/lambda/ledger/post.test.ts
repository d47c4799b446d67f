import { changeOf } from "../../../../lib/lambda/ledger/change";
import { PoisonError } from "../../../../lib/lambda/ledger/poison";
import { post } from "../../../../lib/lambda/ledger/post";
import { authorized, pending, streamRecord } from "./payments";

const changeTo = (before: typeof pending | undefined, after: typeof pending) => {
  const change = changeOf(streamRecord(before, after));
  if (change === undefined) throw new Error("ignored");
  return change;
};
const query = jest.fn();
const answers = (...results: { rowCount?: number; rows?: object[] }[]) => {
  query.mockReset();
  for (const result of results) query.mockResolvedValueOnce(result);
};
const authorizedRows = [
  { kind: "authorized", currency: "EUR", account: "customer:user-1:held", amount: "1000" },
  { kind: "authorized", currency: "EUR", account: "merchant:pending", amount: "-1000" },
];

describe("posting a change", () => {
  it("writes the entry and its postings in one statement", async () => {
    answers({ rowCount: 1 });
    await post({ query }, changeTo(pending, authorized));

    expect(query.mock.calls).toEqual([
      [
        expect.stringMatching(
          /INSERT INTO ledger\.entries[^;]*ON CONFLICT \(payment_id, version\) DO NOTHING[^;]*INSERT INTO ledger\.postings/,
        ),
        [
          authorized.transactionId,
          2,
          "authorized",
          "EUR",
          new Date("2026-01-01T00:00:01Z"),
          ["customer:user-1:held", "merchant:pending"],
          [1_000, -1_000],
        ],
      ],
    ]);
  });

  it("writes an entry without postings when no money moves", async () => {
    answers({ rowCount: 1 });
    await post({ query }, changeTo(undefined, pending));

    expect(query).toHaveBeenCalledWith(expect.anything(), expect.arrayContaining([[], []]));
  });

  it.each([
    ["with postings", pending, authorized, authorizedRows],
    [
      "without any",
      undefined,
      pending,
      [{ kind: "created", currency: "EUR", account: null, amount: null }],
    ],
  ])("changes nothing when the same entry is there, %s", async (_, before, after, rows) => {
    answers({ rowCount: 0 }, { rows });

    await expect(post({ query }, changeTo(before, after))).resolves.toBeUndefined();
    expect(query).toHaveBeenLastCalledWith(expect.stringContaining("SELECT"), [
      after.transactionId,
      after.version,
    ]);
  });

  it.each([
    ["kind", authorizedRows.map((row) => ({ ...row, kind: "captured" }))],
    ["currency", authorizedRows.map((row) => ({ ...row, currency: "USD" }))],
    ["amount", authorizedRows.map((row) => ({ ...row, amount: `${row.amount}0` }))],
    ["number of postings", authorizedRows.slice(1)],
  ])("refuses a change when the entry that is there has another %s", async (_, rows) => {
    answers({ rowCount: 0 }, { rows });

    await expect(post({ query }, changeTo(pending, authorized))).rejects.toThrow(
      new PoisonError(`The ledger has another entry for version 2 of ${authorized.transactionId}`),
    );
  });
});
