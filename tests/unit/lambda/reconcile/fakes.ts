import { DynamoDBClient, QueryCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import type { Payment } from "../../../../lib/lambda/domain/payment";
import { balances } from "../../../../lib/lambda/ledger/chart";

/** A ledger's account of a payment. */
export interface PostedPayment {
  readonly version: number;
  readonly entries: number;
  readonly posted_before: boolean;
  readonly balances: readonly { account: string; currency: string; amount: string }[];
}

/** The ledger's account of a payment of which every version was posted. */
export function posted(payment: Payment, change: Partial<PostedPayment> = {}): PostedPayment {
  return {
    version: payment.version,
    entries: payment.version,
    posted_before: true,
    balances: [...balances(payment)].map(([account, amount]) => ({
      account,
      currency: payment.currency,
      amount: String(amount),
    })),
    ...change,
  };
}

/** A ledger in memory, as far as the reconciliation asks it. */
export class FakeLedger {
  readonly payments = new Map<string, PostedPayment>();
  readonly query = jest.fn((text: string, values: unknown[] = []) =>
    Promise.resolve({ rows: this.rows(text, values) }),
  );

  private rows(text: string, [first, , limit]: unknown[]): object[] {
    if (text.includes("clock_timestamp")) return [{ now: "2026-01-01 00:00:00+00" }];
    if (text.includes("DISTINCT"))
      return [...this.payments]
        .filter(([id, { posted_before }]) => posted_before && id > String(first))
        .map(([id]) => ({ id }))
        .sort((one, other) => (one.id < other.id ? -1 : 1))
        .slice(0, Number(limit));
    const asked = Array.isArray(first) ? first.map(String) : [];
    const found = asked.flatMap((id) => {
      const payment = this.payments.get(id);
      return payment === undefined ? [] : [{ id, ...payment }];
    });
    return text.includes("ledger.postings")
      ? found.flatMap(({ id, balances: sums }) => sums.map((sum) => ({ id, ...sum })))
      : found;
  }
}

/** A table in memory. */
export class FakeTable {
  readonly client = mockClient(DynamoDBClient);
  readonly items = new Map<string, Record<string, unknown>>();
  pageSize = 2;

  reset(): void {
    this.client.reset();
    this.items.clear();
    this.pageSize = 2;
    this.client
      .on(ScanCommand)
      .callsFake(({ ExclusiveStartKey }: { ExclusiveStartKey?: { at: { N: string } } }) => {
        const start = Number(ExclusiveStartKey?.at.N ?? 0);
        const all = [...this.items.values()];
        return {
          Items: all.slice(start, start + this.pageSize).map((item) => marshall(item)),
          ...(start + this.pageSize < all.length && {
            LastEvaluatedKey: { at: { N: String(start + this.pageSize) } },
          }),
        };
      });
    this.client
      .on(QueryCommand)
      .callsFake(
        ({
          ExpressionAttributeValues,
        }: {
          ExpressionAttributeValues: { ":id": { S: string } };
        }) => {
          const item = this.items.get(ExpressionAttributeValues[":id"].S);
          return item === undefined ? {} : { Items: [marshall(item)] };
        },
      );
  }

  put(...payments: Payment[]): void {
    for (const payment of payments) this.items.set(payment.transactionId, { ...payment });
  }
}
