import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

/** The output and exit code of a command. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command as its script in package.json does. */
export async function runCommand(
  name: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const child = spawn(process.execPath, ["bin/cli.mjs", name, ...args], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [stdout, stderr] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  return { code: child.exitCode, stdout, stderr };
}

/**
 * Runs a command in this process, for many cases: the same code without the seconds that a process
 * takes to start. One at a time, for what is printed and the exit code belong to the process.
 */
export async function runHere(name: string, args: readonly string[]): Promise<Ended> {
  const { main } = await import("../bin/commands/index.js");
  const [stdout, stderr]: [string[], string[]] = [[], []];
  const into = (lines: string[]) => (text: unknown) => {
    lines.push(typeof text === "string" ? text : String(text));
    return true;
  };
  const line = (lines: string[]) => (text: unknown) => {
    into(lines)(`${String(text)}\n`);
  };
  const spies = [
    jest.spyOn(console, "log").mockImplementation(line(stdout)),
    jest.spyOn(console, "error").mockImplementation(line(stderr)),
    jest.spyOn(process.stdout, "write").mockImplementation(into(stdout)),
    jest.spyOn(process.stderr, "write").mockImplementation(into(stderr)),
  ];
  const before = process.exitCode;
  process.exitCode = undefined;
  try {
    await main([name, ...args]);
    return { code: exitCode(), stdout: stdout.join(""), stderr: stderr.join("") };
  } finally {
    process.exitCode = before;
    for (const spy of spies) spy.mockRestore();
  }
}

function exitCode(): number {
  return Number(process.exitCode ?? 0);
}
