import type { ManagedProcess } from "./managed-process";

/** What stops everything that a run has started. */
export class Shutdown {
  private readonly processes: ManagedProcess[] = [];
  private readonly actions: (() => Promise<void>)[] = [];
  private stopped: Promise<void> | undefined;

  /** Stops a process with the run; one that starts during the shutdown is stopped at once. */
  addProcess(process: ManagedProcess): void {
    if (this.stopped === undefined) this.processes.push(process);
    else void process.stop();
  }

  /** Runs an action when every process has ended. */
  addAction(action: () => Promise<void>): void {
    this.actions.push(action);
  }

  /** Stops everything, once. */
  run(): Promise<void> {
    this.stopped ??= this.runNow();
    return this.stopped;
  }

  private async runNow(): Promise<void> {
    await Promise.all(this.processes.map((process) => process.stop()));
    await Promise.all(this.actions.map((action) => action()));
  }
}
