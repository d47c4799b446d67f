import { randomUUID } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { DescribeAlarmsCommand, SetAlarmStateCommand } from "@aws-sdk/client-cloudwatch";
import { DeleteItemCommand, PutItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { DeleteObjectCommand, GetObjectCommand, paginateListObjectsV2 } from "@aws-sdk/client-s3";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { Client } from "pg";
import * as z from "zod";
import { aws, eventually, isLocal, outputs, text } from "./deployed";
import { runCommand } from "../run-command";
import type { Ended } from "../run-command";

/** A command of `bin/`, by default on the stack under test. */
export function command(
  name: "redrive" | "reconcile" | "load" | "check",
  args: readonly string[],
  environment?: Readonly<Record<string, string>>,
): Promise<Ended> {
  return runCommand(name, ["--outputs", outputsFile, ...args], environment);
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "payments-outputs-"));
afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

/** The credentials of a local cloud's commands, which are read from beside the outputs. */
const credentials = path.join(
  path.dirname(process.env["OUTPUTS_FILE"] ?? ""),
  "local-credentials.json",
);
if (isLocal) fs.copyFileSync(credentials, path.join(folder, path.basename(credentials)));

/** An outputs file like that of the stack under test, but for some outputs. */
export function temporaryOutputs(changes: Readonly<Record<string, unknown>>): string {
  const file = path.join(folder, `${randomUUID()}.json`);
  fs.writeFileSync(file, JSON.stringify({ ...outputs, ...changes }));
  return file;
}

const outputsFile = temporaryOutputs({});

const letterSchema = z.object({
  reason: z.string(),
  function: z.string(),
  time: z.iso.datetime(),
  record: z.looseObject({
    eventName: z.string(),
    dynamodb: z.looseObject({ Keys: z.object({ transactionId: z.object({ S: z.string() }) }) }),
  }),
});

/** A dead letter of the ledger function. */
export type Letter = z.infer<typeof letterSchema> & { readonly key: string };

/** The ledger function's dead letters of a payment. */
export async function deadLettersOf(id: string): Promise<Letter[]> {
  const found: Letter[] = [];
  const Bucket = text("deadLetterBucketName");
  const pages = paginateListObjectsV2({ client: aws.s3 }, { Bucket, Prefix: "dead-letters/" });
  for await (const { Contents = [] } of pages)
    for (const { Key = "" } of Contents) {
      const { Body } = await aws.s3.send(new GetObjectCommand({ Bucket, Key }));
      const letter = letterSchema.parse(JSON.parse((await Body?.transformToString()) ?? ""));
      if (letter.record.dynamodb.Keys.transactionId.S === id) found.push({ ...letter, key: Key });
    }
  return found;
}

/** Waits until there are that many dead letters of a payment. */
export const waitForDeadLetters = (id: string, count: number) =>
  eventually(
    () => deadLettersOf(id),
    (found) => found.length >= count,
    60_000,
  );

/** Deletes a payment's dead letters once there are that many. */
export async function deleteDeadLetters(id: string, count: number): Promise<void> {
  for (const { key } of await waitForDeadLetters(id, count))
    await aws.s3.send(new DeleteObjectCommand({ Bucket: text("deadLetterBucketName"), Key: key }));
}

/** An item of the table. */
export type Item = Record<string, AttributeValue>;

/** Writes an item directly, not by the service. */
export async function putItem(item: Item): Promise<void> {
  await aws.dynamoDb.send(new PutItemCommand({ TableName: text("dynamoTableName"), Item: item }));
}

/** Deletes an item directly, not by the service. */
export async function deleteItem({ transactionId, timestamp }: Item): Promise<void> {
  if (transactionId === undefined || timestamp === undefined) throw new Error("an item has keys");
  await aws.dynamoDb.send(
    new DeleteItemCommand({
      TableName: text("dynamoTableName"),
      Key: { transactionId, timestamp },
    }),
  );
}

/** A payment's item. */
export async function itemOf(id: string): Promise<Item> {
  const { Items: [item] = [] } = await aws.dynamoDb.send(
    new QueryCommand({
      TableName: text("dynamoTableName"),
      ConsistentRead: true,
      KeyConditionExpression: "transactionId = :id",
      ExpressionAttributeValues: { ":id": { S: id } },
    }),
  );
  if (item === undefined) throw new Error(`no item ${id}`);
  return item;
}

/** Keys of a payment's audit documents of a day, as the bucket lists them. */
export async function auditKeys(id: string, day: Date): Promise<string[]> {
  const Prefix = `payments/${day.toISOString().slice(0, 10).replaceAll("-", "/")}/`;
  const found: string[] = [];
  const pages = paginateListObjectsV2(
    { client: aws.s3 },
    { Bucket: text("auditBucketName"), Prefix },
  );
  for await (const { Contents = [] } of pages)
    found.push(...Contents.map(({ Key = "" }) => Key).filter((key) => key.includes(id)));
  return found;
}

/** Name of the alarm with a purpose. */
function alarmName(purpose: string): string {
  const arns = z.record(z.string(), z.string()).parse(outputs["alarmArns"]);
  return arns[purpose]?.split(":alarm:")[1] ?? "";
}

/** Resets an alarm's state to OK. */
export async function resetAlarm(purpose: string): Promise<void> {
  await aws.cloudWatch.send(
    new SetAlarmStateCommand({
      AlarmName: alarmName(purpose),
      StateValue: "OK",
      StateReason: "reset by a test",
    }),
  );
}

/** The state of an alarm, as soon as it fires. */
export async function alarmState(purpose: string): Promise<string | undefined> {
  return eventually(
    async () => {
      const { MetricAlarms: [alarm] = [] } = await aws.cloudWatch.send(
        new DescribeAlarmsCommand({ AlarmNames: [alarmName(purpose)] }),
      );
      return alarm?.StateValue;
    },
    (state) => state === "ALARM",
  );
}

const secretSchema = z.object({ username: z.string(), password: z.string() });

/** Runs a statement in the database as its master; from outside the VPC that works on the local cloud only. */
export async function asMaster(statement: string): Promise<void> {
  const secrets = new SecretsManagerClient({ region: text("region") });
  const { SecretString = "" } = await secrets.send(
    new GetSecretValueCommand({ SecretId: text("dbMasterSecretArn") }),
  );
  const { username: user, password } = secretSchema.parse(JSON.parse(SecretString));
  const client = new Client({
    host: text("dbAddress"),
    port: Number(outputs["dbPort"]),
    database: text("dbName"),
    user,
    password,
    ssl: { rejectUnauthorized: false },
  });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
