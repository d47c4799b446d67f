import "../../function-environment";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import type { Queryable } from "../../../../../lib/lambda/database/connection";
import { handler } from "../../../../../lib/lambda/payments/ledger";
import { Harness } from "../../harness";
import { FakeBuckets, failure } from "../fake-bucket";
import { FakeLedger } from "./fake-ledger";
import { authorized, canceled, captured, pending, streamRecord } from "./payments";

let mockLedger: FakeLedger;
jest.mock("../../../../../lib/lambda/database/connection", () => ({
  withDatabase: async (work: (client: Queryable) => Promise<unknown>) => work(mockLedger),
}));

const buckets = new FakeBuckets();
const printed = () =>
  jest
    .mocked(console.log)
    .mock.calls.map(([line]) => String(line))
    .filter((line) => line.includes("CloudWatchMetrics"))
    .map((line) => JSON.parse(line) as unknown);
const posted = () => [...mockLedger.entries].map(([name, { kind }]) => `${name} ${kind}`);
const counted = async (...Records: unknown[]) => {
  const { posted, ignored, deadLettered } = await handler({ Records });
  return { posted, ignored, deadLettered };
};
const poison = streamRecord(pending, { ...captured, version: 2 }, { eventID: "poison-1" });
const poisonReason =
  "No payment can change from PENDING (version 1) to CAPTURED (version 2) as the record says";

beforeEach(() => {
  jest.restoreAllMocks();
  for (const method of ["log", "info", "error"] as const)
    jest.spyOn(console, method).mockReturnValue();
  mockLedger = new FakeLedger();
  buckets.reset();
});

describe("changes of the table", () => {
  it("are posted in order, and none is lost or dead-lettered", async () => {
    const summary = await handler({
      Records: [
        streamRecord(undefined, pending),
        streamRecord(pending, authorized),
        streamRecord(authorized, canceled),
      ],
    });

    const outcomes = Array(3).fill({ kind: "posted" });
    expect(summary).toEqual({ posted: 3, ignored: 0, deadLettered: 0, outcomes });
    expect(posted()).toEqual([
      `${pending.transactionId}/1 created`,
      `${pending.transactionId}/2 authorized`,
      `${pending.transactionId}/3 canceled`,
    ]);
    expect(mockLedger.statements).toHaveLength(1);
    expect(printed()).toEqual([]);
  });

  it("are all posted that the API makes: no invocation is for nothing, however often a request is repeated", async () => {
    const api = new Harness();
    const id = await api.payment();
    for (const action of ["authorize", "capture", "refund", "cancel"] as const) {
      await api.act(id, action, { key: action });
      await api.act(id, action, { key: action });
    }
    await api.post("/payment", { body: {} });
    const { history } = api.store;
    const records = history.map((after, at) => streamRecord(history[at - 1], after));

    // made, authorized, captured, refunded; the cancellation is refused
    expect(await counted(...records)).toEqual({ posted: 4, ignored: 0, deadLettered: 0 });
  });

  it("are documented in the audit bucket, by date, as they were and as they are", async () => {
    await handler({
      Records: [streamRecord(undefined, pending), streamRecord(pending, authorized)],
    });

    expect(buckets.documents("audit")).toEqual({
      [`payments/2026/01/01/20260101T000001.000Z-${pending.transactionId}-v1.json`]: {
        paymentId: pending.transactionId,
        version: 1,
        kind: "created",
        occurredAt: "2026-01-01T00:00:01.000Z",
        before: null,
        after: pending,
      },
      [`payments/2026/01/01/20260101T000001.000Z-${pending.transactionId}-v2.json`]: {
        paymentId: pending.transactionId,
        version: 2,
        kind: "authorized",
        occurredAt: "2026-01-01T00:00:01.000Z",
        before: pending,
        after: authorized,
      },
    });
    expect(buckets.puts.map(({ IfNoneMatch, ContentType }) => [IfNoneMatch, ContentType])).toEqual([
      ["*", "application/json"],
      ["*", "application/json"],
    ]);
  });

  it("may be delivered again, with their attributes in another order", async () => {
    const reordered = Object.fromEntries(Object.entries(pending).reverse());
    await handler({ Records: [streamRecord(undefined, pending)] });

    expect(await counted(streamRecord(undefined, reordered))).toEqual({
      posted: 1,
      ignored: 0,
      deadLettered: 0,
    });
    expect(Object.keys(buckets.documents("audit"))).toHaveLength(1);
  });

  it("may be delivered twice in one batch: the second is compared with the first", async () => {
    const record = streamRecord(undefined, pending);
    const other = streamRecord(undefined, { ...pending, currency: "USD" });
    const { outcomes } = await handler({ Records: [record, record, other] });

    expect(outcomes.map(({ kind }) => kind)).toEqual(["posted", "posted", "deadLettered"]);
    expect(posted()).toEqual([`${pending.transactionId}/1 created`]);
    expect(Object.keys(buckets.documents("audit"))).toHaveLength(1);
  });

  it.each([
    ["other content", '{"other":true}'],
    ["no content", ""],
    ["no JSON", "not JSON"],
  ])("never replace an audit document that has %s: they are dead-lettered", async (_, content) => {
    await handler({ Records: [streamRecord(undefined, pending)] });
    const [name = ""] = [...buckets.objects.keys()];
    buckets.objects.set(name, content);

    expect(await counted(streamRecord(undefined, pending))).toMatchObject({ deadLettered: 1 });
    expect(buckets.objects.get(name)).toBe(content);
  });

  it("are dead-lettered when the existing audit document cannot be read", async () => {
    await handler({ Records: [streamRecord(undefined, pending)] });
    buckets.client.on(GetObjectCommand).resolves({});

    expect(await counted(streamRecord(undefined, pending))).toMatchObject({ deadLettered: 1 });
  });

  it("that concern no payment are ignored", async () => {
    const item = { transactionId: "idempotency#0123", timestamp: 0 };

    expect(await handler({ Records: [streamRecord(undefined, item)] })).toEqual({
      posted: 0,
      ignored: 1,
      deadLettered: 0,
      outcomes: [{ kind: "ignored" }],
    });
    expect(mockLedger.statements).toEqual([]);
  });
});

describe("a record that can never be posted", () => {
  it("is dead-lettered whole, with the reason, and the rest are processed", async () => {
    jest.useFakeTimers({ now: new Date("2026-01-02T03:04:05Z"), doNotFake: ["setImmediate"] });
    const summary = await handler({ Records: [poison, streamRecord(pending, authorized)] });
    jest.useRealTimers();

    expect(summary).toEqual({
      posted: 1,
      ignored: 0,
      deadLettered: 1,
      outcomes: [
        {
          kind: "deadLettered",
          letter: "dead-letters/poison-1.json",
          reason: poisonReason,
        },
        { kind: "posted" },
      ],
    });
    expect(buckets.documents("dead-letters")).toEqual({
      "dead-letters/poison-1.json": {
        reason: poisonReason,
        function: "payments-dev-function-dev",
        time: "2026-01-02T03:04:05.000Z",
        record: poison,
      },
    });
  });

  it("publishes the metric that the alarm monitors", async () => {
    await handler({ Records: [poison, poison] });

    expect(printed()).toMatchObject([
      {
        _aws: {
          CloudWatchMetrics: [
            {
              Namespace: "Payments",
              Dimensions: [["service"]],
              Metrics: [{ Name: "DeadLetters", Unit: "Count" }],
            },
          ],
        },
        service: "payments-dev-function-dev",
        DeadLetters: 2,
      },
    ]);
  });

  it("has one dead letter, however often it is delivered; that of a record without an id is keyed by its content", async () => {
    const nameless = { nonsense: true };
    await handler({
      Records: [poison, poison, nameless, nameless, { ...nameless, eventID: "../x" }],
    });

    expect(Object.keys(buckets.documents("dead-letters"))).toEqual([
      "dead-letters/poison-1.json",
      expect.stringMatching(/^dead-letters\/[0-9a-f]{64}\.json$/),
      expect.stringMatching(/^dead-letters\/[0-9a-f]{64}\.json$/),
    ]);
  });

  it("is logged by its dead letter's key, without its content", async () => {
    const secretive = { ...captured, version: 2, description: "a gift for Ann" };
    await handler({ Records: [streamRecord(pending, secretive)] });
    const lines = JSON.stringify(jest.mocked(console.error).mock.calls);

    expect(lines).toContain("dead-letters/0123456789abcdef0123456789abcdef.json");
    expect(lines).not.toContain("Ann");
  });

  it("is one whose values the database refuses, alone of its batch", async () => {
    mockLedger.before = (names) => {
      if (names.includes(`${pending.transactionId}/2`))
        throw Object.assign(new Error("out of range"), { code: "22003" });
    };
    const { outcomes } = await handler({
      Records: [streamRecord(undefined, pending), streamRecord(pending, authorized)],
    });

    expect(outcomes).toMatchObject([
      { kind: "posted" },
      { kind: "deadLettered", reason: "out of range" },
    ]);
    expect(Object.keys(buckets.documents("audit"))).toHaveLength(1);
  });

  it("makes its payment a suspect of the next reconciliation, once its dead letter is written", async () => {
    let lettersBefore = 0;
    mockLedger.before = () => {
      lettersBefore = Object.keys(buckets.documents("dead-letters")).length;
    };
    const odd = streamRecord(undefined, { ...pending, transactionId: "pay_/../x" });
    await handler({ Records: [poison, { nonsense: true }, odd] });

    expect(mockLedger.suspects).toEqual([pending.transactionId]);
    expect(lettersBefore).toBe(3);
  });

  it("is not processed again where its payment cannot be recorded: the dead letter is written", async () => {
    mockLedger.before = () => {
      throw failure("ECONNREFUSED");
    };

    expect(await counted(poison)).toMatchObject({ deadLettered: 1 });
    expect(JSON.stringify(jest.mocked(console.error).mock.calls)).toContain("Could not note");
    expect(printed()).toMatchObject([{ DeadLetters: 1 }]);
  });
});

describe("a failure that may be transient", () => {
  it.each([
    [
      "the database is away",
      () =>
        (mockLedger.before = () => {
          throw failure("ECONNREFUSED");
        }),
    ],
    ["S3 is busy", () => buckets.client.rejects(failure("SlowDown"))],
  ])("is thrown, so that the stream delivers the batch again: %s", async (_, breakIt) => {
    breakIt();

    await expect(handler({ Records: [poison, streamRecord(undefined, pending)] })).rejects.toThrow(
      "happened",
    );
    expect(buckets.documents("dead-letters")).toEqual({});
  });

  it("also if a dead letter cannot be written", async () => {
    buckets.client.rejects(failure("SlowDown"));

    await expect(handler({ Records: [poison] })).rejects.toThrow("SlowDown happened");
    expect(mockLedger.suspects).toEqual([]);
  });

  it("is any unexpected error", async () => {
    const odd = Object.defineProperty({}, "dynamodb", {
      get: () => {
        throw new TypeError("odd");
      },
    });

    await expect(handler({ Records: [odd] })).rejects.toThrow("odd");
  });

  it("is an event that is not the stream's", async () => {
    await expect(handler({})).rejects.toThrow("Records");
  });
});

describe("how many changes share a document", () => {
  afterEach(() => {
    delete process.env["CHANGES_PER_DOCUMENT"];
  });

  it.each(["0", "101", "1.5", "many"])("is refused as a setting: %s", async (value) => {
    process.env["CHANGES_PER_DOCUMENT"] = value;

    await expect(handler({ Records: [] })).rejects.toThrow();
  });

  it("is as the deployment has set it", async () => {
    process.env["CHANGES_PER_DOCUMENT"] = "100";
    await handler({
      Records: [streamRecord(undefined, pending), streamRecord(pending, authorized)],
    });

    expect([...buckets.objects.keys()]).toEqual([expect.stringMatching(/-batch-\w+\.jsonl$/)]);
  });
});
