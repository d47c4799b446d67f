import {
  type AttributeValue,
  type DynamoDBClient,
  QueryCommand,
  paginateScan,
} from "@aws-sdk/client-dynamodb";
import * as z from "zod/mini";
import type { Payment } from "../domain/payment";
import { variable } from "../environment";
import { idempotencyPrefix, storedPayment } from "../ledger/stored-payment";

/** A payment as the table has it. */
export interface TablePayment {
  readonly transactionId: string;
  /** Undefined for an item that is no payment, though it has the id of one. */
  readonly payment: Payment | undefined;
}

/** Every payment of the table, a page at a time (1 MB before filtering). */
export async function* paymentPages(dynamo: DynamoDBClient): AsyncGenerator<TablePayment[]> {
  const pages = paginateScan(
    { client: dynamo },
    {
      TableName: variable("TABLE_NAME"),
      ConsistentRead: true,
      FilterExpression: "NOT begins_with(transactionId, :idempotency)",
      ExpressionAttributeValues: { ":idempotency": { S: idempotencyPrefix } },
    },
  );
  for await (const { Items = [] } of pages) yield Items.map(tablePayment);
}

/** Payments that are read by id at the same time. */
const concurrentReads = 25;

/** Some payments as they are now, by id; those that the table does not have are left out. */
export async function readPayments(
  dynamo: DynamoDBClient,
  ids: readonly string[],
): Promise<ReadonlyMap<string, TablePayment>> {
  const found = new Map<string, TablePayment>();
  for (let start = 0; start < ids.length; start += concurrentReads) {
    const reads = ids.slice(start, start + concurrentReads).map((id) => readPayment(dynamo, id));
    for (const item of (await Promise.all(reads)).flat()) found.set(item.transactionId, item);
  }
  return found;
}

/** The payment with an id; its other key, the time of its creation, is not known. */
async function readPayment(dynamo: DynamoDBClient, id: string): Promise<TablePayment[]> {
  const { Items = [] } = await dynamo.send(
    new QueryCommand({
      TableName: variable("TABLE_NAME"),
      ConsistentRead: true,
      KeyConditionExpression: "transactionId = :id",
      ExpressionAttributeValues: { ":id": { S: id } },
    }),
  );
  return Items.map(tablePayment);
}

const keyed = z.object({ transactionId: z.object({ S: z.string() }) });

function tablePayment(item: Record<string, AttributeValue>): TablePayment {
  const payment = storedPayment(item);
  return {
    transactionId: keyed.parse(item).transactionId.S,
    payment: "transactionId" in payment ? payment : undefined,
  };
}
