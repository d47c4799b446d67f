import { spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as path from "node:path";
import { text } from "node:stream/consumers";
import { CommandError } from "../operations/command";

/** A command of a checkout, and where it runs. */
export interface OwnCommand {
  /** The checkout whose command it is. */
  readonly checkout: string;
  readonly name: string;
  readonly args: readonly string[];
  /** Where it runs. */
  readonly folder: string;
  /** The file with its output. */
  readonly logFile: string;
  readonly signal: AbortSignal;
}

/** How many lines of a command's output its failure shows. */
const shownLines = 20;

/**
 * Runs a command as its script in package.json does.
 *
 * @returns what it printed.
 * @throws {@link CommandError} if it does not end with 0, with the end of what it printed.
 */
export async function runOwnCommand(command: OwnCommand): Promise<string> {
  const { checkout, name, args, folder, logFile, signal } = command;
  const child = spawn(process.execPath, [path.join(checkout, "bin/cli.mjs"), name, ...args], {
    cwd: folder,
    env: process.env,
    stdio: ["ignore", "pipe", "pipe"],
    signal,
  });
  const [stdout, stderr] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  fs.writeFileSync(logFile, `${stdout}\n${stderr}`);
  if (child.exitCode === 0) return stdout;
  const shown = `${stderr.trim()}\n${stdout.trim()}`.trim().split("\n").slice(-shownLines);
  throw new CommandError(
    `npm run ${name} ended with ${String(child.exitCode)}:\n${shown.join("\n")}`,
  );
}
