import { randomUUID } from "node:crypto";
import * as fs from "node:fs";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import { DescribeDBInstancesCommand } from "@aws-sdk/client-rds";
import type { IamUse } from "../../lib/local/iam-uses";
import { recordedIamUses } from "../../lib/local/iam-use-recorder";
import { differences, statementsOf } from "../least-privilege/comparison";
import type { Statement, Use } from "../least-privilege/comparison";
import { lambdaUses, streamUses } from "../least-privilege/service-uses";
import { signIns } from "../least-privilege/sign-ins";
import { TableStream } from "./behaviour/table-stream";
import { aws, call, eventually, newKey, post, text } from "./deployed";
import { useStorefront } from "./storefront-uses";
import { auditKeys, deleteDeadLetters, deleteItem, putItem } from "./operations";
import { policiesOfRole } from "./role-policies";

jest.setTimeout(180_000);

/** The record is there only where this run has started the local cloud. */
const usesFile = process.env["USES_FILE"];
const describeRecorded = usesFile === undefined ? describe.skip : describe;

const invoke = (functionName: string, event: unknown) =>
  aws.lambda.send(
    new InvokeCommand({
      FunctionName: functionName,
      Payload: new TextEncoder().encode(JSON.stringify(event)),
    }),
  );

/** Everything that the payment function does: it creates, changes, reads and lists payments, and reads the ledger. */
async function usePayments(): Promise<string> {
  const userId = newKey();
  const { body } = await post("/payment", { userId, amount: 500, currency: "EUR" });
  const id = String(body["transactionId"]);
  await post(`/payment/${id}/authorize`, { outcome: "APPROVED" });
  for (const path of [
    `/payment/${id}`,
    `/payment?userId=${userId}`,
    "/payment?status=FAILED",
    "/health",
  ])
    expect((await call("GET", path)).status).toBe(200);
  expect((await call("GET", `/balance/customer:${userId}:held`)).status).toBe(200);
  return id;
}

/** Everything that the ledger function does: it processes changes, one twice, and one that it cannot post. */
async function useLedger(id: string): Promise<void> {
  await eventually(
    () => auditKeys(id, new Date()),
    (keys) => keys.length === 2,
    60_000,
  );
  const records = await new TableStream(text("dynamoStreamArn")).read();
  const again = records.filter(({ dynamodb }) => dynamodb.Keys.transactionId.S === id);
  await invoke(text("ledgerLambdaName"), { Records: again });
}

/** Everything that the reconcile function does: it compares, and checks again what does not agree. */
async function useReconciliation(): Promise<void> {
  const id = `pay_${randomUUID().replaceAll("-", "")}`;
  const noPayment = { transactionId: { S: id }, timestamp: { N: String(Date.now()) } };
  await putItem(noPayment);
  await invoke(text("reconcileLambdaName"), { graceSeconds: 0 });
  await deleteItem(noPayment);
  await deleteDeadLetters(id, 2);
}

/** The permissions that were used in this run so far, by any test. */
async function allUses(): Promise<IamUse[]> {
  const { DBInstances: [instance] = [] } = await aws.rds.send(
    new DescribeDBInstancesCommand({ DBInstanceIdentifier: text("dbIdentifier") }),
  );
  const log = fs.readFileSync(process.env["DATABASE_LOG_FILE"] ?? "", "utf8");
  const location = {
    region: text("region"),
    accountId: text("accountId"),
    resourceId: instance?.DbiResourceId ?? "",
    masterUser: instance?.MasterUsername ?? "",
  };
  return [...recordedIamUses(usesFile ?? ""), ...signIns(log, location)];
}

/** All statements of a role. */
async function statementsOfRole(role: string): Promise<Statement[]> {
  return (await policiesOfRole(role)).flatMap((document) => statementsOf(JSON.parse(document)));
}

/** What the outputs of each function begin with, by what those of its role begin with. */
const roles = {
  lambda: ["lambda"],
  migrateLambda: ["migrateLambda"],
  ledgerLambda: ["ledgerLambda"],
  reconcileLambda: ["reconcileLambda"],
  ProductsLambda: ["ProductsLambda"],
  OrdersLambda: ["OrdersLambda", "ExpireOrdersLambda"],
  UsersLambda: ["UsersLambda"],
  SettleOrdersLambda: ["SettleOrdersLambda"],
} as const;

type Role = keyof typeof roles;

/** What Lambda does besides as a role of functions that a stream feeds. */
const streams: Partial<Record<Role, () => Use[]>> = {
  ledgerLambda: () => streamUses(text("dynamoStreamArn"), text("deadLetterBucketArn")),
  SettleOrdersLambda: () =>
    streamUses(text("dynamoStreamArn"), text("StorefrontDeadLetterBucketArn")),
};

describeRecorded("what a function is granted and what it uses are the same", () => {
  let uses: IamUse[];

  beforeAll(async () => {
    await Promise.all([
      // what has been documented is there to be compared
      usePayments().then(useLedger).then(useReconciliation),
      invoke(text("migrateLambdaName"), {}),
      useStorefront(),
    ]);
    uses = await allUses();
  });

  it.each(Object.keys(roles).filter((role): role is Role => role in roles))(
    "%s",
    async (prefix) => {
      const byLambda: Use[] = [
        ...roles[prefix].flatMap((output) => lambdaUses(text(`${output}LogGroupArn`))),
        ...(streams[prefix]?.() ?? []),
      ];
      const names: readonly string[] = roles[prefix].map((output) => text(`${output}Name`));
      const ofFunctions = uses.filter((use) => names.includes(use.function));
      const role = text(`${prefix}RoleName`);

      expect(
        differences(role, await statementsOfRole(role), [...ofFunctions, ...byLambda]),
      ).toEqual([]);
    },
  );

  it("every call is attributed to a function", () => {
    expect(uses.filter((use) => use.function === "")).toEqual([]);
  });
});
