import type * as dynamodb from "@pulumi/aws/dynamodb";
import * as pulumi from "@pulumi/pulumi";
import { autoscale } from "./shared/table-capacity";
import { createTable } from "./shared/table";
import type { StreamView, TableOptions } from "./shared/table";

/** Arguments of {@link DynamoDbComponent}. */
export interface DynamoDbComponentArgs<
  Index extends string = never,
  Stream extends StreamView | undefined = StreamView | undefined,
> extends TableOptions<Index> {
  /** What the table's stream has of each change; by default there is no stream. */
  readonly stream?: Stream;
}

/** A table's stream has an ARN, none has none. */
type StreamArn<Stream> = Stream extends StreamView ? pulumi.Output<string> : undefined;

/**
 * A table: encrypted with the stack's key, recoverable to any second of the last 35 days, with the indexes, the
 * stream and the capacity that it is given.
 *
 * ### Cost
 *
 * On demand nothing while idle. A million write units: `dynamodb.writes` 0.625 USD; a transaction's writes count
 * twice and each index takes its own. A million read units: `dynamodb.reads` 0.125 USD. A GB a month:
 * `dynamodb.storage` 0.25 USD, in the indexes again, and `dynamodb.recovery` 0.2 USD for 35 days of point-in-time
 * recovery.
 *
 * Provisioned capacity is paid by the hour, used or not, of the table and of each index: a write unit is
 * `dynamodb.writeCapacity.hour` 0.00065 USD (0.47 USD a month), a read unit `dynamodb.readCapacity.hour` 0.00013 USD
 * (0.09 USD a month). Autoscaling is free but for the four alarms that AWS makes for writes and four for reads of each:
 * `alarm.month` 0.1 USD.
 *
 * @example
 * ```ts
 * import { DynamoDbComponent } from "payment-stack";
 *
 * const orders = new DynamoDbComponent("orders", {
 *   context,
 *   purpose: "orders",
 *   key: { hash: { name: "orderId", type: "S" } },
 *   indexes: {
 *     UserIdIndex: {
 *       hash: { name: "userId", type: "S" },
 *       range: { name: "createdAt", type: "N" },
 *       projection: "ALL",
 *     },
 *   },
 *   stream: "NEW_AND_OLD_IMAGES",
 *   capacity: { read: { min: 5, max: 10 }, write: { min: 5, max: 10 }, targetPercent: 70 },
 *   keyArn: keys.arns.data,
 *   transform: { table: { tableClass: "STANDARD_INFREQUENT_ACCESS" } },
 * });
 * export const ordersStream = orders.streamArn;
 * ```
 */
export class DynamoDbComponent<
  Index extends string = never,
  Stream extends StreamView | undefined = undefined,
>
  extends pulumi.ComponentResource
{
  readonly tableName: pulumi.Output<string>;
  readonly tableArn: pulumi.Output<string>;
  readonly indexNames: readonly Index[];
  /** The changes of the last 24 hours; undefined without a stream. */
  readonly streamArn: StreamArn<Stream>;

  constructor(
    name: string,
    args: DynamoDbComponentArgs<Index, Stream>,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("payments:storage:DynamoDb", name, {}, opts);
    const { context, purpose, indexes, stream, capacity = "on-demand" } = args;
    const table = createTable(name, args, this);
    this.indexNames = indexes === undefined ? [] : namesOf(indexes);
    if (capacity !== "on-demand")
      autoscale(name, { context, purpose, table, indexNames: this.indexNames, capacity }, this);

    this.tableName = table.name;
    this.tableArn = table.arn;
    this.streamArn = streamArn(table, stream);
    this.registerOutputs({
      tableName: this.tableName,
      tableArn: this.tableArn,
      streamArn: this.streamArn,
    });
  }
}

function namesOf<Name extends string>(byName: Readonly<Record<Name, unknown>>): Name[] {
  return Object.keys(byName).filter((name): name is Name => name in byName);
}

function streamArn<Stream extends StreamView | undefined>(
  table: dynamodb.Table,
  stream: Stream | undefined,
): StreamArn<Stream>;
function streamArn({ streamArn: arn }: dynamodb.Table, stream: StreamView | undefined) {
  return stream === undefined ? undefined : arn;
}
