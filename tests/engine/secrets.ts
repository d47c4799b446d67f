import * as fs from "node:fs";
import * as path from "node:path";
import * as z from "zod";

const secretSchema = z.object({ plaintext: z.string() });

/** Shorter ones, such as numbers, are found by chance. */
const shortest = 8;

/** The texts of all secrets in a state that is exported in clear. */
export function secretsIn(state: unknown): string[] {
  const secret = secretSchema.safeParse(state);
  if (secret.success) return texts(JSON.parse(secret.data.plaintext));
  if (typeof state !== "object" || state === null) return [];
  return [...new Set(Object.values(state).flatMap(secretsIn))];
}

function texts(value: unknown): string[] {
  if (typeof value === "string") return value.length < shortest ? [] : [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(texts);
}

/** Those of the secrets that a text has in clear, be it JSON or not. */
export function leaked(secrets: readonly string[], text: string): string[] {
  return secrets.filter(
    (secret) => text.includes(secret) || text.includes(JSON.stringify(secret).slice(1, -1)),
  );
}

/** The text of every file below a folder. */
export function filesBelow(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name), "utf8"));
}
