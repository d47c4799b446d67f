import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import * as z from "zod";
import { event } from "../../unit/lambda/harness";
import { aws, newKey } from "../deployed";
import { describeLocally, numbers } from "./client";
import { renewReleased, writeReleased } from "./released";
import type { DatabaseFunction } from "./released";
import { imageOf, lifeOf, newId, recordOf } from "./stream-records";
import { World } from "./world";

const migrations = fs.readdirSync("lib/lambda/payments/migrate/migrations").length;

const responseSchema = z.object({ statusCode: z.number(), body: z.string() });
const summarySchema = z.object({ posted: z.number(), deadLettered: z.number() });
const reportSchema = z.object({ checked: z.number() });

/** The folder with a function's code; undefined for the deployed one's. */
type Code = (name: DatabaseFunction) => string | undefined;

/** Today's code. */
const todays: Code = () => undefined;

/** Three changes of one payment, up to its capture. */
function capturedPayment() {
  const id = newId();
  const before = imageOf(id, "AUTHORIZED", 2);
  const captured = imageOf(id, "CAPTURED", 3, { capturedAmount: { N: "1250" } });
  return [...lifeOf(id), recordOf(id, before, captured)];
}

/** What each of the functions makes of its work: done, or to be done again. */
async function work(world: World, code: Code, Records: readonly unknown[]) {
  const invoke = async (name: DatabaseFunction, request: unknown) => {
    const started = world.start(name, {}, code(name));
    const outcome = await started.invoke(request);
    started.kill();
    return outcome;
  };
  const respond = async (request: unknown) => {
    const outcome = await invoke("accounts", request);
    if ("failure" in outcome) throw new Error(outcome.failure);
    return responseSchema.parse(outcome.result);
  };
  const posted = await invoke("ledger", { Records });
  const balance = await respond(event("GET", "/balance/merchant:payable"));
  const payout = await respond(
    event("POST", "/payout", { key: newKey(), body: { currency: "EUR", amount: 250 } }),
  );
  const compared = await invoke("reconcile", { graceSeconds: 0, everything: true });
  return { posted, balance, payout, compared };
}

const deadLetters = async (world: World) =>
  (await aws.s3.send(new ListObjectsV2Command({ Bucket: world.deadLetterBucket }))).KeyCount;

/** All of it is done. */
const done = {
  posted: { result: { posted: 3, deadLettered: 0 } },
  balance: { statusCode: 200 },
  payout: { statusCode: 201 },
  compared: { result: { complete: true } },
};

describeLocally("a release beside the schema of another", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "payments-released-"));
  const released: Code = (name) => path.join(folder, name);
  let world: World;

  beforeAll(async () => {
    if (process.env["UPGRADE_FIXTURES"] === "renew") await renewReleased();
    writeReleased(folder);
    world = await World.make(0);
  }, 120_000);
  afterAll(() => {
    world.stop();
    fs.rmSync(folder, { recursive: true });
  });

  it("does its work before each migration, or leaves it to be done again: nothing is lost", async () => {
    const records = capturedPayment();
    for (const applied of numbers(migrations)) {
      await world.migrate(applied);
      const { posted, balance, payout, compared } = await work(world, todays, records);
      if ("result" in posted) expect(summarySchema.parse(posted.result).deadLettered).toBe(0);
      else expect(posted.failure).toBeDefined();
      expect([200, 503]).toContain(balance.statusCode);
      // 400: while nothing is posted, nothing is owed
      expect([201, 400, 503]).toContain(payout.statusCode);
      if ("result" in compared) reportSchema.parse(compared.result);
    }
    await world.migrate();

    expect(await work(world, todays, records)).toMatchObject(done);
    expect(await deadLetters(world)).toBe(0);
  }, 300_000);

  it("was the last: its code does all its work on today's schema", async () => {
    expect(await work(world, released, capturedPayment())).toMatchObject(done);
  }, 120_000);

  it("was the last, and its code is found out by a migration that takes away what it uses", async () => {
    const owner = await world.connect();
    await owner.query("ALTER TABLE ledger.entries RENAME COLUMN document TO object_key");
    await owner.end();

    const { posted, balance } = await work(world, released, capturedPayment());

    expect("failure" in posted && posted.failure).toContain("document");
    expect(balance.statusCode).toBe(200);
    // it is left to the stream, which brings it again
    expect(await deadLetters(world)).toBe(0);
  }, 120_000);
});
