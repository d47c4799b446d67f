import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { Client } from "pg";
import { functionsFolder } from "../../../lib/components/lambda/bundles";
import { newPassword, startPostgres } from "../../../lib/local/postgres";
import { Shutdown } from "../../../lib/local/shutdown";

/** A PostgreSQL of its own for some work, and a connection to it as its superuser; both end with the work. */
export async function withPostgres<T>(work: (owner: Client) => Promise<T>): Promise<T> {
  const shutdown = new Shutdown();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "payments-bench-"));
  try {
    const { superuser } = await startPostgres({
      folder,
      masterPassword: newPassword(),
      onStart: (process) => {
        shutdown.addProcess(process);
      },
    });
    const owner = new Client(superuser);
    await owner.connect();
    try {
      return await work(owner);
    } finally {
      await owner.end();
    }
  } finally {
    await shutdown.run();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** The same with an empty ledger in it. */
export function withLedger<T>(work: (owner: Client) => Promise<T>): Promise<T> {
  return withPostgres(async (owner) => {
    for (const migration of migrations()) await owner.query(`BEGIN; ${migration}; COMMIT`);
    return work(owner);
  });
}

/** The texts of the migrations, in order. */
export function migrations(): readonly string[] {
  const folder = path.join(functionsFolder, "payments/migrate/migrations");
  return fs
    .readdirSync(folder)
    .sort()
    .map((file) => fs.readFileSync(path.join(folder, file), "utf8"));
}
