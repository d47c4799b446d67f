import { DeleteObjectCommand, GetObjectCommand } from "@aws-sdk/client-s3";
import { Client } from "pg";
import * as z from "zod";
import { aws, databaseToken } from "../deployed";
import { describeLocally, numbers } from "./client";
import { FaultProxy } from "./fault-proxy";
import type { FunctionProcess } from "./function-process";
import { imageOf, lifeOf, newId, recordOf } from "./stream-records";
import { World } from "./world";

const summarySchema = z.object({
  posted: z.number(),
  ignored: z.number(),
  deadLettered: z.number(),
  outcomes: z.array(z.looseObject({ kind: z.string() })),
});

const livesOf = (count: number) => numbers(count).flatMap(() => lifeOf(newId()));

const idsOf = (records: ReturnType<typeof livesOf>) => [
  ...new Set(records.map(({ dynamodb }) => dynamodb.Keys.transactionId.S)),
];

describeLocally("the ledger's batches", () => {
  let world: World;
  let [one, other]: FunctionProcess[] = [];
  let reader: Client;

  const signIn = async (user: string) => {
    const database = world.table.replace(/^payments-/, ""); // the world's own
    const client = new Client({
      ...world.database,
      user,
      password: await databaseToken(world.database, user),
      database,
      ssl: { rejectUnauthorized: false },
    });
    await client.connect();
    return client;
  };
  const take = async (process: FunctionProcess | undefined, Records: readonly unknown[]) => {
    const outcome = await process?.invoke({ Records });
    if (outcome === undefined || "failure" in outcome) throw new Error(outcome?.failure);
    return summarySchema.parse(outcome.result);
  };
  const entriesOf = async (ids: readonly string[]) => {
    const { rows } = await reader.query<{ entries: number; lines: number }>(
      `SELECT count(*)::int AS entries,
        (SELECT count(*)::int FROM ledger.postings WHERE payment_id = ANY ($1)) AS lines
       FROM ledger.entries WHERE payment_id = ANY ($1)`,
      [ids],
    );
    return rows[0];
  };
  const documentsOf = async (ids: readonly string[]) => {
    const { rows } = await reader.query<{ document: string | null }>(
      "SELECT DISTINCT document FROM ledger.entries WHERE payment_id = ANY ($1)",
      [ids],
    );
    return rows.map(({ document }) => document);
  };
  const keysWith = async (ids: readonly string[]) =>
    [...(await world.auditDocuments()).keys()].filter((key) => ids.some((id) => key.includes(id)));

  beforeAll(async () => {
    world = await World.make();
    [one, other] = [world.start("ledger"), world.start("ledger")];
    reader = await signIn("ledger_reader");
  }, 120_000);
  afterAll(async () => {
    await reader.end();
    world.stop();
  });

  it("dead-letter nothing when the same records are processed twice at the same time", async () => {
    const found: unknown[] = [];
    // with one object to write, they conflict in the database more often
    const start = () => world.start("ledger", { CHANGES_PER_DOCUMENT: "100" });
    const [first, second] = [start(), start()];
    for (let round = 0; round < 50; round++) {
      const records = livesOf(50);
      const summaries = await Promise.all([
        take(first, records),
        take(second, round % 2 === 0 ? records : records.toReversed()),
      ]);
      found.push(...summaries.filter(({ posted }) => posted !== 100));
      const ids = idsOf(records);
      const entries = await entriesOf(ids);
      if (entries?.entries !== 100 || entries.lines !== 100) found.push({ round, entries });
    }

    expect(found).toEqual([]);
  }, 180_000);

  it("dead-letter nothing when one record is processed twice at the same time", async () => {
    const found: unknown[] = [];
    for (const record of livesOf(100)) {
      const summaries = await Promise.all([take(one, [record]), take(other, [record])]);
      found.push(...summaries.filter(({ posted }) => posted !== 1));
    }

    expect(found).toEqual([]);
  }, 180_000);

  it("dead-letter poison alone, and its payment is a suspect", async () => {
    const id = newId();
    // no integer column holds the version, which is all that is wrong
    const poison = recordOf(
      id,
      imageOf(id, "AUTHORIZED", 3_000_000_000),
      imageOf(id, "CANCELED", 3_000_000_001),
    );
    const records = livesOf(49);
    const { posted, outcomes } = await take(one, [
      ...records.slice(0, 31),
      poison,
      ...records.slice(31),
    ]);
    const { rows } = await reader.query(
      "SELECT payment_id FROM reconciliation.suspects WHERE payment_id = $1",
      [id],
    );

    expect(posted).toBe(98);
    expect(outcomes[31]).toMatchObject({
      kind: "deadLettered",
      reason: expect.stringContaining("out of range") as unknown,
    });
    expect(await entriesOf(idsOf(records))).toEqual({ entries: 98, lines: 98 });
    expect(await keysWith(idsOf(records))).toHaveLength(98);
    expect(rows).toEqual([{ payment_id: id }]);
  });

  it("restore documents that were deleted", async () => {
    const records = livesOf(5);
    await take(one, records);
    const [lost = ""] = await keysWith(idsOf(records));
    await aws.s3.send(new DeleteObjectCommand({ Bucket: world.auditBucket, Key: lost }));
    await take(one, records);
    const { Body } = await aws.s3.send(
      new GetObjectCommand({ Bucket: world.auditBucket, Key: lost }),
    );

    expect(await Body?.transformToString()).toContain('"paymentId"');
  });

  describe("with documents in common", () => {
    let proxy: FaultProxy;
    let sharing: FunctionProcess;
    beforeAll(async () => {
      proxy = await FaultProxy.start(process.env["AWS_ENDPOINT_URL"] ?? "");
      sharing = start();
    });
    afterAll(() => {
      proxy.stop();
    });
    const start = () =>
      world.start("ledger", { CHANGES_PER_DOCUMENT: "100", AWS_ENDPOINT_URL: proxy.url });

    it("have one object, which is found by payment and written once", async () => {
      const records = livesOf(50);
      await take(sharing, records);
      await take(sharing, records);
      await take(sharing, records.slice(0, 50));
      await take(other, records.slice(50));
      const [document] = await documentsOf(idsOf(records));
      const { Body } = await aws.s3.send(
        new GetObjectCommand({ Bucket: world.auditBucket, Key: document ?? "" }),
      );
      const lines = ((await Body?.transformToString()) ?? "").trimEnd().split("\n");

      expect(document).toMatch(
        /^payments\/2026\/01\/01\/20260101T000001\.000Z-batch-\w{32}\.jsonl$/,
      );
      expect((await world.auditDocuments()).get(document ?? "")).toBe(1);
      expect(await keysWith(idsOf(records))).toEqual([]);
      expect(
        lines
          .map((line) => JSON.parse(line) as { paymentId: string; version: number })
          .map(({ paymentId, version }) => `${paymentId} ${String(version)}`)
          .sort(),
      ).toEqual(
        idsOf(records)
          .flatMap((id) => [`${id} 1`, `${id} 2`])
          .sort(),
      );
    });

    it("have it after the process ended before it was written, if they are delivered again together", async () => {
      const records = livesOf(10);
      const doomed = start();
      proxy.onKill = () => {
        doomed.kill();
      };
      proxy.arm({ when: "before", what: "killed" });
      await expect(take(doomed, records)).rejects.toThrow("its process ended");
      proxy.arm();
      const [document = ""] = await documentsOf(idsOf(records));
      const before = await world.auditDocuments();
      await take(sharing, records);

      expect(before.has(document ?? "")).toBe(false);
      expect((await world.auditDocuments()).get(document ?? "")).toBe(1);
      expect(await keysWith(idsOf(records))).toEqual([]);
    });

    it("have objects of their own if they are delivered again in parts", async () => {
      const records = livesOf(10);
      const doomed = start();
      proxy.onKill = () => {
        doomed.kill();
      };
      proxy.arm({ when: "before", what: "killed" });
      await expect(take(doomed, records)).rejects.toThrow("its process ended");
      proxy.arm();
      await take(sharing, records.slice(0, 7));
      await take(sharing, records.slice(7));

      expect(await keysWith(idsOf(records))).toHaveLength(20);
    });

    it("have it when they are processed twice at the same time", async () => {
      const records = livesOf(50);
      const second = start();
      const summaries = await Promise.all([take(sharing, records), take(second, records)]);

      expect(summaries.map(({ posted }) => posted)).toEqual([100, 100]);
      expect(await documentsOf(idsOf(records))).toHaveLength(1);
      expect(await keysWith(idsOf(records))).toEqual([]);
    });
  });

  it("must sum to zero, entry by entry, whoever posts them", async () => {
    const writer = await signIn("ledger_writer");
    const [balanced, unbalanced] = [newId(), newId()];
    const insert = (amount: number) =>
      writer.query(
        `WITH entry AS (
           INSERT INTO ledger.entries (payment_id, version, kind, currency, occurred_at, document)
           SELECT id, 2, 'authorized', 'EUR', now(), 'key' FROM unnest($1::text[]) AS id
         )
         INSERT INTO ledger.postings (payment_id, version, account, amount, currency)
         VALUES ($2, 2, 'customer:user-1:held', 5, 'EUR'), ($2, 2, 'merchant:pending', -5, 'EUR'),
           ($3, 2, 'customer:user-1:held', 5, 'EUR'), ($3, 2, 'merchant:pending', $4, 'EUR')`,
        [[balanced, unbalanced], balanced, unbalanced, amount],
      );

    try {
      await expect(insert(-4)).rejects.toMatchObject({
        code: "23514",
        constraint: "postings_sum_to_zero",
      });
      expect(await entriesOf([balanced, unbalanced])).toEqual({ entries: 0, lines: 0 });
      await insert(-5);
      expect(await entriesOf([balanced, unbalanced])).toEqual({ entries: 2, lines: 4 });
    } finally {
      await writer.end();
    }
  });
});
