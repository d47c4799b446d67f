import { GetItemCommand } from "@aws-sdk/client-dynamodb";
import type { DynamoDBClient, TransactWriteItem } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { transact } from "../../aws/transaction";
import { DynamoDbResponseStore } from "../../http/idempotency/dynamodb-response-store";
import type { KeyedRequest } from "../../http/idempotency/request";
import type {
  KeyedResponse,
  SaveResult,
  StoredResponse,
  WriteResult,
} from "../../http/idempotency/response-store";
import type { OrderItem, OrderStatus, StoredOrder } from "../domain/order";
import type { Product } from "../domain/product";
import { ordersOf, placedUntil } from "./order-index";
import { toItem, toOrder } from "./order-item";
import { slicePage } from "./order-slice";
import type {
  OrderChange,
  OrderList,
  OrderPosition,
  OrderSlice,
  OrderSlicePage,
  OrderStore,
  Placement,
} from "./order-store";
import { productsById } from "./products-by-id";

/** What changes of an order; the rest stays as it was placed. */
const changing = [
  "status",
  "version",
  "paymentId",
  "refundedAmount",
  "ending",
  "paymentVersion",
] as const;

/** The tables of {@link DynamoDbOrderStore}, by their names. */
export interface OrderTables {
  readonly orders: string;
  readonly products: string;
  /** The responses under idempotency keys; its hash key is `keyHash`, its TTL attribute `expirationTime`. */
  readonly idempotency: string;
}

/** Orders, products and idempotency records, each in a table; a transaction writes to all three. */
export class DynamoDbOrderStore implements OrderStore {
  private readonly responses: DynamoDbResponseStore;

  constructor(
    private readonly client: DynamoDBClient,
    private readonly tables: OrderTables,
    /** Epoch milliseconds. */
    now: () => number,
  ) {
    this.responses = new DynamoDbResponseStore(client, tables.idempotency, now);
  }

  findResponse(request: KeyedRequest): Promise<StoredResponse | undefined> {
    return this.responses.find(request);
  }

  refuse(refusal: KeyedResponse): Promise<SaveResult> {
    return this.responses.save(refusal);
  }

  products(productIds: readonly string[]): Promise<readonly Product[]> {
    return productsById(this.client, this.tables.products, productIds);
  }

  place({ order, products, request, response }: Placement): Promise<WriteResult> {
    const versions = new Map(products.map(({ productId, version }) => [productId, version]));
    return this.responses.saveWith({ request, response }, [
      {
        Put: {
          TableName: this.tables.orders,
          Item: toItem(order),
          ConditionExpression: "attribute_not_exists(orderId)",
        },
      },
      ...order.items.map((item) => this.taking(item, versions.get(item.productId))),
    ]);
  }

  async find(orderId: string): Promise<StoredOrder | undefined> {
    const { Item } = await this.client.send(
      new GetItemCommand({
        TableName: this.tables.orders,
        Key: marshall({ orderId }),
        ConsistentRead: true,
      }),
    );
    return Item && toOrder(Item);
  }

  async change(change: OrderChange): Promise<WriteResult> {
    const { order, returned = [], answered } = change;
    const first = [
      this.updating(order),
      ...(answered === undefined ? [] : [this.responses.operation(answered)]),
    ];
    const write = await transact(this.client, [
      ...first,
      ...returned.map((item) => this.returning(item)),
    ]);
    if (write.result !== "refused") return write;
    const { refused } = write;
    if (answered !== undefined && refused.has(1)) return this.responses.duplicateOf(refused.get(1));
    if (refused.has(0)) return { result: "changed" };
    // only products are left: they are gone, and must not keep the order from changing
    const there = returned.filter((_, index) => !refused.has(first.length + index));
    return this.change({ ...change, returned: there });
  }

  listOf(
    userId: string,
    limit: number,
    after: OrderPosition | undefined,
  ): Promise<OrderList<StoredOrder>> {
    return ordersOf(this.client, this.tables.orders, userId, limit, after);
  }

  placedUntil(
    time: number,
    status: OrderStatus,
    after: OrderPosition | undefined,
    since = 0,
  ): Promise<OrderList<OrderPosition>> {
    return placedUntil(this.client, this.tables.orders, time, status, after, since);
  }

  slice(slice: OrderSlice, after: string | undefined): Promise<OrderSlicePage> {
    return slicePage(this.client, this.tables.orders, slice, after);
  }

  /** Stores an order as it becomes, if it is still of the version before. */
  private updating(order: StoredOrder): TransactWriteItem {
    const set = changing.filter((name) => order[name] !== undefined);
    const removed = changing.filter((name) => order[name] === undefined);
    return {
      Update: {
        TableName: this.tables.orders,
        Key: marshall({ orderId: order.orderId }),
        UpdateExpression: [
          `SET ${set.map((name) => `#${name} = :${name}`).join(", ")}`,
          ...(removed.length > 0 ? [`REMOVE ${removed.map((name) => `#${name}`).join(", ")}`] : []),
        ].join(" "),
        ConditionExpression: "#version = :before",
        ExpressionAttributeNames: Object.fromEntries(changing.map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: marshall({
          ":before": order.version - 1,
          ...Object.fromEntries(set.map((name) => [`:${name}`, order[name]])),
        }),
      },
    };
  }

  /** Takes an order's items from the stock, if the product is as it was seen; its version stays. */
  private taking({ productId, quantity }: OrderItem, seen: number | undefined): TransactWriteItem {
    return {
      Update: {
        TableName: this.tables.products,
        Key: marshall({ productId }),
        UpdateExpression: "SET stock = stock - :quantity",
        ConditionExpression: "stock >= :quantity AND #version = :seen AND published = :published",
        ExpressionAttributeNames: { "#version": "version" },
        ExpressionAttributeValues: marshall({
          ":quantity": quantity,
          ":seen": seen,
          ":published": true,
        }),
      },
    };
  }

  /** Returns an order's items to the stock, if there is still such a product; its version stays. */
  private returning({ productId, quantity }: OrderItem): TransactWriteItem {
    return {
      Update: {
        TableName: this.tables.products,
        Key: marshall({ productId }),
        UpdateExpression: "SET stock = stock + :quantity",
        ConditionExpression: "attribute_exists(productId)",
        ExpressionAttributeValues: marshall({ ":quantity": quantity }),
      },
    };
  }
}
