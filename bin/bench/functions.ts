import * as fs from "node:fs";
import * as path from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import {
  functionFiles,
  functionNames,
  functionsFolder,
  modulesOf,
} from "../../lib/components/lambda/bundles";
import { inNode, initRun, warmRun } from "./in-node";
import type { WarmCall } from "./in-node";
import { median } from "./measurement";
import type { Measurement } from "./measurement";

/** The payment function's own code over a client that responds at once: what is timed when it is warm. */
const stubbed = `
import { createApp } from "./http/app";
import { paymentEndpoints } from "./payments/payment/endpoints";
import { DynamoDbPaymentStore } from "./payments/store/dynamodb-payment-store";
import { paymentsService } from "./payments/api/service";
import { marshall } from "@aws-sdk/util-dynamodb";
const payment = marshall({ transactionId: "pay_" + "0".repeat(32), timestamp: 1, userId: "user-1", amount: 1250,
  currency: "EUR", status: "PENDING", version: 1, description: "Two coffees", metadata: { order: "1001" } });
const client = { send: (command) => Promise.resolve("KeyConditionExpression" in command.input ? { Items: [payment] } : {}) };
let ids = 0;
export const handler = createApp({
  service: paymentsService,
  endpoints: paymentEndpoints({
    store: new DynamoDbPaymentStore(client, { table: "transactions", idempotencyTable: "idempotency",
      statusShards: { written: 1, read: 1 } }, Date.now),
    now: Date.now,
    newId: () => "pay_" + String(ids++).padStart(32, "0"),
  }),
  logger: { info() {}, error() {} },
  allowedOrigins: ["https://shop.example"],
  authorization: "AWS_IAM",
});`;

/** The gateway's context of a caller that has signed its request. */
const caller = { identity: { userArn: "arn:aws:sts::123456789012:assumed-role/shop/session" } };

const calls: Readonly<Record<"create" | "read", WarmCall>> = {
  create: {
    method: "POST",
    path: "/payment",
    body: {
      ...{ userId: "user-1", amount: 1250, currency: "EUR" },
      ...{ description: "Two coffees", metadata: { order: "1001" } },
    },
  },
  read: { method: "GET", path: `/payment/pay_${"0".repeat(32)}` },
};

/** The function's environment. */
const environment = {
  TABLE_NAME: "transactions",
  IDEMPOTENCY_TABLE: "idempotency",
  STATUS_SHARDS: "1",
  STATUS_SHARDS_READ: "1",
  ALLOWED_ORIGINS: "https://shop.example",
  AUTHORIZATION: "AWS_IAM",
};

/** The same without the optimizations: the AWS SDK and pg loaded file by file from node_modules, the classic zod. */
const plain = {
  absWorkingDir: functionsFolder,
  alias: { "zod/mini": path.join(__dirname, "classic-zod.ts") },
  external: ["@aws-sdk/*", "@smithy/*", "pg"],
  minify: false,
};

/** Bytes of all files that the payment function consists of where nothing is bundled. */
async function plainSize() {
  const { metafile } = await build({
    ...plain,
    external: ["pg-native"],
    entryPoints: ["./payments/payment/index"],
    bundle: true,
    format: "esm",
    platform: "node",
    mainFields: ["module", "main"],
    outfile: "unused.mjs",
    write: false,
    metafile: true,
  });
  const texts = Object.keys(metafile.inputs)
    .map((file) => path.resolve(functionsFolder, file))
    .filter((file) => fs.existsSync(file))
    .map((file) => fs.readFileSync(file));
  return sizes(Buffer.concat(texts));
}

function sizes(text: Buffer | string) {
  return { bytes: Buffer.byteLength(text), zipped: gzipSync(text, { level: 9 }).length };
}

/** The module of the only entry point. */
const moduleOf = async (options: Parameters<typeof modulesOf>[0]) =>
  (await modulesOf(options)).map(({ text }) => text).join("");

/** Writes what is measured into a folder from which Node resolves the packages. */
async function prepare(folder: string) {
  const entry = { contents: stubbed, resolveDir: functionsFolder, loader: "ts" } as const;
  const texts = {
    "empty.mjs": "export const handler = async () => undefined;\n",
    "payment.mjs": (await functionFiles("payments/payment", functionsFolder))["index.mjs"] ?? "",
    "payment-plain.mjs": await moduleOf({ ...plain, entryPoints: ["./payments/payment/index"] }),
    "stubbed.mjs": await moduleOf({ absWorkingDir: functionsFolder, stdin: entry }),
    "stubbed-plain.mjs": await moduleOf({ ...plain, stdin: entry }),
  };
  for (const [name, text] of Object.entries(texts)) {
    fs.writeFileSync(path.join(folder, name), text);
  }
}

const kilobytes = (bytes: number) => Math.round(bytes / 100) / 10;

/** Size, init and warm calls of the functions, as they are and without the optimizations. */
export async function measureFunctions(runs: number): Promise<Measurement[]> {
  const cache = path.resolve(__dirname, "../../.cache");
  const folder = fs.mkdtempSync(path.join(cache, "bench-"));
  try {
    await prepare(folder);
    const file = (name: string) => path.join(folder, name);
    const of = { empty: [], init: [], initPlain: [], warm: [], warmPlain: [] } as Record<
      "empty" | "init" | "initPlain" | "warm" | "warmPlain",
      Record<string, number>[]
    >;
    // in turns, so that other load of the machine affects all of them
    for (let run = 0; run < runs; run++) {
      of.empty.push(inNode(initRun(file("empty.mjs")), environment));
      of.init.push(inNode(initRun(file("payment.mjs")), environment));
      of.initPlain.push(inNode(initRun(file("payment-plain.mjs")), environment));
      of.warm.push(inNode(warmRun(file("stubbed.mjs"), calls, caller), environment));
      of.warmPlain.push(inNode(warmRun(file("stubbed-plain.mjs"), calls, caller), environment));
    }
    const time = (measured: readonly Record<string, number>[], name: string) =>
      median(measured.map((values) => values[name] ?? NaN));
    const empty = time(of.empty, "init");
    return [
      ...(await measureSizes()),
      {
        what: "payment: init beyond an empty handler's",
        value: time(of.init, "init") - empty,
        unit: "ms",
        against: { what: "plain", value: time(of.initPlain, "init") - empty, isStable: false },
        goal: 60,
        ratioGoal: 0.25,
      },
      ...(["create", "read"] as const).map((call) => ({
        what: `payment: warm ${call}, stubbed client`,
        value: time(of.warm, call),
        unit: "ms" as const,
        against: { what: "plain", value: time(of.warmPlain, call), isStable: false },
        goal: 1,
      })),
    ];
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

async function measureSizes(): Promise<Measurement[]> {
  const whole = await plainSize();
  const measured: Measurement[] = [];
  const withPg: { readonly name: string; readonly text: string }[] = [];
  for (const name of functionNames(functionsFolder)) {
    const files = await functionFiles(name, functionsFolder);
    const { bytes, zipped } = sizes(files["index.mjs"] ?? "");
    const isPayment = name === "payments/payment";
    const { "pg.mjs": pg } = files;
    if (pg !== undefined) withPg.push({ name: path.basename(name), text: pg });
    measured.push(
      {
        what: `${path.basename(name)}: index.mjs`,
        value: kilobytes(bytes),
        unit: "KB",
        ...(isPayment && {
          against: { what: "plain", value: kilobytes(whole.bytes), isStable: true },
        }),
        ...((isPayment || name.startsWith("storefront/")) && { goal: 300 }),
      },
      {
        what: `${path.basename(name)}: index.mjs, gzip`,
        value: kilobytes(zipped),
        unit: "KB",
        ...(isPayment && {
          against: { what: "plain", value: kilobytes(whole.zipped), isStable: true },
          goal: 100,
        }),
      },
    );
  }
  const users = withPg.map(({ name }) => name).join(", ");
  const { bytes, zipped } = sizes(withPg[0]?.text ?? "");
  measured.push(
    { what: `${users}: pg.mjs`, value: kilobytes(bytes), unit: "KB" },
    { what: `${users}: pg.mjs, gzip`, value: kilobytes(zipped), unit: "KB" },
  );
  return measured;
}
