import * as fs from "node:fs";
import * as path from "node:path";
import { UserError } from "./user-error";
import { writeFileAtomically } from "./write-file-atomically";

/** A stack's outputs by name: texts and numbers, lists and maps of them. */
export type StackOutputs = Readonly<Record<string, unknown>>;

/** Where outputs are written, and read by the integration suite. */
export const outputsFolder = "cfn-outputs";

/**
 * Writes a stack's outputs into a folder: `flat-outputs.json` with one key an output, and
 * `all-outputs.json` with the outputs of every stack by the stack's name.
 *
 * @returns the path of `flat-outputs.json`.
 */
export function writeOutputs(outputs: StackOutputs, stack: string, folder: string): string {
  fs.mkdirSync(folder, { recursive: true });
  const flat = path.join(folder, "flat-outputs.json");
  const all = path.join(folder, "all-outputs.json");
  const others = fs.existsSync(all) ? readFlatOutputs(all) : {};
  writeJson(all, { ...others, [stack]: outputs });
  writeJson(flat, outputs);
  return flat;
}

/**
 * Reads `flat-outputs.json`.
 *
 * @throws an error that says what is wrong with the file and how it is made.
 */
export function readFlatOutputs(file: string): StackOutputs {
  let text: string;
  try {
    text = fs.readFileSync(file, "utf8");
  } catch (error) {
    throw unusable(file, `cannot be read: ${String(error)}`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw unusable(file, `is not JSON: ${String(error)}`);
  }
  if (!isMap(value)) throw unusable(file, "is not a map of outputs by name");
  return value;
}

function isMap(value: unknown): value is StackOutputs {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function unusable(file: string, problem: string): UserError {
  return new UserError(
    `The outputs file ${file} ${problem}. ` +
      "`npm run outputs -- --stack NAME` writes it for a stack on AWS, `npm run local` for a local one.",
  );
}

function writeJson(file: string, value: StackOutputs): void {
  writeFileAtomically(file, `${JSON.stringify(value, undefined, 2)}\n`);
}
