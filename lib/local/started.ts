import type { Supervised } from "./supervised";

/** What a run has started, to be stopped with it. */
export class Started {
  private readonly programs: Supervised[] = [];
  private readonly afterwards: (() => Promise<void>)[] = [];
  private stopped: Promise<void> | undefined;

  /** A program; one that comes when all is being stopped is stopped at once. */
  add(program: Supervised): void {
    if (this.stopped === undefined) this.programs.push(program);
    else void program.stop();
  }

  /** What is left to do when every program has ended. */
  onStop(action: () => Promise<void>): void {
    this.afterwards.push(action);
  }

  /** Stops everything, once. */
  stop(): Promise<void> {
    this.stopped ??= this.stopNow();
    return this.stopped;
  }

  private async stopNow(): Promise<void> {
    await Promise.all(this.programs.map((program) => program.stop()));
    for (const action of this.afterwards) await action();
  }
}
