import * as z from "zod/mini";
import type { Queryable } from "../../database/connection";
import { changesSchema } from "./changes";
import { sweepSchema } from "./sweep";

const schema = z.object({
  /** The progress of the comparison of what changed. */
  changes: changesSchema,
  /** After which payment the check of the suspects continues; from the first if it is empty. */
  suspectsAfter: z.string(),
  sweep: sweepSchema,
});

/** The progress of a table's reconciliation. */
export type Checkpoint = Readonly<z.infer<typeof schema>>;

/** The result of loading a checkpoint. */
export type Loaded =
  | { readonly result: "found"; readonly checkpoint: Checkpoint }
  | { readonly result: "none" }
  | { readonly result: "malformed"; readonly problems: readonly string[] };

const select = "SELECT state FROM reconciliation.checkpoints WHERE name = $1";

/** The checkpoint of a table; one that lies in the future would skip what is before it. */
export async function loadCheckpoint(
  client: Queryable,
  table: string,
  now: number,
): Promise<Loaded> {
  const { rows } = await client.query<{ state: unknown }>(select, [table]);
  const [row] = rows;
  if (row === undefined) return { result: "none" };
  const parsed = schema.safeParse(row.state);
  if (!parsed.success)
    return { result: "malformed", problems: parsed.error.issues.map(({ path }) => path.join(".")) };
  const { changes, sweep } = parsed.data;
  const times = {
    "changes.created": changes.created.since,
    "changes.posted": Date.parse(changes.posted.postedAt),
    "sweep.startedAt": sweep.startedAt,
  };
  const problems = Object.entries(times).filter(([, time]) => time > now + clockDifference);
  return problems.length > 0
    ? { result: "malformed", problems: problems.map(([name]) => name) }
    : { result: "found", checkpoint: parsed.data };
}

/** By how much the database's clock may be ahead of the function's, in milliseconds. */
const clockDifference = 60_000;

const upsert = `
  INSERT INTO reconciliation.checkpoints (name, state) VALUES ($1, $2)
  ON CONFLICT (name) DO UPDATE SET state = excluded.state, updated_at = clock_timestamp()`;

/** Saves the progress of a table's reconciliation. */
export async function saveCheckpoint(
  client: Queryable,
  table: string,
  checkpoint: Checkpoint,
): Promise<void> {
  await client.query(upsert, [table, JSON.stringify(checkpoint)]);
}
