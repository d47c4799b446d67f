import { createHash, randomUUID } from "node:crypto";
import * as fs from "node:fs";
import * as net from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { LambdaClient, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { Signer } from "@aws-sdk/rds-signer";
import { Client } from "pg";
import { describeLocally } from "./behaviour/client";
import { takeCopyOfRole } from "./behaviour/world-role";
import { aws, text } from "./deployed";

/** What other users of the developer's machine may try while a local cloud runs. On AWS there are none. */
const [host = "", port = ""] = text("dbEndpoint").split(":");
const databaseFolder = path.dirname(process.env["DATABASE_LOG_FILE"] ?? "");

/** The database's user of a sign-in over TCP. */
async function signIn(user: string, password: string, ssl: object | false): Promise<string> {
  const client = new Client({
    ...{ host, port: Number(port), database: text("dbName"), user, password },
    ssl: ssl === false ? ssl : { ca: fs.readFileSync(path.join(databaseFolder, "ca.pem")), ...ssl },
    application_name: "another-user",
  });
  return asWhom(client);
}

async function asWhom(client: Client): Promise<string> {
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ user: string }>('SELECT current_user AS "user"');
    return rows[0]?.user ?? "";
  } catch (error) {
    return String(error);
  } finally {
    await client.end();
  }
}

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

function token(username: string, credentials: Credentials): Promise<string> {
  return new Signer({
    hostname: host,
    port: Number(port),
    username,
    region: text("region"),
    credentials,
  }).getAuthToken();
}

/** Credentials of a role that may do what a function's role may. */
async function asFunction(role: string): Promise<Credentials> {
  const taken = await takeCopyOfRole(`other-${randomUUID().slice(0, 8)}`, role, {});
  return {
    accessKeyId: taken["AWS_ACCESS_KEY_ID"] ?? "",
    secretAccessKey: taken["AWS_SECRET_ACCESS_KEY"] ?? "",
    sessionToken: taken["AWS_SESSION_TOKEN"] ?? "",
  };
}

/** The keys that the emulator alone would give a function, which can be derived from its name. */
function derivedCredentials(functionArn: string, roleArn: string): Required<Credentials> {
  const sha256 = (value: string) => createHash("sha256").update(value).digest("hex");
  const digest = sha256(`${functionArn}:${roleArn}`);
  return {
    accessKeyId: `ASIA${digest.slice(0, 16).toUpperCase()}`,
    secretAccessKey: sha256(`secret:${digest}`),
    sessionToken: sha256(`token:${digest}`),
  };
}

describeLocally("the folders of a run", () => {
  it("are closed to other users", () => {
    const folders = fs
      .readdirSync(os.tmpdir())
      .filter((name) => /^payments-local-(database|emulator)-/.test(name))
      .map((name) => path.join(os.tmpdir(), name));

    expect(folders).toContain(databaseFolder);
    for (const folder of folders) expect(fs.statSync(folder).mode & 0o077).toBe(0);
  });
});

describeLocally("PostgreSQL", () => {
  it("accepts no superuser without this run's password, by the socket either", async () => {
    const socket = { host: databaseFolder, port: 5432, user: "postgres", database: "postgres" };

    expect(await asWhom(new Client({ ...socket, password: "" }))).toMatch(/password/i);
    expect(await asWhom(new Client({ ...socket, password: "postgres" }))).toContain(
      "password authentication failed",
    );
  });

  it.each(["postgres", "payments_admin", "ledger_writer", "payment_api", "nobody"])(
    "lets nobody in as %s with any password",
    async (user) => {
      for (const password of ["guess", "", "localhost:1/?Action=connect", "x".repeat(10_000)]) {
        expect(await signIn(user, password, {})).toMatch(/error/i);
      }
    },
  );

  it("accepts nothing that is not encrypted", async () => {
    expect(await signIn("ledger_writer", "guess", false)).toContain("no encryption");
  });

  it("lets a function's role in as the user that its policy names, and as no other", async () => {
    const credentials = await asFunction(text("ledgerLambdaRoleName"));

    expect(await signIn("ledger_writer", await token("ledger_writer", credentials), {})).toBe(
      "ledger_writer",
    );
    for (const other of ["payment_api", "postgres", "payments_admin"]) {
      expect(await signIn(other, await token(other, credentials), {})).toMatch(/error/i);
    }
    // a token of one user is none of another's
    expect(await signIn("payment_api", await token("ledger_writer", credentials), {})).toContain(
      "PAM authentication failed",
    );
  });

  it("accepts no token that another secret has signed", async () => {
    const own = await asFunction(text("ledgerLambdaRoleName"));
    const forged = [
      { ...own, secretAccessKey: "guess" },
      { ...own, sessionToken: "guess" },
      { accessKeyId: "000000000000", secretAccessKey: "local" },
      { accessKeyId: "test", secretAccessKey: "test" },
    ];
    for (const credentials of forged) {
      expect(
        await signIn("ledger_writer", await token("ledger_writer", credentials), {}),
      ).toContain("PAM authentication failed");
    }
  });

  it("closes connections that send nothing, or nothing valid", async () => {
    const nonsense = [
      Buffer.from("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
      Buffer.from([0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]),
      Buffer.from([0, 0, 0, 0]),
      Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f, 1, 2, 3]),
    ];
    for (const bytes of nonsense) {
      const closed = await new Promise((resolve) => {
        const socket = net.connect(Number(port), host, () => socket.write(bytes));
        socket
          .on("error", () => undefined)
          .on("close", () => {
            resolve(true);
          });
        socket.resume();
      });

      expect(closed).toBe(true);
    }
  });
});

describeLocally("the functions' credentials", () => {
  it("cannot be derived from their names", async () => {
    const { Functions = [] } = await aws.lambda.send(new ListFunctionsCommand({}));

    expect(Functions.length).toBeGreaterThan(0);
    for (const { FunctionArn = "", Role = "" } of Functions) {
      const derived = derivedCredentials(FunctionArn, Role);
      const lambda = new LambdaClient({ region: text("region"), credentials: derived });

      await expect(lambda.send(new ListFunctionsCommand({}))).rejects.toThrow(
        /not the credentials of this run/,
      );
      expect(await signIn("ledger_writer", await token("ledger_writer", derived), {})).toMatch(
        /error/i,
      );
    }
  });
});
