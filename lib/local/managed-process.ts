import { spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

/** A program to run as a child process. */
export interface ManagedProcessOptions {
  /** What it is, for messages: `The emulator`. */
  readonly title: string;
  readonly command: string;
  readonly args: readonly string[];
  /** All of the environment: nothing of this process's own is added. */
  readonly environment: Readonly<Record<string, string>>;
  /** Its working folder, with all that it writes; gone when this process is. */
  readonly folder: string;
  /** Where its messages go. */
  readonly logFile: string;
  /** The user that it runs as; by default this process's. */
  readonly user?: number;
  /** The signal that stops it. */
  readonly stopSignal: "SIGINT" | "SIGTERM" | "SIGKILL";
}

/** A child process that never outlives this one. */
export interface ManagedProcess {
  /** Resolves when it has ended, to a sentence of how. */
  readonly ended: Promise<string>;
  /** Resolves to true when it has ended with exit code 0. */
  readonly succeeded: Promise<boolean>;
  /** Ends it and everything that it started. */
  stop(): Promise<void>;
}

/**
 * Leads a process group: the program takes this shell's place, and a guard beside it waits until this
 * process is gone, however it ended, to end the group and remove the program's folder.
 */
const guard = `folder=$1; shift
( trap '' INT TERM
  cat <&3
  kill -s TERM -- -$$; sleep 1; kill -s KILL -- $$; rm -rf -- "$folder"
) >/dev/null 2>&1 &
exec 3<&-
exec "$@"`;

/** How long a program may take to end after the signal, in milliseconds. */
const stopTimeoutMs = 5_000;

/** Starts a program in a process group of its own. */
export function startProcess(options: ManagedProcessOptions): ManagedProcess {
  const { title, command, logFile } = options;
  const log = fs.openSync(logFile, "a");
  const child = spawn("/bin/sh", ["-c", guard, "sh", options.folder, command, ...options.args], {
    cwd: options.folder,
    env: options.environment,
    stdio: ["ignore", log, log, "pipe"],
    detached: true,
    ...(options.user !== undefined && { uid: options.user, gid: options.user }),
  });
  fs.closeSync(log);

  const exit = new Promise<string>((resolve) => {
    child.once("error", (error) => {
      resolve(error.message);
    });
    child.once("exit", (code, signal) => {
      resolve(signal ?? `exit code ${String(code)}`);
    });
  });
  const signalGroup = (signal: NodeJS.Signals) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, signal);
    } catch {
      // nothing of the group is left
    }
  };
  return {
    ended: exit.then((how) => `${title} ended (${how})${lastLines(logFile)}`),
    succeeded: exit.then(() => child.exitCode === 0),
    async stop() {
      if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
        const ended = once(child, "exit");
        signalGroup(options.stopSignal);
        await Promise.race([ended, delay(stopTimeoutMs, undefined, { ref: false })]);
      }
      // the guard, and whatever the program has left running
      signalGroup("SIGKILL");
    },
  };
}

/** Rejects when a program ends. */
export async function failWhen(ended: Promise<string>): Promise<never> {
  throw new Error(await ended);
}

function lastLines(logFile: string): string {
  const lines = fs.existsSync(logFile) ? fs.readFileSync(logFile, "utf8").trimEnd() : "";
  return lines === "" ? "" : `; its last messages:\n${lines.split("\n").slice(-15).join("\n")}`;
}
