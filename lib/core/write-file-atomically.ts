import { randomUUID } from "node:crypto";
import * as fs from "node:fs";

/**
 * Writes a file atomically, by renaming a temporary file beside it: a reader finds the old content or the new, never a
 * part. The temporary file's name cannot be guessed, and a file or link that is there already is not written through.
 *
 * @param mode - Who may read it, less what the umask takes away; by default as of any file.
 */
export function writeFileAtomically(file: string, text: string, mode = 0o666): void {
  const temporary = `${file}.${randomUUID()}`;
  fs.writeFileSync(temporary, text, { mode, flag: "wx" });
  fs.renameSync(temporary, file);
}
