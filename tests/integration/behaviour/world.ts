import { randomUUID } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { CreateTableCommand, DescribeTableCommand } from "@aws-sdk/client-dynamodb";
import { CreateBucketCommand, ListObjectVersionsCommand } from "@aws-sdk/client-s3";
import type { ListObjectVersionsCommandOutput } from "@aws-sdk/client-s3";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { Client, escapeIdentifier } from "pg";
import * as z from "zod";
import { aws, databaseToken, text } from "../deployed";
import { copyFunction } from "./function-copy";
import { FunctionProcess } from "./function-process";
import { takeCopyOfRole } from "./world-role";

type Environment = Readonly<Record<string, string>>;

/** What the outputs of each function begin with. */
const functions = {
  payment: "lambda",
  accounts: "accountsLambda",
  migrate: "migrateLambda",
  ledger: "ledgerLambda",
  reconcile: "reconcileLambda",
} as const;

type FunctionName = keyof typeof functions;

/**
 * The deployed functions, code, configuration and permissions, but with a table, buckets and a database that no one
 * else uses, and in processes that a test may end. Only the test invokes the ledger function.
 */
export class World {
  private readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), "payments-world-"));
  private readonly environments = new Map<FunctionName, Environment>();
  private readonly processes = new Set<FunctionProcess>();
  readonly table: string;
  readonly idempotencyTable: string;
  readonly auditBucket: string;
  readonly deadLetterBucket: string;
  streamArn = "";

  private constructor(private readonly id: string) {
    this.table = `payments-${id}`;
    this.idempotencyTable = `payments-${id}-idempotency`;
    this.auditBucket = `payments-${id}-audit`;
    this.deadLetterBucket = `payments-${id}-dead-letters`;
  }

  /** @param migrations - how many the database is given at first; by default all. */
  static async make(migrations = Infinity): Promise<World> {
    const world = new World(randomUUID().slice(0, 8));
    try {
      const names = ["payment", "accounts", "migrate", "ledger", "reconcile"] as const;
      await Promise.all([
        world.makeTables(),
        world.makeBuckets(),
        ...names.map((name) => world.load(name)),
      ]);
      await world.makeDatabase();
      await world.migrate(migrations);
      return world;
    } catch (error) {
      world.stop(); // a process that is left would keep the tests from ending
      throw error;
    }
  }

  /** Where PostgreSQL is. */
  get database(): { host: string; port: number } {
    const { DB_HOST: host = "", DB_PORT: port } = this.environmentOf("migrate");
    return { host, port: Number(port) };
  }

  /** A process of a function; `changes` are to its environment, `folder` has its code. */
  start(name: FunctionName, changes: Environment = {}, folder = this.codeOf(name)) {
    const DB_PORT = String(this.database.port); // another test may have moved the ledger's
    const environment = { ...this.environmentOf(name), DB_PORT, ...changes };
    const started = new FunctionProcess(path.join(folder, "index.mjs"), environment);
    this.processes.add(started);
    return started;
  }

  /** Brings the database's schema up to date, or only so many migrations on. */
  async migrate(migrations = Infinity): Promise<void> {
    const folder = path.join(this.folder, `migrate-${String(migrations)}`);
    fs.cpSync(this.codeOf("migrate"), folder, { recursive: true });
    const later = fs.readdirSync(path.join(folder, "migrations")).sort().slice(migrations);
    for (const file of later) fs.rmSync(path.join(folder, "migrations", file));
    const migrated = await this.start("migrate", {}, folder).invoke({});
    if ("failure" in migrated) throw new Error(migrated.failure);
  }

  /** How many versions each audit document has, by key. */
  async auditDocuments(): Promise<ReadonlyMap<string, number>> {
    const found = new Map<string, number>();
    for (let start: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {}; start;) {
      const page: ListObjectVersionsCommandOutput = await aws.s3.send(
        new ListObjectVersionsCommand({ Bucket: this.auditBucket, ...start }),
      );
      for (const { Key = "" } of page.Versions ?? []) found.set(Key, (found.get(Key) ?? 0) + 1);
      start =
        page.IsTruncated === true
          ? { KeyMarker: page.NextKeyMarker ?? "", VersionIdMarker: page.NextVersionIdMarker ?? "" }
          : undefined;
    }
    return found;
  }

  /** Ends all processes. The rest goes with the local cloud. */
  stop(): void {
    for (const one of this.processes) one.kill();
    fs.rmSync(this.folder, { recursive: true });
  }

  private codeOf(name: FunctionName): string {
    return path.join(this.folder, name);
  }

  private environmentOf(name: FunctionName): Environment {
    const { PATH = "" } = process.env;
    return {
      ...this.environments.get(name),
      PATH,
      AWS_LAMBDA_FUNCTION_NAME: text(`${functions[name]}Name`),
      AWS_SDK_UA_APP_ID: this.id, // not the deployed function's: these resources are not its
      AWS_REGION: text("region"),
      TABLE_NAME: this.table,
      IDEMPOTENCY_TABLE: this.idempotencyTable,
      AUDIT_BUCKET: this.auditBucket,
      DEAD_LETTER_BUCKET: this.deadLetterBucket,
      DB_NAME: this.id,
    };
  }

  private async load(name: FunctionName): Promise<void> {
    const output = functions[name];
    const variables = await copyFunction(text(`${output}Name`), this.codeOf(name));
    const credentials = await takeCopyOfRole(
      `payments-${this.id}-${name}`,
      text(`${output}RoleName`),
      {
        [text("dynamoTableName")]: this.table,
        [text("idempotencyTableName")]: this.idempotencyTable,
        [text("auditBucketName")]: this.auditBucket,
        [text("deadLetterBucketName")]: this.deadLetterBucket,
      },
    );
    this.environments.set(name, { ...variables, ...credentials });
  }

  private async makeTables(): Promise<void> {
    const description = await this.makeTable(text("dynamoTableName"), this.table);
    this.streamArn = description?.LatestStreamArn ?? "";
    await this.makeTable(text("idempotencyTableName"), this.idempotencyTable);
  }

  private async makeTable(like: string, name: string) {
    const { Table } = await aws.dynamoDb.send(new DescribeTableCommand({ TableName: like }));
    const { TableDescription } = await aws.dynamoDb.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: "PAY_PER_REQUEST",
        KeySchema: Table?.KeySchema,
        AttributeDefinitions: Table?.AttributeDefinitions,
        GlobalSecondaryIndexes: Table?.GlobalSecondaryIndexes?.map(
          ({ IndexName, KeySchema, Projection }) => ({ IndexName, KeySchema, Projection }),
        ),
        StreamSpecification: Table?.StreamSpecification,
      }),
    );
    return TableDescription;
  }

  private async makeBuckets(): Promise<void> {
    for (const Bucket of [this.auditBucket, this.deadLetterBucket])
      await aws.s3.send(new CreateBucketCommand({ Bucket }));
  }

  /** A connection to the database as a role that functions sign in as; without one, as the master user. */
  async connect(role?: string, database = this.id): Promise<Client> {
    const { DB_SECRET_ARN = "", NODE_EXTRA_CA_CERTS = "" } = this.environmentOf("migrate");
    const client = new Client({
      ...this.database,
      ...(role === undefined
        ? await masterUser(DB_SECRET_ARN)
        : { user: role, password: await databaseToken(this.database, role) }),
      database,
      ssl: { ca: fs.readFileSync(NODE_EXTRA_CA_CERTS, "utf8") },
    });
    await client.connect();
    return client;
  }

  private async makeDatabase(): Promise<void> {
    const client = await this.connect(undefined, "postgres");
    await client.query(`CREATE DATABASE ${escapeIdentifier(this.id)}`);
    await client.end();
  }
}

async function masterUser(SecretId: string): Promise<{ user: string; password: string }> {
  const { SecretString = "" } = await new SecretsManagerClient({ region: text("region") }).send(
    new GetSecretValueCommand({ SecretId }),
  );
  const schema = z.object({ username: z.string(), password: z.string() });
  const { username: user, password } = schema.parse(JSON.parse(SecretString));
  return { user, password };
}
