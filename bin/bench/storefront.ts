import * as fs from "node:fs";
import * as path from "node:path";
import { functionFiles, functionsFolder, modulesOf } from "../../lib/components/lambda/bundles";
import { inNode, initRun, warmRun } from "./in-node";
import type { WarmCall } from "./in-node";
import { median } from "./measurement";
import type { Measurement } from "./measurement";

/** A function of the storefront's API, and how it is called. */
interface ShopFunction {
  /** The endpoints of its own code over a client that responds at once. */
  readonly endpoints: string;
  /** What is called, and how many milliseconds each should stay under. */
  readonly calls: Readonly<Record<string, WarmCall & { readonly goal: number }>>;
}

const productId = (n: number) => `item_${String(n).repeat(32)}`;
const five = [1, 2, 3, 4, 5].map(productId);
const orderId = `ord_${"0".repeat(32)}`;

/** What the stubbed client responds with, whatever is asked for, and what each function needs of it. */
const stubs = `
import { createApp } from "./http/app";
import { storefrontService } from "./storefront/api/service";
import { marshall } from "@aws-sdk/util-dynamodb";
const productOf = (productId) => ({ productId, name: "Coffee", description: "Whole beans", category: "coffee", price: 1250,
  currency: "EUR", stock: 1000000, published: true, version: 1, createdAt: 1, updatedAt: 1 });
const order = { orderId: "${orderId}", userId: "user-1", createdAt: 1, expiresAt: 1e15, status: "PENDING", version: 1,
  items: ${JSON.stringify(five)}.map((productId) => ({ productId, name: "Coffee", quantity: 1, price: 1250 })), currency: "EUR", total: 6250 };
const profile = { userId: "user-1", email: "anna@shop.example", name: "Anna", address: { line1: "Street 1", postalCode: "10115",
  city: "Berlin", country: "DE" } };
const itemOf = (key) => "productId" in key ? productOf(key.productId.S) : "orderId" in key ? order : "userId" in key ? profile : undefined;
const client = { send: ({ input }) => {
  if (input.RequestItems) return Promise.resolve({ Responses: { products: input.RequestItems.products.Keys.map((key) => marshall(itemOf(key))) } });
  if (input.KeyConditionExpression) return Promise.resolve({ Items: ${JSON.stringify(five)}.map((id) => marshall(input.IndexName === "CategoryIndex" ? productOf(id) : order)) });
  const item = input.Key && !input.UpdateExpression && itemOf(input.Key);
  return Promise.resolve(item ? { Item: marshall(item) } : {});
} };
let ids = 0;
const newId = (kind) => () => kind + "_" + String(ids++).padStart(32, "0");
const authorization = "COGNITO_USER_POOLS";
const app = (endpoints) => createApp({ service: storefrontService, endpoints, logger: { info() {}, error() {} },
  allowedOrigins: ["https://shop.example"], authorization });`;

const functions: Readonly<Record<string, ShopFunction>> = {
  products: {
    endpoints: `
import { productEndpoints } from "./storefront/products/endpoints";
import { DynamoDbProductStore } from "./storefront/products/dynamodb-product-store";
const store = new DynamoDbProductStore(client, { table: "products", idempotencyTable: "idempotency" }, Date.now);
export const handler = app(productEndpoints({ store, now: Date.now, newId: newId("item"), authorization }));`,
    calls: { read: { method: "GET", path: `/products/${productId(1)}`, goal: 1 } },
  },
  orders: {
    endpoints: `
import { orderEndpoints } from "./storefront/orders/endpoints";
import { DynamoDbOrderStore } from "./storefront/store/dynamodb-order-store";
const store = new DynamoDbOrderStore(client, { orders: "orders", products: "products", idempotency: "idempotency" }, Date.now);
const payment = { transactionId: "pay_" + "0".repeat(32), userId: "user-1", amount: 6250, currency: "EUR", status: "PENDING", version: 1 };
const payments = { create: () => Promise.resolve(payment) };
export const handler = app(orderEndpoints({ store, payments, now: Date.now, newId: newId("ord"), authorization, expiryMinutes: 30 }));`,
    calls: {
      "create with 5 items": {
        ...{ method: "POST", path: "/orders", goal: 1.5 },
        body: { items: five.map((id) => ({ productId: id, quantity: 1, price: 1250 })) },
      },
      pay: { method: "POST", path: `/orders/${orderId}/pay`, body: {}, goal: 1 },
      read: { method: "GET", path: `/orders/${orderId}`, goal: 1 },
      "list 5": { method: "GET", path: "/orders", goal: 1 },
    },
  },
  users: {
    endpoints: `
import { usersEndpoints } from "./storefront/users/endpoints";
import { DynamoDbUserStore } from "./storefront/store/dynamodb-user-store";
import { ordersOf } from "./storefront/store/order-index";
const orders = { listOf: (...page) => ordersOf(client, "orders", ...page) };
export const handler = app(usersEndpoints({ users: new DynamoDbUserStore(client, "users"), orders, authorization }));`,
    calls: {
      read: { method: "GET", path: "/users/me", goal: 1 },
      export: { method: "GET", path: "/users/me/export", goal: 1 },
    },
  },
};

/** The gateway's context of a customer with a token of the pool. */
const customer = {
  authorizer: {
    claims: {
      iss: "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_pool",
      ...{ sub: "user-1", token_use: "id", email: "anna@shop.example", email_verified: "true" },
    },
  },
};

/** The environment that the functions require; no call is made while they start. */
const environment = {
  ...{ PRODUCTS_TABLE: "products", ORDERS_TABLE: "orders", USERS_TABLE: "users" },
  ...{ IDEMPOTENCY_TABLE: "idempotency", AUTHORIZATION: "COGNITO_USER_POOLS" },
  ...{ ALLOWED_ORIGINS: "https://shop.example", PAYMENTS_URL: "https://payments.example/dev" },
  ...{ ORDER_EXPIRY_MINUTES: "30", USER_POOL_ID: "eu-central-1_pool" },
};

/** Start and warm calls of the functions behind the storefront's API. */
export async function measureStorefront(runs: number): Promise<Measurement[]> {
  const cache = path.resolve(__dirname, "../../.cache");
  const folder = fs.mkdtempSync(path.join(cache, "bench-"));
  const write = (name: string, text: string) => {
    const file = path.join(folder, name);
    fs.writeFileSync(file, text);
    return file;
  };
  try {
    const empty = write("empty.mjs", "export const handler = async () => undefined;\n");
    const measured = await Promise.all(
      Object.entries(functions).map(async ([name, { endpoints, calls }]) => {
        const files = await functionFiles(`storefront/${name}`, functionsFolder);
        const contents = `${stubs}${endpoints}`;
        const [stubbed] = await modulesOf({
          absWorkingDir: functionsFolder,
          stdin: { contents, resolveDir: functionsFolder, loader: "ts" },
        });
        return {
          ...{ name, calls, init: [] as number[], warm: [] as Record<string, number>[] },
          whole: write(`${name}.mjs`, files["index.mjs"] ?? ""),
          stubbed: write(`${name}-stubbed.mjs`, stubbed?.text ?? ""),
        };
      }),
    );
    // in turns, so that other load of the machine affects all of them
    for (let run = 0; run < runs; run++) {
      const nothing = inNode(initRun(empty), environment)["init"] ?? NaN;
      for (const { init, warm, whole, stubbed, calls } of measured) {
        init.push((inNode(initRun(whole), environment)["init"] ?? NaN) - nothing);
        warm.push(inNode(warmRun(stubbed, calls, customer), environment));
      }
    }
    return measured.flatMap(({ name, calls, init, warm }) => [
      {
        what: `${name}: init beyond an empty handler's`,
        value: median(init),
        unit: "ms",
        goal: 60,
      },
      ...Object.entries(calls).map(([call, { goal }]) => ({
        what: `${name}: warm ${call}, stubbed client`,
        value: median(warm.map((times) => times[call] ?? NaN)),
        unit: "ms" as const,
        goal,
      })),
    ]);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
