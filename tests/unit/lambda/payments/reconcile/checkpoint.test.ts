import "../../function-environment";
import {
  type Checkpoint,
  loadCheckpoint,
  saveCheckpoint,
} from "../../../../../lib/lambda/payments/reconcile/checkpoint";
import { firstChanges } from "../../../../../lib/lambda/payments/reconcile/changes";
import { newSweep } from "../../../../../lib/lambda/payments/reconcile/sweep";
import { FakeStack, day, start } from "./fakes";

const stack = new FakeStack();
let checkpoint: Checkpoint;

beforeEach(async () => {
  stack.reset();
  const run = stack.run();
  checkpoint = {
    changes: await firstChanges(run),
    suspectsAfter: "pay_1",
    sweep: await newSweep(run, { table: 1, ledger: 2, documents: 3 }),
  };
});

const load = (table = "transactions") => loadCheckpoint(stack.database, table, start);

it("is what was saved last, for the same table", async () => {
  await saveCheckpoint(stack.database, "transactions", { ...checkpoint, suspectsAfter: "" });
  await saveCheckpoint(stack.database, "transactions", checkpoint);

  await expect(load()).resolves.toEqual({ result: "found", checkpoint });
});

it("of another table is none", async () => {
  await saveCheckpoint(stack.database, "others", checkpoint);

  await expect(load()).resolves.toEqual({ result: "none" });
});

it.each<[string, (sound: Checkpoint) => unknown, readonly string[]]>([
  ["nothing", () => null, [""]],
  ["a place of another kind", (sound) => ({ ...sound, suspectsAfter: 7 }), ["suspectsAfter"]],
  [
    "no part of the table, which would be through at once",
    (sound) => ({ ...sound, sweep: { ...sound.sweep, table: [] } }),
    ["sweep.table"],
  ],
  [
    "a time that is none, which no statement could be given",
    (sound) => ({ ...sound, sweep: { ...sound.sweep, before: "2026-02-31" } }),
    ["sweep.before"],
  ],
  [
    "times in the future, which would pass over what is before",
    (sound) => ({
      ...sound,
      changes: {
        created: { since: start + day },
        posted: { ...sound.changes.posted, postedAt: "2027-01-01T00:00:00Z" },
      },
      sweep: { ...sound.sweep, startedAt: start + day },
    }),
    ["changes.created", "changes.posted", "sweep.startedAt"],
  ],
])("with %s is malformed", async (_, spoil, problems) => {
  stack.database.checkpoints.set("transactions", spoil(checkpoint));

  await expect(load()).resolves.toEqual({ result: "malformed", problems });
});
