import * as fs from "node:fs";
import type { UserError } from "./user-error";

/**
 * The content of a JSON file that someone gave.
 *
 * @param advice - How such a file is made, for the message.
 * @param Failure - What is thrown, naming the file, if it cannot be read, is not JSON or is cut off.
 */
export function readJsonFile(
  file: string,
  advice: string,
  Failure: new (message: string, options: ErrorOptions) => UserError,
): unknown {
  let text: string;
  try {
    text = fs.readFileSync(file, "utf8");
  } catch (error) {
    throw new Failure(`${file} cannot be read: ${String(error)}`, { cause: error });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Failure(`${file} is not JSON, or is cut off: ${String(error)}. ${advice}`, {
      cause: error,
    });
  }
}
