import pc from "picocolors";
import { printable } from "../../lib/core/printable";

/**
 * Writes to standard output or standard error. Everything that commands write goes through here: what AWS, a file or a
 * request put into it cannot reach the terminal as an escape sequence.
 */
export function write(stream: "stdout" | "stderr", text: string): void {
  process[stream].write(printable(text, pc.isColorSupported));
}

/** Prints a command's result to standard output. */
export function print(text: string): void {
  write("stdout", `${text}\n`);
}

/** Prints what accompanies it to standard error: progress, warnings, errors. */
export function log(text: string): void {
  write("stderr", `${text}\n`);
}
