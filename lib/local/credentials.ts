import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import * as z from "zod";
import { readJsonFile } from "../core/json-file";
import { UserError } from "../core/user-error";
import { writeFileAtomically } from "../core/write-file-atomically";

const credentialsSchema = z.object({ accessKeyId: z.string(), secretAccessKey: z.string() });

/** What a client of one run of the local cloud signs with; no other run accepts it. */
export type LocalCredentials = Readonly<z.infer<typeof credentialsSchema>>;

/** Credentials of a run that starts. The emulator takes the account from the access key, so it is its number. */
export function newCredentials(accountId: string): LocalCredentials {
  return { accessKeyId: accountId, secretAccessKey: randomBytes(30).toString("base64url") };
}

/**
 * Writes a run's credentials beside its outputs, for this user's other commands only.
 *
 * @returns what removes them again, unless another run's have replaced them.
 */
export function writeCredentials(
  credentials: LocalCredentials,
  outputsFile: string,
): () => Promise<void> {
  const file = credentialsFile(outputsFile);
  const text = JSON.stringify(credentials);
  writeFileAtomically(file, text, 0o600);
  return async () => {
    const found = await fs.promises.readFile(file, "utf8").catch(() => undefined);
    if (found === text) await fs.promises.rm(file, { force: true });
  };
}

/**
 * Reads the credentials of the run that wrote an outputs file.
 *
 * @throws `UserError` if there are none: the run has ended.
 */
export function readCredentials(outputsFile: string): LocalCredentials {
  const file = credentialsFile(outputsFile);
  const advice = "The local cloud of these outputs has ended: start one with `npm run local`.";
  if (!fs.existsSync(file)) {
    throw new UserError(`${outputsFile} is a local cloud's, but there is no ${file}. ${advice}`);
  }
  return credentialsSchema.parse(readJsonFile(file, advice, UserError));
}

function credentialsFile(outputsFile: string): string {
  return path.join(path.dirname(outputsFile), "local-credentials.json");
}
