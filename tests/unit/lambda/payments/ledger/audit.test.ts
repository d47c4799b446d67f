import "../../function-environment";
import { HeadObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { writeDocuments } from "../../../../../lib/lambda/payments/ledger/audit";
import { changeOf } from "../../../../../lib/lambda/payments/ledger/change";
import type { Change } from "../../../../../lib/lambda/payments/ledger/change";
import { batchKey, ownKey } from "../../../../../lib/lambda/payments/ledger/document";
import { FakeBuckets, errorWithStatus, failure } from "../fake-bucket";
import { pending, streamRecord } from "./payments";

const changes = Array.from({ length: 4 }, (_, i) => {
  const after = { ...pending, transactionId: `pay_${String(i)}` };
  const change = changeOf(streamRecord(undefined, after));
  if (change === undefined) throw new Error("ignored");
  return change;
});
const [first, second, third, fourth] = changes as [Change, Change, Change, Change];
const named = (document: string | undefined, ...some: Change[]) =>
  some.map((change) => ({ change, document }));
const allKey = batchKey(changes);

const buckets = new FakeBuckets();
const s3 = new S3Client({ region: "eu-central-1" });
const keys = () => [...buckets.objects.keys()].map((name) => name.slice("audit/".length));

beforeEach(() => {
  buckets.reset();
});

describe("the key of an object that changes share", () => {
  it("is derived from the time of the first and the names of all, whatever their order", () => {
    const later = { ...fourth, occurredAt: new Date("2026-01-02T00:00:00Z") };

    expect(batchKey([later, first])).toBe(batchKey([first, later]));
    expect(batchKey([later, first])).toMatch(
      /^payments\/2026\/01\/01\/20260101T000001\.000Z-batch-[0-9a-f]{32}\.jsonl$/,
    );
    expect(batchKey([first, second])).not.toBe(batchKey([first, third]));
  });
});

describe("changes whose entries name one object", () => {
  it("are written into it, a document a line, by payment and version", async () => {
    const refused = await writeDocuments(s3, named(allKey, ...changes.toReversed()));
    const lines = (buckets.objects.get(`audit/${allKey}`) ?? "").split("\n");

    expect(refused.size).toBe(0);
    expect(keys()).toEqual([allKey]);
    expect(lines.pop()).toBe("");
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(
      changes.map(({ after }) => ({
        paymentId: after.transactionId,
        version: 1,
        kind: "created",
        occurredAt: "2026-01-01T00:00:01.000Z",
        before: null,
        after,
      })),
    );
    expect(buckets.puts).toMatchObject([{ IfNoneMatch: "*", ContentType: "application/jsonl" }]);
  });

  it("are written once, however often they are delivered", async () => {
    await writeDocuments(s3, named(allKey, ...changes));
    const before = new Map(buckets.objects);
    const refused = await writeDocuments(s3, named(allKey, ...changes));

    expect(refused.size).toBe(0);
    expect(buckets.objects).toEqual(before);
  });

  it("need nothing when it exists and only some of them are delivered again", async () => {
    await writeDocuments(s3, named(allKey, ...changes));
    await writeDocuments(s3, named(allKey, second, third));

    expect(keys()).toEqual([allKey]);
  });

  it.each([
    ["not there", 404],
    ["not there, as S3 says it to those who may not list the bucket", 403],
  ])(
    "get objects of their own when it is %s and only some of them are delivered",
    async (_, status) => {
      buckets.client.on(HeadObjectCommand).rejects(errorWithStatus(status));
      await writeDocuments(s3, named(allKey, second, third));

      expect(keys().sort()).toEqual([ownKey(second), ownKey(third)]);
    },
  );

  it.each([errorWithStatus(503), failure("TimeoutError")])(
    "are left to the retry when S3 does not report whether it exists: %s",
    async (error) => {
      buckets.client.on(HeadObjectCommand).rejects(error);

      await expect(writeDocuments(s3, named(allKey, second))).rejects.toBe(error);
      expect(keys()).toEqual([]);
    },
  );

  it("are refused one by one where it says something else of them", async () => {
    await writeDocuments(s3, named(allKey, ...changes));
    const text = buckets.objects.get(`audit/${allKey}`) ?? "";
    const [one, , three] = text.split("\n");
    buckets.objects.set(`audit/${allKey}`, [one, "{}", three].join("\n"));
    const refused = await writeDocuments(s3, named(allKey, ...changes));

    expect([...refused.keys()]).toEqual([second, fourth]);
    expect(refused.get(second)?.message).toBe(`${allKey} is there with other content`);
  });

  it("come beside changes with objects of their own and of other batches", async () => {
    const key = batchKey([first, second]);
    await writeDocuments(s3, [
      ...named(key, first, second),
      ...named(undefined, third),
      ...named("payments/gone.jsonl", fourth),
    ]);

    expect(keys().sort()).toEqual([ownKey(third), ownKey(fourth), key].sort());
  });
});

describe("many documents", () => {
  const many = Array.from({ length: 100 }, (_, i) => ({
    change: { ...first, after: { ...first.after, transactionId: `pay_${String(i)}` } },
    document: undefined,
  }));

  it("are written in parallel, and never more than 25 at a time", async () => {
    let [underWay, most] = [0, 0];
    buckets.client.on(PutObjectCommand).callsFake(async () => {
      most = Math.max(most, ++underWay);
      await new Promise(setImmediate);
      underWay -= 1;
      return {};
    });
    await writeDocuments(s3, many);

    expect(most).toBe(25);
    expect(buckets.client.commandCalls(PutObjectCommand)).toHaveLength(100);
  });

  it("fail when nothing is in progress any more", async () => {
    let [underWay, calls] = [0, 0];
    buckets.client.on(PutObjectCommand).callsFake(async () => {
      underWay += 1;
      const isFirst = ++calls === 1;
      await new Promise(setImmediate);
      underWay -= 1;
      if (isFirst) throw failure("SlowDown");
      return {};
    });

    await expect(writeDocuments(s3, many)).rejects.toThrow("SlowDown happened");
    expect(underWay).toBe(0);
  });
});
