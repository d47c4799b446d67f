import { GetItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import * as z from "zod/mini";
import { DynamoDbResponseStore } from "../../http/idempotency/dynamodb-response-store";
import type {
  KeyedResponse,
  SaveResult,
  StoredResponse,
  WriteResult,
} from "../../http/idempotency/response-store";
import type { KeyedRequest } from "../../http/idempotency/request";
import { productSummary } from "../api/schemas";
import type { Product } from "../domain/product";
import { toProduct, toProductItem } from "../store/product-item";
import type { ProductList, ProductQuery, ProductStore, ProductWrite } from "./product-store";

/** What a change may set of a product. */
const changing = [
  "name",
  "description",
  "category",
  "price",
  "currency",
  "published",
  "version",
  "updatedAt",
] as const;

/**
 * How many queries a page takes at most. A query counts what its filter leaves out, so that a page would be short or
 * empty where many products are not for sale; and a request of anybody's must not read a whole category of those.
 */
const maxQueries = 10;

/** How many entries of the index each query behind the first reads: some 20 KB, three read units. */
const furtherEntries = 100;

const positionSchema = z.object({ productId: z.string(), name: z.string() });

/** The tables of {@link DynamoDbProductStore}. */
export interface ProductTables {
  /** The products, by `productId`; its CategoryIndex, by `category` and `name`, has what lists have. */
  readonly table: string;
  /** The responses under idempotency keys; its hash key is `keyHash`, its TTL attribute `expirationTime`. */
  readonly idempotencyTable: string;
}

/** Products in their table, idempotency records in another; a transaction writes both. */
export class DynamoDbProductStore implements ProductStore {
  private readonly responses: DynamoDbResponseStore;

  constructor(
    private readonly client: DynamoDBClient,
    private readonly tables: ProductTables,
    /** Epoch milliseconds. */
    now: () => number,
  ) {
    this.responses = new DynamoDbResponseStore(client, tables.idempotencyTable, now);
  }

  findResponse(request: KeyedRequest): Promise<StoredResponse | undefined> {
    return this.responses.find(request);
  }

  refuse(refusal: KeyedResponse): Promise<SaveResult> {
    return this.responses.save(refusal);
  }

  create({ product, ...answered }: ProductWrite): Promise<WriteResult> {
    const put = {
      TableName: this.tables.table,
      Item: toProductItem(product),
      ConditionExpression: "attribute_not_exists(productId)",
    };
    return this.responses.saveWith(answered, [{ Put: put }]);
  }

  change(write: ProductWrite): Promise<WriteResult> {
    return this.update(write, changing, { version: write.product.version - 1 });
  }

  changeStock(write: ProductWrite, before: number): Promise<WriteResult> {
    return this.update(write, ["stock"], { version: write.product.version, stock: before });
  }

  async find(productId: string): Promise<Product | undefined> {
    const { Item } = await this.client.send(
      new GetItemCommand({
        TableName: this.tables.table,
        Key: marshall({ productId }),
        ConsistentRead: true,
      }),
    );
    return Item && toProduct(Item);
  }

  async list(query: ProductQuery): Promise<ProductList> {
    const { limit } = query;
    const first = await this.query(query, limit);
    const products = [...first.products];
    let next = first.next;
    for (let sent = 1; next !== undefined && products.length < limit && sent < maxQueries; sent++) {
      const further = await this.query({ ...query, after: next }, furtherEntries);
      products.push(...further.products);
      next = further.next;
    }
    const shown = products.slice(0, limit);
    if (next === undefined && shown.length === products.length)
      return { products: shown, next: undefined };
    return { products: shown, next: shown.length < limit ? next : shown.at(-1) };
  }

  /** The entries that a single query finds. */
  private async query(
    { category, prefix, publishedOnly, after }: ProductQuery,
    Limit: number,
  ): Promise<ProductList> {
    const isBound = prefix !== "";
    const { Items = [], LastEvaluatedKey } = await this.client.send(
      new QueryCommand({
        TableName: this.tables.table,
        IndexName: "CategoryIndex",
        KeyConditionExpression: `#category = :category${isBound ? " AND begins_with(#name, :prefix)" : ""}`,
        ...(publishedOnly && { FilterExpression: "#published = :published" }),
        ExpressionAttributeNames: {
          "#category": "category",
          ...(isBound && { "#name": "name" }),
          ...(publishedOnly && { "#published": "published" }),
        },
        ExpressionAttributeValues: marshall({
          ":category": category,
          ...(isBound && { ":prefix": prefix }),
          ...(publishedOnly && { ":published": true }),
        }),
        Limit,
        ...(after !== undefined && {
          ExclusiveStartKey: marshall({ productId: after.productId, category, name: after.name }),
        }),
      }),
    );
    return {
      products: Items.map((item) => productSummary.parse(unmarshall(item))),
      next: LastEvaluatedKey && positionSchema.parse(unmarshall(LastEvaluatedKey)),
    };
  }

  /** Sets attributes of a product, those that it has, where what is stored is as it was read. */
  private update(
    { product, ...answered }: ProductWrite,
    names: readonly ((typeof changing)[number] | "stock")[],
    before: Partial<Pick<Product, "version" | "stock">>,
  ): Promise<WriteResult> {
    const set = names.filter((name) => product[name] !== undefined);
    const conditions = Object.keys(before);
    const update = {
      TableName: this.tables.table,
      Key: marshall({ productId: product.productId }),
      UpdateExpression: `SET ${set.map((name) => `#${name} = :${name}`).join(", ")}`,
      ConditionExpression: conditions.map((name) => `#${name} = :${name}Before`).join(" AND "),
      ExpressionAttributeNames: Object.fromEntries(
        [...set, ...conditions].map((name) => [`#${name}`, name]),
      ),
      ExpressionAttributeValues: marshall({
        ...Object.fromEntries(set.map((name) => [`:${name}`, product[name]])),
        ...Object.fromEntries(
          Object.entries(before).map(([name, value]) => [`:${name}Before`, value]),
        ),
      }),
    };
    return this.responses.saveWith(answered, [{ Update: update }]);
  }
}
