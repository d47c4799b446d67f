import * as z from "zod";
import { describeWithPayments, eventually, isLocal, newKey, post } from "./deployed";
import {
  alarmState,
  auditKeys,
  command,
  deleteItem,
  itemOf,
  putItem,
  removeLetters,
  silence,
} from "./operations";

jest.setTimeout(180_000);

/** On AWS a metric takes minutes to reach its alarm. */
const locally = isLocal ? it : it.skip;

const reportSchema = z.object({
  checked: z.int(),
  pending: z.int(),
  differenceCount: z.int(),
  differences: z.array(z.object({ paymentId: z.string(), kind: z.string() })),
  complete: z.boolean(),
  sweep: z.object({ lagSeconds: z.int() }),
});

/** A reconciliation; others may have differences, too. */
async function reconcile(...more: readonly string[]) {
  const { code, stdout } = await command("reconcile", ["--json", "--grace", "2", ...more]);
  const report = reportSchema.parse(JSON.parse(stdout));
  expect(code).toBe(report.differenceCount === 0 ? 0 : 1);
  return {
    ...report,
    of: (id: string) =>
      report.differences.filter(({ paymentId }) => paymentId === id).map(({ kind }) => kind),
  };
}

/** A payment that is authorized, in table and ledger. */
async function authorized(): Promise<string> {
  const { body } = await post("/payment", { userId: newKey(), amount: 900, currency: "USD" });
  const id = String(body["transactionId"]);
  await post(`/payment/${id}/authorize`, { outcome: "APPROVED" });
  await eventually(
    () => auditKeys(id, new Date()),
    (keys) => keys.length === 2,
    60_000,
  );
  return id;
}

describeWithPayments("the reconciliation", () => {
  it("counts every payment, and finds nothing wrong with one that the service made", async () => {
    const id = await authorized();
    const report = await reconcile();

    expect(report.checked).toBeGreaterThan(0);
    expect(report.of(id)).toEqual([]);
  });

  it("tells an amount that was changed behind the service's back, until it is put right", async () => {
    const id = await authorized();
    const item = await itemOf(id);
    await putItem({ ...item, amount: { N: "901" } });
    const wrong = await reconcile();
    await putItem(item);
    await removeLetters(id, 2);
    const right = await reconcile();

    expect(wrong.of(id)).toEqual(["amounts-differ"]);
    expect(right.of(id)).toEqual([]);
  });

  it("tells a payment that is gone from the table, in a table for people", async () => {
    const id = await authorized();
    const item = await itemOf(id);
    await deleteItem(item);
    const { code, stdout } = await command("reconcile", ["--grace", "1"]);
    await putItem(item);
    // its coming back looks like a payment that begins as authorized
    await removeLetters(id, 2);

    expect(code).toBe(1);
    expect(stdout).toMatch(/\d+ payments checked, \d+ still changing, [1-9]\d* differences\./);
    expect(stdout).toMatch(new RegExp(`${id} .* missing-in-table`));
    expect((await reconcile()).of(id)).toEqual([]);
  });

  it("tells a payment whose versions are not those of the ledger", async () => {
    const id = await authorized();
    const item = await itemOf(id);
    await putItem({ ...item, version: { N: "7" } });
    const wrong = await reconcile();
    await putItem(item);
    await removeLetters(id, 2);

    expect(wrong.of(id)).toEqual(["version-differs"]);
  });

  locally("raises the alarm", async () => {
    const id = await authorized();
    const item = await itemOf(id);
    await silence("reconciliation-differences");
    await putItem({ ...item, amount: { N: "1" } });
    await reconcile();
    const state = await alarmState("reconciliation-differences");
    await putItem(item);
    await removeLetters(id, 2);

    expect(state).toBe("ALARM");
  });
});
