import {
  GetFunctionConfigurationCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { paginateListObjectsV2 } from "@aws-sdk/client-s3";
import { setTimeout as sleep } from "node:timers/promises";
import { aws, call, eventually, newKey, text } from "../deployed";
import { describeLocally, numbers, persist, runInParallel } from "./client";
import { DatabaseProxy } from "./database-proxy";
import { reconciled } from "./reconciled";

const FunctionName = text("ledgerLambdaName");
const steps = [
  ["authorize", { outcome: "APPROVED" }],
  ["capture", { all: true }],
  ["refund", { amount: 200 }],
] as const;

async function variables() {
  const { Environment } = await aws.lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName }),
  );
  return Environment?.Variables ?? {};
}

const setVariables = (Variables: Record<string, string>) =>
  aws.lambda.send(
    new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }),
  );

/** A payment that is made, authorized, captured and refunded in part. */
async function pay(userId: string): Promise<string> {
  const { body } = await persist("/payment", { userId, amount: 500, currency: "EUR" }, newKey());
  const id = String(body["transactionId"]);
  for (const [action, body] of steps) await persist(`/payment/${id}/${action}`, body, newKey());
  return id;
}

async function documentsOf(ids: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2(
    { client: aws.s3 },
    { Bucket: text("auditBucketName") },
  ))
    found.push(
      ...Contents.flatMap(({ Key = "" }) => ids.filter((id) => Key.includes(id)).map(() => Key)),
    );
  return found;
}

describeLocally(
  "where the ledger's database goes away in the middle of the stream and returns",
  () => {
    let original: Record<string, string>;
    let proxy: DatabaseProxy;
    beforeAll(async () => {
      original = await variables();
      proxy = await DatabaseProxy.start({
        host: original["DB_HOST"] ?? "",
        port: Number(original["DB_PORT"]),
      });
      await setVariables({ ...original, DB_PORT: String(proxy.port) });
    });
    afterAll(async () => {
      await setVariables(original);
      proxy.stop();
    });

    it("payments succeed, and everything is posted once when it is back", async () => {
      const userId = newKey();
      const paidAccount = `customer:${userId}:paid`;
      const ids: string[] = [];
      const paying = runInParallel(numbers(3), numbers(18), async () => {
        ids.push(await pay(userId));
      });
      await eventually(
        () => Promise.resolve(proxy.messages),
        (count) => count > 4,
      );
      for (let outage = 0; outage < 3; outage++) {
        proxy.goAway();
        await sleep(1_500);
        proxy.comeBack();
        await sleep(700);
      }
      proxy.goAway();
      await paying;
      ids.push(await pay(userId));
      const during = (await call("GET", `/balance/${paidAccount}`)).body;
      proxy.comeBack();

      const report = await reconciled();
      const after = (await call("GET", `/balance/${paidAccount}`)).body;
      const documents = await eventually(
        () => documentsOf(ids),
        ({ length }) => length >= ids.length * 4,
      );
      expect(during).not.toEqual(after);
      expect(report).toMatchObject({ pending: 0, differenceCount: 0 });
      expect(after).toEqual({
        account: paidAccount,
        balances: [{ currency: "EUR", amount: String(ids.length * 300) }],
      });
      expect(documents).toHaveLength(ids.length * 4);
    }, 120_000);
  },
);
