import pc from "picocolors";
import { printable } from "../../lib/core/printable";

/**
 * Writes to standard output or standard error. Everything that commands write goes through here: what AWS, a file or a
 * request put into it cannot reach the terminal as an escape sequence.
 */
export function write(stream: "stdout" | "stderr", text: string): void {
  process[stream].write(printable(text, pc.isColorSupported));
}

/** Prints what a command was asked for. */
export function print(text: string): void {
  write("stdout", `${text}\n`);
}

/** Says what goes on beside it: progress, warnings, errors. */
export function say(text: string): void {
  write("stderr", `${text}\n`);
}
