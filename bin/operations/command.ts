import * as fs from "node:fs";
import * as path from "node:path";
import { inspect } from "node:util";
import { type Command, CommanderError, InvalidArgumentError, Option } from "commander";
import pc from "picocolors";
import { outputsFolder } from "../../lib/core/outputs-file";
import { UserError } from "../../lib/core/user-error";
import { log } from "./terminal";

/** How a command ends. */
export const exitCodes = {
  /** All is well. */
  done: 0,
  /** The command did its work and found something that needs attention. */
  attention: 1,
  /** Wrong usage, or what it works on cannot be reached. */
  failed: 2,
} as const;

/** An error whose message is for the user of the command. */
export class CommandError extends UserError {
  override readonly name = "CommandError";
}

/** The project's folder. */
export const root = path.resolve(__dirname, "../..");

/**
 * Writes a file that the user has named.
 *
 * @throws {@link CommandError} if it cannot be written.
 */
export function writeFile(file: string, content: string | Uint8Array): void {
  try {
    fs.writeFileSync(file, content);
  } catch (error) {
    throw new CommandError(`${file} cannot be written: ${String(error)}`, { cause: error });
  }
}

/** `--outputs`: which stack a command works on. */
export function outputsOption(): Option {
  return new Option("--outputs <file>", "the stack's outputs").default(
    path.join(outputsFolder, "flat-outputs.json"),
  );
}

/** `--with`: the optional modules that a command switches on in the stacks that it works on. */
export function withOption(): Option {
  return new Option(
    "--with <modules>",
    "with these optional modules switched on, separated by commas, or all",
  ).argParser(listed);
}

/**
 * The parts of an option's value that commas separate.
 *
 * @throws commander's `InvalidArgumentError` if one is empty.
 */
export function listed(value: string): string[] {
  const parts = value.split(",").map((part) => part.trim());
  if (parts.includes("")) throw new InvalidArgumentError("allowed: names, separated by commas");
  return parts;
}

/** A parser of whole numbers within bounds. */
export function between(min: number, max: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (!/^\d+$/.test(value) || number < min || number > max)
      throw new InvalidArgumentError(`allowed: ${String(min)} to ${String(max)}`);
    return number;
  };
}

/** Runs a tool's command, whose errors are thrown; its action sets the exit code, unless the command fails. */
export async function start(
  tool: Command,
  args: readonly string[],
  failed: number = exitCodes.failed,
): Promise<void> {
  try {
    await tool.parseAsync(args, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) {
      // help ends with 0; commander has printed any other error
      process.exitCode = error.exitCode === 0 ? exitCodes.done : failed;
      return;
    }
    const known = error instanceof UserError;
    log(known ? pc.red(error.message) : inspect(error));
    process.exitCode = failed;
  }
}
