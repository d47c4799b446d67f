import * as dynamodb from "@pulumi/aws/dynamodb";
import * as pulumi from "@pulumi/pulumi";
import { resourceName } from "../core/names";
import { namedTags } from "../core/tags";
import { transformed } from "../core/transform";
import type { StackContext, Transform } from "../types";

/** Arguments of {@link DynamoDbComponent}. */
export interface DynamoDbComponentArgs {
  readonly context: StackContext;
  /** ARN of the key that encrypts the table. */
  readonly keyArn: pulumi.Input<string>;
  readonly transform?: { readonly table?: Transform<dynamodb.TableArgs> };
}

/** The indexes' names and hash keys; all are sorted by `timestamp`. */
const indexes = { UserIdIndex: "userId", StatusIndex: "status" };

/**
 * The transactions table: payments by `transactionId` and `timestamp` (epoch milliseconds),
 * by user and by status, with every change on its stream.
 *
 * ### Cost
 *
 * Nothing while idle. A million write units: `dynamodb.writes` 0.625 USD; a payment takes 20 until it is captured,
 * for a transaction's writes count twice and each index takes its own. A million read units: `dynamodb.reads`
 * 0.125 USD. A GB a month: `dynamodb.storage` 0.25 USD, in the indexes again, and `dynamodb.recovery` 0.2 USD for
 * 35 days of point-in-time recovery.
 *
 * @example
 * ```ts
 * import { DynamoDbComponent } from "payment-stack";
 *
 * const table = new DynamoDbComponent("transactions", {
 *   context,
 *   keyArn: keys.dataKeyArn,
 *   transform: { table: { tableClass: "STANDARD_INFREQUENT_ACCESS" } },
 * });
 * export const tableName = table.tableName;
 * ```
 */
export class DynamoDbComponent extends pulumi.ComponentResource {
  readonly tableName: pulumi.Output<string>;
  readonly tableArn: pulumi.Output<string>;
  readonly indexNames = Object.keys(indexes);
  /** New and old image of every change, kept by AWS for 24 hours. */
  readonly streamArn: pulumi.Output<string>;

  constructor(name: string, args: DynamoDbComponentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("payments:storage:DynamoDb", name, {}, opts);
    const { context, keyArn, transform } = args;
    const tableName = resourceName(context, "transactions");

    const table = new dynamodb.Table(
      `${name}-transactions`,
      transformed<dynamodb.TableArgs>(
        {
          name: tableName,
          billingMode: "PAY_PER_REQUEST",
          hashKey: "transactionId",
          rangeKey: "timestamp",
          attributes: [
            { name: "transactionId", type: "S" },
            { name: "timestamp", type: "N" },
            { name: "userId", type: "S" },
            { name: "status", type: "S" },
          ],
          globalSecondaryIndexes: Object.entries(indexes).map(([index, hashKey]) => ({
            name: index,
            hashKey,
            rangeKey: "timestamp",
            projectionType: "ALL",
          })),
          ttl: { attributeName: "expirationTime", enabled: true },
          streamEnabled: true,
          streamViewType: "NEW_AND_OLD_IMAGES",
          pointInTimeRecovery: { enabled: true },
          serverSideEncryption: { enabled: true, kmsKeyArn: keyArn },
          deletionProtectionEnabled: context.protect,
          tags: namedTags(context.tags, tableName),
        },
        transform?.table,
      ),
      { parent: this, protect: context.protect },
    );

    this.tableName = table.name;
    this.tableArn = table.arn;
    this.streamArn = table.streamArn;
    this.registerOutputs({
      tableName: this.tableName,
      tableArn: this.tableArn,
      streamArn: this.streamArn,
    });
  }
}
