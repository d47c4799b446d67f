import { compareChanges, firstChanges } from "./changes";
import { type Checkpoint, loadCheckpoint, saveCheckpoint } from "./checkpoint";
import { withLock } from "./lock";
import { isOnPlan } from "./plan";
import { type Run, hasTime } from "./run";
import { settle } from "./settle";
import { recheckSuspects } from "./earlier-suspects";
import { type Sweep, type SweepPart, isDone, newSweep, sweepPage, sweepParts } from "./sweep";

/** The result of a run. */
export interface Outcome {
  /** Whether it did all that was planned, or timed out. */
  readonly complete: boolean;
  readonly sweep: Sweep;
}

/** The result of a scheduled run. */
export interface ScheduledOutcome extends Outcome {
  /** Whether all that changed since the last run was compared. */
  readonly changesCompared: boolean;
}

/**
 * A scheduled run: the suspects of earlier runs, all that changed since the last run, and a slice of the
 * rolling sweep; then what was found is settled. If a part fails, the others are done all the same, and
 * the run fails with its error.
 *
 * @param onMalformed - Called with what is wrong with a checkpoint that cannot be used; all starts again then.
 * @returns undefined if another run is in progress.
 */
export function reconcile(
  run: Run,
  onMalformed: (problems: readonly string[]) => void,
): Promise<ScheduledOutcome | undefined> {
  const { database, settings, clock } = run;
  const { table } = settings;
  return withLock(database, `reconciliation of ${table}`, async () => {
    const loaded = await loadCheckpoint(database, table, clock.now());
    if (loaded.result === "malformed") onMalformed(loaded.problems);
    let checkpoint = loaded.result === "found" ? loaded.checkpoint : await firstCheckpoint(run);
    const save = async (change: Partial<Checkpoint>) => {
      checkpoint = { ...checkpoint, ...change };
      await saveCheckpoint(database, table, checkpoint);
    };
    if (isComplete(checkpoint.sweep))
      checkpoint = { ...checkpoint, sweep: await newSweep(run, checkpoint.sweep.counts) };

    const failures: unknown[] = [];
    const attempt = <T>(work: () => Promise<T>) =>
      work().catch((error: unknown) => {
        failures.push(error);
        return undefined;
      });
    const isEnough = (sweep: Sweep, part: SweepPart) =>
      isOnPlan(sweep, part, { now: clock.now(), ...settings });
    await attempt(async () => {
      await save({ suspectsAfter: await recheckSuspects(run, checkpoint.suspectsAfter) });
    });
    const compared = await attempt(() =>
      compareChanges(run, checkpoint.changes, (changes) => save({ changes })),
    );
    await attempt(() =>
      continueSweep(run, checkpoint.sweep, { isEnough, save: (sweep) => save({ sweep }) }),
    );
    await attempt(() => settle(run));
    if (failures.length > 0) throw failures[0];

    const { sweep } = checkpoint;
    const changesCompared = compared === true;
    const isSwept = sweepParts.every((part) => isDone(sweep, part) || isEnough(sweep, part));
    return { changesCompared, complete: changesCompared && isSwept, sweep };
  });
}

/**
 * Sweeps the whole table, the whole ledger and all documents, whatever the schedule has done.
 *
 * @param from - The progress of an earlier invocation that timed out.
 */
export async function reconcileEverything(run: Run, from: Sweep | undefined): Promise<Outcome> {
  let sweep = from ?? (await newSweep(run));
  const save = (swept: Sweep) => {
    sweep = swept;
    return Promise.resolve();
  };
  const failures: unknown[] = [];
  await continueSweep(run, sweep, { isEnough: isDone, save }).catch((error: unknown) => {
    failures.push(error);
  });
  await settle(run);
  if (failures.length > 0) throw failures[0];
  return { complete: isComplete(sweep), sweep };
}

/** The checkpoint of a table that has never been compared. */
async function firstCheckpoint(run: Run): Promise<Checkpoint> {
  return { changes: await firstChanges(run), suspectsAfter: "", sweep: await newSweep(run) };
}

const isComplete = (sweep: Sweep) => sweepParts.every((part) => isDone(sweep, part));

/**
 * Continues the parts of a sweep in turns, each by a page at least, until they have done enough, the time
 * is over or there are more suspects than can be settled. A part that fails leaves the time to the others.
 */
async function continueSweep(
  run: Run,
  from: Sweep,
  {
    isEnough,
    save,
  }: {
    readonly isEnough: (sweep: Sweep, part: SweepPart) => boolean;
    readonly save: (sweep: Sweep) => Promise<void>;
  },
): Promise<void> {
  let sweep = from;
  const failures: unknown[] = [];
  const left = new Set(sweepParts.filter((part) => !isDone(sweep, part)));
  while (left.size > 0 && hasTime(run) && !run.suspects.isFull) {
    for (const part of left) {
      try {
        sweep = await sweepPage(run, sweep, part);
        await save(sweep);
        if (isDone(sweep, part) || isEnough(sweep, part)) left.delete(part);
      } catch (error) {
        failures.push(error);
        left.delete(part);
      }
    }
  }
  if (failures.length > 0) throw failures[0];
}
