import type { Logger } from "@aws-lambda-powertools/logger";
import type { SignedRequest } from "../../../../lib/lambda/aws/signed-fetch";
import type { OrderItem, StoredOrder } from "../../../../lib/lambda/storefront/domain/order";
import { totalOf } from "../../../../lib/lambda/storefront/domain/order";
import type { Product } from "../../../../lib/lambda/storefront/domain/product";
import { expireOrders } from "../../../../lib/lambda/storefront/expire/expire-orders";
import type { ExpirySummary } from "../../../../lib/lambda/storefront/expire/expire-orders";
import { cancelEndpoints } from "../../../../lib/lambda/storefront/orders/cancel";
import { payEndpoints } from "../../../../lib/lambda/storefront/orders/pay";
import { paymentsApi } from "../../../../lib/lambda/storefront/payments/payments-api";
import { Findings } from "../../../../lib/lambda/storefront/reconcile/findings";
import type { OrderDifference } from "../../../../lib/lambda/storefront/reconcile/findings";
import { reconcileOrders } from "../../../../lib/lambda/storefront/reconcile/reconcile-orders";
import { settleRecords } from "../../../../lib/lambda/storefront/settle/settle-records";
import type { SettleSummary } from "../../../../lib/lambda/storefront/settle/settle-records";
import type { Payment } from "../../../../lib/lambda/payments/domain/payment";
import { Harness, event } from "../harness";
import type { Action, ApiResult, Options } from "../harness";
import { streamRecord } from "../payments/ledger/payments";
import { StorefrontHarness } from "./harness";
import { MemoryOrderStore } from "./memory-order-store";

/** How old orders become unless they are paid. */
export const expiryMinutes = 30;

/** How many of each product there are before anybody orders. */
const initialStock = 100;

const beans: OrderItem = {
  productId: `item_${"b".repeat(32)}`,
  name: "Beans",
  quantity: 2,
  price: 1000,
};
const mug: OrderItem = {
  productId: `item_${"c".repeat(32)}`,
  name: "Mug",
  quantity: 1,
  price: 550,
};
const items = [beans, mug];

/** The id of the payments API's stage. */
const url = "https://api.example/dev";

/** The statuses of orders that have what they ordered. */
const taking: readonly string[] = ["PENDING", "PAYING", "PAID", "REFUNDED"];

/** What a reconciliation reports. */
export interface Reconciled {
  readonly checked: number;
  readonly healed: number;
  readonly failed: number;
  readonly differenceCount: number;
  readonly differences: readonly OrderDifference[];
  readonly complete: boolean;
}

/** Orders in memory, and the payments' own API over a store in memory, with everything that happens between. */
export class Shop {
  readonly store = new MemoryOrderStore();
  /** The payments, as their callers and their processor see them. */
  readonly payments = new Harness();
  /** Requests that the shop has sent to the payments. */
  readonly sent: SignedRequest[] = [];
  /** Everything that was logged as an error. */
  readonly errors: { message: unknown; extra: unknown }[] = [];
  time = 1_700_000_000_000;
  /** Runs before each request to the payments; may throw instead of it. */
  beforeSending: () => void | Promise<void> = () => undefined;
  /** Runs behind each; may throw, as where the response is lost. */
  afterSending: () => void = () => undefined;

  readonly logger: Pick<Logger, "debug" | "error"> = {
    debug: () => undefined,
    error: (message: unknown, ...[extra]: unknown[]) => {
      this.errors.push({ message, extra });
    },
  };
  readonly paymentsApi = paymentsApi({
    url,
    logger: this.logger,
    send: async (request) => {
      await this.beforeSending();
      this.sent.push(request);
      const { method, headers = {}, body = null } = request;
      const path = request.url.slice(url.length);
      const { status, text } = await this.payments.send(
        event(method, path, { headers, rawBody: body }),
      );
      this.afterSending();
      return new Response(text, { status });
    },
  });
  private readonly dependencies = {
    store: this.store,
    payments: this.paymentsApi,
    now: () => this.time,
    authorization: "COGNITO_USER_POOLS" as const,
  };
  readonly api = new StorefrontHarness([
    ...payEndpoints(this.dependencies),
    ...cancelEndpoints(this.dependencies),
  ]);

  constructor() {
    for (const { productId, name, price } of items) {
      const product: Product = {
        productId,
        name,
        category: "coffee",
        price,
        currency: "EUR",
        stock: initialStock,
        published: true,
        version: 1,
        createdAt: this.time,
        updatedAt: this.time,
      };
      this.store.stock.set(productId, product);
    }
  }

  /** Places an order of a customer's, by default of two bags of beans and a mug. */
  place(changes: Partial<StoredOrder> = {}): string {
    const order: StoredOrder = {
      orderId: `ord_${(this.store.orders.size + 1).toString(16).padStart(32, "0")}`,
      userId: "customer-1",
      createdAt: this.time,
      expiresAt: this.time + expiryMinutes * 60_000,
      status: "PENDING",
      version: 1,
      items,
      currency: "EUR",
      total: totalOf(items),
      ...changes,
    };
    for (const { productId, quantity } of order.items) this.addStock(productId, -quantity);
    this.store.orders.set(order.orderId, order);
    this.store.history.push(order);
    return order.orderId;
  }

  /** An order as it is stored. */
  order(orderId: string): StoredOrder {
    const order = this.store.orders.get(orderId);
    if (order === undefined) throw new Error(`There is no order ${orderId}`);
    return order;
  }

  pay(orderId: string, options: Options = {}): Promise<ApiResult> {
    return this.api.post(`/orders/${orderId}/pay`, options);
  }

  cancel(orderId: string, options: Options = {}): Promise<ApiResult> {
    return this.api.post(`/orders/${orderId}/cancel`, options);
  }

  /** The payments that name an order. */
  paymentsOf(orderId: string): readonly Payment[] {
    const all = [...this.payments.store.payments.values()];
    return all.filter(({ metadata }) => metadata?.["orderId"] === orderId);
  }

  /** What the processor does to an order's payment, to the whole amount by default. */
  async process(orderId: string, action: Action, body?: unknown): Promise<number> {
    const [payment] = this.paymentsOf(orderId);
    const options = body === undefined ? {} : { body };
    const { status } = await this.payments.act(payment?.transactionId ?? "", action, options);
    return status;
  }

  /** All changes of payments so far, as the stream of their table has them. */
  changes(): readonly object[] {
    return this.payments.store.history.map((payment) => streamRecord(undefined, payment));
  }

  /** Delivers records of the stream, by default all from its beginning. */
  deliver(records: readonly unknown[] = this.changes()): Promise<SettleSummary> {
    return settleRecords(records, { store: this.store, logger: this.logger });
  }

  /** Runs what the schedule does; by default with time for all. */
  expire(endBy = Infinity): Promise<ExpirySummary> {
    return expireOrders({ ...this.dependencies, logger: this.logger, expiryMinutes, endBy });
  }

  /** Runs what the schedule does, once an hour; by default with everything in one slice and time for all. */
  async reconcile({ endBy = Infinity, slice = { index: 0, of: 1 } } = {}): Promise<Reconciled> {
    const findings = new Findings((difference) => {
      this.logger.error("An order and its payment differ", { ...difference });
    });
    const complete = await reconcileOrders(
      {
        ...this.dependencies,
        logger: this.logger,
        findings,
        schedule: { everyMinutes: 60, sweepDays: 1, expiryMinutes },
        endBy,
      },
      slice,
    );
    const { checked, healed, failed, differenceCount, differences } = findings;
    return { checked, healed, failed, differenceCount, differences, complete };
  }

  /** Lets time pass until all orders have expired. */
  pass(): void {
    this.time += expiryMinutes * 60_000;
  }

  /** How many products are missing in the stock, beside those of orders that have taken theirs; none is lost by zero. */
  lost(): number {
    const stock = [...this.store.stock.values()].reduce((sum, product) => sum + product.stock, 0);
    const taken = [...this.store.orders.values()]
      .filter(({ status }) => taking.includes(status))
      .flatMap((order) => order.items)
      .reduce((sum, { quantity }) => sum + quantity, 0);
    return items.length * initialStock - stock - taken;
  }

  private addStock(productId: string, quantity: number): void {
    const product = this.store.stock.get(productId);
    if (product !== undefined)
      this.store.stock.set(productId, { ...product, stock: product.stock + quantity });
  }
}
