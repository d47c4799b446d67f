import {
  type AttributeValue,
  type DynamoDBClient,
  QueryCommand,
  type QueryCommandOutput,
  ScanCommand,
} from "@aws-sdk/client-dynamodb";
import * as z from "zod/mini";
import type { Payment } from "../domain/payment";
import { required } from "../../aws/environment";
import { inParallel } from "../../aws/in-parallel";
import { idempotencyPrefix, storedPayment } from "../ledger/stored-payment";

/** A payment as the table has it. */
export interface TablePayment {
  readonly transactionId: string;
  /** Undefined for an item that is no payment, though it has the id of one. */
  readonly payment: Payment | undefined;
}

/** After which item a page continues: its key, as DynamoDB writes it. */
export const tablePosition = z.object({
  id: z.string().check(z.minLength(1)),
  timestamp: z.string().check(z.regex(/^\d+$/)),
});

/** After which item a page continues: its key, as DynamoDB writes it. */
export type TablePosition = Readonly<z.infer<typeof tablePosition>>;

/** Payments, and where the next page starts. */
export interface TablePage {
  readonly payments: readonly TablePayment[];
  /** Undefined when there are no more. */
  readonly next: TablePosition | undefined;
}

/** A segment of a parallel scan. */
export interface TableSegment {
  readonly segment: number;
  readonly of: number;
  readonly after: TablePosition | undefined;
}

/**
 * A page of a segment (1 MB before filtering). Eventually consistent, at half the price: what does
 * not agree is checked again. Idempotency records of an earlier version, which were stored here, are no
 * payments.
 */
export async function segmentPage(
  dynamo: DynamoDBClient,
  { segment, of, after }: TableSegment,
): Promise<TablePage> {
  return page(
    await dynamo.send(
      new ScanCommand({
        TableName: required("TABLE_NAME"),
        Segment: segment,
        TotalSegments: of,
        FilterExpression: "NOT begins_with(transactionId, :idempotency)",
        ExpressionAttributeValues: { ":idempotency": { S: idempotencyPrefix } },
        ...(after && { ExclusiveStartKey: keyOf(after) }),
      }),
    ),
  );
}

/** A query of the index of statuses. */
export interface CreatedQuery {
  /** A status, or a shard of one, as items have it. */
  readonly status: string;
  /** Epoch milliseconds, both included. */
  readonly since: number;
  readonly until: number;
  readonly after: TablePosition | undefined;
}

/** A page of the payments in a status that were created in a span of time; eventually consistent. */
export async function createdPage(
  dynamo: DynamoDBClient,
  { status, since, until, after }: CreatedQuery,
): Promise<TablePage> {
  return page(
    await dynamo.send(
      new QueryCommand({
        TableName: required("TABLE_NAME"),
        IndexName: "StatusIndex",
        KeyConditionExpression: "#status = :status AND #timestamp BETWEEN :since AND :until",
        ExpressionAttributeNames: { "#status": "status", "#timestamp": "timestamp" },
        ExpressionAttributeValues: {
          ":status": { S: status },
          ":since": { N: String(since) },
          ":until": { N: String(until) },
        },
        ...(after && { ExclusiveStartKey: { ...keyOf(after), status: { S: status } } }),
      }),
    ),
  );
}

/** Some payments by id; those that the table does not have are left out. */
export async function readPayments(
  dynamo: DynamoDBClient,
  ids: readonly string[],
  read: "as they are now" | "as of a moment ago",
): Promise<ReadonlyMap<string, TablePayment>> {
  const isConsistent = read === "as they are now";
  const found = new Map<string, TablePayment>();
  await inParallel(ids, async (id) => {
    for (const item of await readPayment(dynamo, id, isConsistent)) found.set(id, item);
  });
  return found;
}

/** The payment with an id; its other key, the time of its creation, is not known. */
async function readPayment(
  dynamo: DynamoDBClient,
  id: string,
  isConsistent: boolean,
): Promise<readonly TablePayment[]> {
  const { Items = [] } = await dynamo.send(
    new QueryCommand({
      TableName: required("TABLE_NAME"),
      ConsistentRead: isConsistent,
      KeyConditionExpression: "transactionId = :id",
      ExpressionAttributeValues: { ":id": { S: id } },
    }),
  );
  // which of several is the payment cannot be known
  return Items.length > 1
    ? [{ transactionId: id, payment: undefined }]
    : Items.map((item) => tablePayment(item));
}

type Item = Record<string, AttributeValue>;

function page({
  Items = [],
  LastEvaluatedKey,
}: Pick<QueryCommandOutput, "Items" | "LastEvaluatedKey">): TablePage {
  return {
    payments: Items.map(tablePayment),
    next: LastEvaluatedKey && positionOf(LastEvaluatedKey),
  };
}

const keySchema = z.object({
  transactionId: z.object({ S: z.string() }),
  timestamp: z.object({ N: z.string() }),
});

function positionOf(key: Item): TablePosition {
  const { transactionId, timestamp } = keySchema.parse(key);
  return { id: transactionId.S, timestamp: timestamp.N };
}

function keyOf({ id, timestamp }: TablePosition): Item {
  return { transactionId: { S: id }, timestamp: { N: timestamp } };
}

const keyed = z.object({ transactionId: z.object({ S: z.string() }) });

function tablePayment(item: Item): TablePayment {
  const payment = storedPayment(item);
  return {
    transactionId: keyed.parse(item).transactionId.S,
    payment: "transactionId" in payment ? payment : undefined,
  };
}
