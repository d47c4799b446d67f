import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import * as path from "node:path";
import * as z from "zod";

const messageSchema = z.object({
  id: z.string(),
  result: z.unknown().optional(),
  error: z.string().optional(),
});

/** The outcome of an invocation: a result, an error, or the end of its process. */
export type Outcome = { readonly result: unknown } | { readonly failure: string };

/** A function's bundle in a process of its own. */
export class FunctionProcess {
  private readonly child: ChildProcess;
  private readonly waiting = new Map<string, (outcome: Outcome) => void>();
  private runs = 0;
  /** Set before the process's end is reported: it must not be invoked again meanwhile. */
  private ended = false;
  private readonly ready: Promise<Outcome>;

  constructor(bundleFile: string, environment: Readonly<Record<string, string>>) {
    this.child = fork(path.join(__dirname, "function-host.mjs"), [bundleFile], {
      env: environment,
      execArgv: [], // jest's are not its
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    this.ready = this.nextOutcome("ready");
    this.child.on("message", (message) => {
      const { id, result, error } = messageSchema.parse(message);
      this.settle(id, error === undefined ? { result } : { failure: error });
    });
    this.child.on("exit", (code, signal) => {
      const failure = `its process ended: ${String(signal ?? code)}`;
      for (const id of this.waiting.keys()) this.settle(id, { failure });
    });
  }

  get alive(): boolean {
    return !this.ended && this.child.exitCode === null && this.child.signalCode === null;
  }

  async invoke(event: unknown): Promise<Outcome> {
    await this.ready;
    if (!this.alive) return { failure: "its process has ended" };
    const id = String(++this.runs);
    const response = this.nextOutcome(id);
    this.child.send({ id, event }, (error) => {
      if (error === null) return;
      this.ended = true;
      this.settle(id, { failure: `its process ended: ${error.message}` });
    });
    return response;
  }

  /** As when Lambda's host dies: at once. */
  kill(): void {
    this.ended = true;
    this.child.kill("SIGKILL");
  }

  private settle(id: string, outcome: Outcome): void {
    this.waiting.get(id)?.(outcome);
    this.waiting.delete(id);
  }

  private nextOutcome(id: string): Promise<Outcome> {
    return new Promise((resolve) => {
      this.waiting.set(id, resolve);
    });
  }
}
