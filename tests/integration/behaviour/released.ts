import * as fs from "node:fs";
import * as path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import * as z from "zod";
import { functionFiles, functionsFolder } from "../../../lib/components/lambda/bundles";

const fixture = path.join(__dirname, "released.json.gz");

const databaseFunctions = ["accounts", "ledger", "reconcile"] as const;

/** A function that uses the database. */
export type DatabaseFunction = (typeof databaseFunctions)[number];

const filesSchema = z.record(z.enum(databaseFunctions), z.record(z.string(), z.string()));

/** Writes the code that the last release deployed into folders, one a function. */
export function writeReleased(folder: string): void {
  const released = filesSchema.parse(JSON.parse(gunzipSync(fs.readFileSync(fixture)).toString()));
  for (const [name, files] of Object.entries(released)) {
    fs.mkdirSync(path.join(folder, name), { recursive: true });
    for (const [file, text] of Object.entries(files))
      fs.writeFileSync(path.join(folder, name, file), text);
  }
}

/** Makes today's code the last release's. */
export async function renewReleased(): Promise<void> {
  const files = databaseFunctions.map(
    async (name) => [name, await functionFiles(`payments/${name}`, functionsFolder)] as const,
  );
  const text = JSON.stringify(Object.fromEntries(await Promise.all(files)));
  fs.writeFileSync(fixture, gzipSync(text, { level: 9 }));
}
