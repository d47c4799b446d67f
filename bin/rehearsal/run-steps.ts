/** A part of a rehearsal. */
export interface Step {
  readonly name: string;
  /** How long it may take, in minutes. */
  readonly limitMinutes: number;
  /** Whether it runs whatever has failed before: what was made must be removed. */
  readonly isAlwaysRun?: true;
  /**
   * Does it, and returns what it has proved.
   *
   * @param signal - aborted when its time is over or the run is interrupted; then it ends as soon as it can.
   * @throws if it fails; the message says what was found.
   */
  readonly run: (signal: AbortSignal) => Promise<string>;
}

/** Why steps end that somebody interrupts. */
export class Interruption extends Error {
  /** @param reachesChildren - whether the processes that this one started have got the same signal. */
  constructor(readonly reachesChildren: boolean) {
    super("interrupted");
  }
}

/** How a step ended. */
export interface StepResult {
  readonly name: string;
  readonly outcome: "passed" | "failed" | "skipped";
  /** What it has proved, or why it failed or was skipped. */
  readonly message: string;
  readonly seconds: number;
}

/** What observes a run of steps, and what ends it. */
export interface StepsRun {
  readonly onStart?: (step: Step) => void;
  readonly onEnd?: (result: StepResult) => void;
  /** Interrupts the step that runs, by an {@link Interruption}; those that always run follow. */
  readonly interrupted: AbortSignal;
  /** Interrupts those too. */
  readonly abandoned: AbortSignal;
  /** How long a step may take to end when it is told to, in milliseconds: the Pulumi CLI waits for AWS's answers. */
  readonly grace?: number;
}

/** Runs steps one after the other. After a failure or an interruption only those run that always do. */
export async function runSteps(steps: readonly Step[], run: StepsRun): Promise<StepResult[]> {
  const results: StepResult[] = [];
  for (const step of steps) {
    const stop = step.isAlwaysRun === true ? run.abandoned : run.interrupted;
    const obstacle = stop.aborted ? "interrupted" : obstacleOf(step, results);
    if (obstacle === undefined) run.onStart?.(step);
    const result: StepResult =
      obstacle === undefined
        ? await attempt(step, stop, run.grace ?? 5 * 60_000)
        : { name: step.name, outcome: "skipped", message: obstacle, seconds: 0 };
    results.push(result);
    run.onEnd?.(result);
  }
  return results;
}

function obstacleOf(step: Step, before: readonly StepResult[]): string | undefined {
  const failed = before.find(({ outcome }) => outcome === "failed");
  return failed === undefined || step.isAlwaysRun === true ? undefined : `${failed.name} failed`;
}

async function attempt(step: Step, stop: AbortSignal, grace: number): Promise<StepResult> {
  const start = performance.now();
  const end = new AbortController();
  const { signal } = end;
  const settled = new AbortController();
  const timer = setTimeout(() => {
    end.abort(new Error(`not done within ${String(step.limitMinutes)} minutes`));
  }, step.limitMinutes * 60_000);
  const interrupt = () => {
    end.abort(stop.reason);
  };
  stop.addEventListener("abort", interrupt);
  let ended: Pick<StepResult, "outcome" | "message">;
  try {
    const message = await Promise.race([step.run(signal), overdue(signal, settled.signal, grace)]);
    signal.throwIfAborted();
    ended = { outcome: "passed", message };
  } catch (error) {
    // what a step fails with that was told to end is of no interest
    const reason: unknown = signal.aborted ? signal.reason : error;
    ended = {
      outcome: "failed",
      message: reason instanceof Error ? reason.message : String(reason),
    };
  } finally {
    clearTimeout(timer);
    settled.abort();
    stop.removeEventListener("abort", interrupt);
  }
  return { name: step.name, ...ended, seconds: (performance.now() - start) / 1000 };
}

/** Rejects where a step has been told to end and has not settled. */
function overdue(signal: AbortSignal, settled: AbortSignal, grace: number): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => {
      if (settled.aborted) return;
      const timer = setTimeout(() => {
        reject(new Error("did not end"));
      }, grace);
      settled.addEventListener("abort", () => {
        clearTimeout(timer);
      });
    });
  });
}
