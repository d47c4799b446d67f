import { readFile } from "node:fs/promises";
import { Client, escapeIdentifier, escapeLiteral } from "pg";
import type { LocalCloud } from "../../resource";

/** The server's name in its certificate. */
export const address = "localhost";

/** Gives the real server the instance's database and master password. */
export async function prepareServer(
  { database }: LocalCloud,
  databaseName: string | undefined,
  password: string,
): Promise<void> {
  await database.ready;
  const client = new Client({
    host: database.host,
    port: database.port,
    user: database.masterUser,
    password: database.masterPassword,
    database: "postgres",
    ssl: { ca: await readFile(database.caFile, "utf8"), servername: address },
  });
  client.on("error", () => undefined); // where the server is stopped meanwhile: the query fails, too
  await client.connect();
  try {
    if (password !== database.masterPassword) {
      const role = escapeIdentifier(database.masterUser);
      await client.query(`ALTER ROLE ${role} PASSWORD ${escapeLiteral(password)}`);
    }
    if (databaseName !== undefined) {
      const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [
        databaseName,
      ]);
      if (rowCount === 0) await client.query(`CREATE DATABASE ${escapeIdentifier(databaseName)}`);
    }
  } finally {
    await client.end();
  }
}
