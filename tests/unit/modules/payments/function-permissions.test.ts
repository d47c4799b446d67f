import * as pulumi from "@pulumi/pulumi";
import {
  accountsPermissions,
  ledgerPermissions,
  migratePermissions,
  paymentPermissions,
  reconcilePermissions,
} from "../../../../lib/modules/payments/function-permissions";
import { policyJson } from "../../../../lib/core/policy-document";
import { accountId, region } from "../../../../lib/graph/mock-aws";
import { record, valueOf } from "../../../../lib/graph/record";
import { testContext } from "../../context";

const build = (permissions: typeof paymentPermissions) =>
  record(() =>
    policyJson(
      permissions({
        aws: testContext().aws,
        tableArn: pulumi.output("arn:table"),
        idempotencyTableArn: pulumi.output("arn:answers"),
        streamArn: pulumi.output("arn:stream"),
        databaseResourceId: pulumi.output("db-1"),
        masterSecretArn: pulumi.output("arn:secret"),
        auditBucketArn: pulumi.output("arn:audit"),
        deadLetterBucketArn: pulumi.output("arn:dead-letters"),
      }),
    ),
  );

/** Each statement as `actions on resources`. */
const grants = async (permissions: typeof paymentPermissions) => {
  const { result } = await build(permissions);
  const { Statement } = JSON.parse(await valueOf(result)) as {
    Statement: { Effect: string; Action: string | string[]; Resource: string | string[] }[];
  };
  return Statement.map(({ Effect, Action, Resource }) => [
    Effect,
    [Action].flat().join(" "),
    [Resource].flat().join(" "),
  ]);
};

const databaseUser = (user: string) => `arn:aws:rds-db:${region}:${accountId}:dbuser:db-1/${user}`;

describe("the permissions of a function's role", () => {
  it("let the payment function write and read payments and responses, and nothing of the database", async () => {
    expect(await grants(paymentPermissions)).toEqual([
      [
        "Allow",
        "dynamodb:PutItem dynamodb:Query dynamodb:UpdateItem",
        "arn:table arn:table/index/*",
      ],
      ["Allow", "dynamodb:PutItem dynamodb:GetItem", "arn:answers"],
    ]);
  });

  it("let the accounts function sign in as one database role, and check the table", async () => {
    expect(await grants(accountsPermissions)).toEqual([
      ["Allow", "dynamodb:GetItem", "arn:table"],
      ["Allow", "rds-db:connect", databaseUser("payment_api")],
    ]);
  });

  it("let the migrate function read the master password and nothing else", async () => {
    expect(await grants(migratePermissions)).toEqual([
      ["Allow", "secretsmanager:GetSecretValue", "arn:secret"],
    ]);
  });

  it("let the ledger function read the stream and write, never delete, documents and dead letters", async () => {
    expect(await grants(ledgerPermissions)).toEqual([
      [
        "Allow",
        "dynamodb:DescribeStream dynamodb:GetRecords dynamodb:GetShardIterator dynamodb:ListStreams",
        "arn:stream",
      ],
      ["Allow", "s3:PutObject s3:GetObject", "arn:audit/*"],
      ["Allow", "s3:PutObject", "arn:dead-letters/*"],
      ["Allow", "s3:ListBucket", "arn:dead-letters"],
      ["Allow", "rds-db:connect", databaseUser("ledger_writer")],
    ]);
  });

  it("let the reconcile function read both sides and list documents, only", async () => {
    expect(await grants(reconcilePermissions)).toEqual([
      ["Allow", "dynamodb:Scan dynamodb:Query", "arn:table"],
      ["Allow", "dynamodb:Query", "arn:table/index/StatusIndex"],
      ["Allow", "s3:ListBucket", "arn:audit"],
      ["Allow", "rds-db:connect", databaseUser("ledger_reader")],
    ]);
  });
});
