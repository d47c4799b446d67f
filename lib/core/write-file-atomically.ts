import { randomUUID } from "node:crypto";
import * as fs from "node:fs";

/**
 * Writes a file by way of a draft beside it: a reader finds the old content or the new, never a part. The draft's
 * name cannot be guessed, and a file or link that is there already is not written through.
 *
 * @param mode - Who may read it, less what the umask takes away; by default as of any file.
 */
export function writeFileAtomically(file: string, text: string, mode = 0o666): void {
  const draft = `${file}.${randomUUID()}`;
  fs.writeFileSync(draft, text, { mode, flag: "wx" });
  fs.renameSync(draft, file);
}
