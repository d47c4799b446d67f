// What set-up and commands keep in .cache. Plain Node: set-up runs before node_modules exists.
import { randomUUID } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";

/** Complete or absent, whoever else writes it now; a link that is there already is not written through. */
export function writeAtomically(file, text) {
  const draft = `${file}.${randomUUID()}`;
  fs.writeFileSync(draft, text, { flag: "wx" });
  fs.renameSync(draft, file);
}

/** Removes what was made more than an hour ago: what is newer may be in use. Another process may do the same now. */
export function removeOlderThanAnHour(folder, names) {
  const anHourAgo = Date.now() - 3_600_000;
  for (const name of names) {
    const file = path.join(folder, name);
    const found = fs.lstatSync(file, { throwIfNoEntry: false });
    if (found !== undefined && found.mtimeMs < anHourAgo)
      fs.rmSync(file, { recursive: true, force: true });
  }
}
