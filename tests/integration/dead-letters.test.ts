import { randomUUID } from "node:crypto";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import * as z from "zod";
import {
  aws,
  call,
  describeWithPayments,
  eventually,
  isLocal,
  newKey,
  post,
  text,
} from "./deployed";
import {
  alarmState,
  asMaster,
  auditKeys,
  command,
  deadLettersOf,
  deleteDeadLetters,
  deleteItem,
  itemOf,
  putItem,
  resetAlarm,
  waitForDeadLetters,
} from "./operations";
import type { Item } from "./operations";

jest.setTimeout(180_000);

/** On AWS metrics take minutes, and the database is out of reach. */
const locally = isLocal ? it : it.skip;

const newId = () => `pay_${randomUUID().replaceAll("-", "")}`;

const paymentItem = (change: Item = {}): Item => ({
  transactionId: { S: newId() },
  timestamp: { N: String(Date.now()) },
  userId: { S: newKey() },
  amount: { N: "700" },
  currency: { S: "EUR" },
  status: { S: "PENDING" },
  version: { N: "1" },
  ...change,
});

const idOf = ({ transactionId }: Item) => transactionId?.S ?? "";

const create = async (userId: string) => {
  const { status, body } = await post("/payment", { userId, amount: 700, currency: "EUR" });
  expect(status).toBe(201);
  return String(body["transactionId"]);
};

const held = (userId: string, amount: string) =>
  eventually(
    async () => (await call("GET", `/balance/customer:${userId}:held`)).body["balances"],
    (balances) => JSON.stringify(balances) === JSON.stringify([{ currency: "EUR", amount }]),
    60_000,
  );

describeWithPayments("a change that the ledger can never take", () => {
  it.each<[string, Item, string]>([
    ["an amount that is a text", { amount: { S: "700" } }, "amount"],
    ["a status that no payment has", { status: { S: "PAID" } }, "status"],
    ["an attribute of a kind that payments have not", { tags: { SS: ["a"] } }, "tags"],
    ["a payment that begins as captured", { status: { S: "CAPTURED" } }, "nothing to CAPTURED"],
  ])("is dead-lettered whole: %s", async (_, change, reason) => {
    const item = paymentItem(change);
    const id = idOf(item);
    await putItem(item);
    const found = await waitForDeadLetters(id, 1);
    await deleteItem(item);
    await deleteDeadLetters(id, 2);

    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      reason: expect.stringContaining(reason) as unknown,
      function: text("ledgerLambdaName"),
      record: { eventName: "INSERT", dynamodb: { NewImage: item } },
    });
  });

  it("is dead-lettered whole: a payment without currency and version", async () => {
    const item = Object.fromEntries(
      Object.entries(paymentItem()).filter(([name]) => name !== "currency" && name !== "version"),
    );
    const id = idOf(item);
    await putItem(item);
    const [letter] = await waitForDeadLetters(id, 1);
    await deleteItem(item);
    await deleteDeadLetters(id, 2);

    expect(letter?.reason).toContain("currency");
    expect(letter?.reason).toContain("version");
    expect(letter?.record.dynamodb["NewImage"]).toEqual(item);
  });

  it("is dead-lettered whole: an illegal transition of a payment", async () => {
    const id = await create(newKey());
    const item = await itemOf(id);
    await putItem({ ...item, status: { S: "REFUNDED" }, version: { N: "2" } });
    const [letter] = await waitForDeadLetters(id, 1);
    await putItem(item);
    await deleteDeadLetters(id, 2);

    expect(letter?.reason).toContain("PENDING (version 1) to REFUNDED (version 2)");
    expect(letter?.record).toMatchObject({
      eventName: "MODIFY",
      dynamodb: { OldImage: item, NewImage: { status: { S: "REFUNDED" } } },
    });
  });

  it("is dead-lettered whole: a payment that is deleted", async () => {
    const id = await create(newKey());
    const item = await itemOf(id);
    await deleteItem(item);
    const [letter] = await waitForDeadLetters(id, 1);
    await putItem(item);
    await deleteDeadLetters(id, 1);

    expect(letter?.record).toMatchObject({ eventName: "REMOVE", dynamodb: { OldImage: item } });
  });

  it("lets those before and after it be posted", async () => {
    const [before, after] = [newKey(), newKey()];
    const first = await create(before);
    const item = paymentItem({ version: { S: "one" } });
    await Promise.all([
      post(`/payment/${first}/authorize`, { outcome: "APPROVED" }),
      putItem(item),
    ]);
    const second = await create(after);
    await post(`/payment/${second}/authorize`, { outcome: "APPROVED" });
    const balances = [await held(before, "700"), await held(after, "700")];
    await deleteItem(item);
    await deleteDeadLetters(idOf(item), 2);
    const documents = await eventually(
      () => auditKeys(second, new Date()),
      (keys) => keys.length === 2,
    );

    expect(balances).toEqual([
      [{ currency: "EUR", amount: "700" }],
      [{ currency: "EUR", amount: "700" }],
    ]);
    expect(documents).toHaveLength(2);
  });

  locally("raises the alarm", async () => {
    const item = paymentItem({ amount: { N: "-1" } });
    const id = idOf(item);
    await resetAlarm("dead-letters");
    await putItem(item);
    await waitForDeadLetters(id, 1);
    const state = await alarmState("dead-letters");
    await deleteItem(item);
    await deleteDeadLetters(id, 2);

    expect(state).toBe("ALARM");
  });
});

const resultSchema = z.object({
  totals: z.record(z.string(), z.number()),
  records: z.array(
    z.object({
      letter: z.string(),
      paymentId: z.string(),
      event: z.string(),
      outcome: z.string(),
      reason: z.string(),
    }),
  ),
});

/** A redrive, and what it reports of one payment. */
async function redriven(id: string, ...args: string[]) {
  const { code, stdout } = await command("redrive", ["--json", ...args]);
  const result = resultSchema.parse(JSON.parse(stdout));
  // other tests may have dead letters, too
  const remaining = result.records.filter(({ outcome }) => !/^(posted|ignored)$/.test(outcome));
  expect(code).toBe(remaining.length === 0 ? 0 : 1);
  return result.records.filter(({ paymentId }) => paymentId === id);
}

describeWithPayments("redrive", () => {
  locally("posts what was set aside once the cause is gone, and keeps it until then", async () => {
    const userId = newKey();
    const constraint = "postings_account_check";
    const checkAccounts = (check: string) =>
      asMaster(
        `ALTER TABLE ledger.postings DROP CONSTRAINT ${constraint},
           ADD CONSTRAINT ${constraint} CHECK (${check}) NOT VALID`,
      );
    const id = await create(userId);
    await checkAccounts(`account NOT IN ('', 'customer:${userId}:held')`);
    let listed, kept, remainingLetters;
    try {
      await post(`/payment/${id}/authorize`, { outcome: "APPROVED" });
      await waitForDeadLetters(id, 1);
      listed = await redriven(id, "--dry-run");
      kept = await redriven(id);
      remainingLetters = await deadLettersOf(id);
    } finally {
      await checkAccounts("account <> ''");
      await asMaster(`ALTER TABLE ledger.postings VALIDATE CONSTRAINT ${constraint}`);
    }
    const posted = await redriven(id);

    expect(listed).toEqual([
      expect.objectContaining({
        event: "MODIFY",
        outcome: "waiting",
        letter: remainingLetters[0]?.key,
      }),
    ]);
    expect(kept).toEqual([
      expect.objectContaining({
        outcome: "still poison",
        reason: expect.stringContaining(constraint) as unknown,
      }),
    ]);
    expect(remainingLetters).toHaveLength(1);
    expect(posted).toEqual([expect.objectContaining({ outcome: "posted" })]);
    expect(await deadLettersOf(id)).toEqual([]);
    expect(await held(userId, "700")).toEqual([{ currency: "EUR", amount: "700" }]);
  });

  it("splits a batch that Lambda wrote: what is posted is deleted, with the document that it lacked written; what is poison gets a dead letter of its own", async () => {
    const id = await create(newKey());
    const item = await itemOf(id);
    const [document = ""] = await eventually(
      () => auditKeys(id, new Date()),
      (keys) => keys.length === 1,
    );
    const { Body } = await aws.s3.send(
      new GetObjectCommand({ Bucket: text("auditBucketName"), Key: document }),
    );
    const { occurredAt } = z
      .object({ occurredAt: z.iso.datetime() })
      .parse(JSON.parse((await Body?.transformToString()) ?? ""));
    const poison = paymentItem({ amount: { N: "0" } });
    const poisonId = idOf(poison);
    const record = (image: Item) => ({
      eventID: randomUUID().replaceAll("-", ""),
      eventName: "INSERT",
      dynamodb: {
        ApproximateCreationDateTime: Date.parse(occurredAt) / 1_000,
        Keys: { transactionId: image["transactionId"], timestamp: image["timestamp"] },
        NewImage: image,
      },
    });
    await aws.s3.send(new DeleteObjectCommand({ Bucket: text("auditBucketName"), Key: document }));
    const Bucket = text("deadLetterBucketName");
    const Key = `aws/lambda/${text("ledgerStreamMappingId")}/shardId-0/2026/01/31/2026-01-31T10.20.30-${randomUUID()}`;
    await aws.s3.send(
      new PutObjectCommand({
        Bucket,
        Key,
        Body: JSON.stringify({
          requestContext: { condition: "RecordAgeExceeded", approximateInvokeCount: 9 },
          version: "1.0",
          payload: JSON.stringify({ Records: [record(item), record(poison)] }),
        }),
      }),
    );
    const { code, stdout } = await command("redrive", ["--json"]);
    const rows = resultSchema
      .parse(JSON.parse(stdout))
      .records.filter(({ letter }) => letter === Key);
    const own = await deadLettersOf(poisonId);
    await deleteDeadLetters(poisonId, 1);

    expect(code).toBe(1);
    expect(rows).toEqual([
      expect.objectContaining({ paymentId: id, outcome: "posted" }),
      expect.objectContaining({ paymentId: poisonId, outcome: "still poison" }),
    ]);
    expect(own).toHaveLength(1);
    expect(await auditKeys(id, new Date())).toEqual([document]);
    await expect(aws.s3.send(new HeadObjectCommand({ Bucket, Key }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 404 },
    });
  });

  it("lists dead letters in a table, and changes nothing, with --dry-run", async () => {
    const item = paymentItem({ currency: { S: "euro" } });
    const id = idOf(item);
    await putItem(item);
    await waitForDeadLetters(id, 1);
    const { code, stdout } = await command("redrive", ["--dry-run"]);
    const left = await deadLettersOf(id);
    await deleteItem(item);
    await deleteDeadLetters(id, 2);

    expect(code).toBe(1);
    expect(stdout).toMatch(new RegExp(`${id}.*INSERT.*waiting.*currency.*dead-letters/`));
    expect(stdout).toMatch(/\d+ records: \d+ waiting\./);
    expect(left).toHaveLength(1);
  });
});
