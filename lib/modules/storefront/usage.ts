import type { Assumed } from "../../cost/assumption";
import type { DeclaredUsage } from "../../cost/charges";
import type { CommonAssumption } from "../../cost/common-assumptions";
import { hoursPerMonth } from "../../cost/prices";
import type { InputsAt, ModuleUsage } from "../../cost/usage";
import { intervalIn } from "../interval";
import { storefrontAssumptions } from "./usage-assumptions";
import type { StorefrontAssumption } from "./usage-assumptions";

/** Searches for orders to be ended in a month: one in five minutes. */
const searches = (hoursPerMonth * 60) / 5;

/** How long such a search takes, in milliseconds. */
const searchMs = 200;

/** Metrics that the function that reconciles orders publishes whenever it is invoked. */
const reconcileMetrics = 3;

/** Responses live for one of a month's 30 days, and their deletion some more. */
const recordLifeInMonths = 1 / 30;

/** Bytes of an item of each kind, and of a log line of each kind. */
const bytes = { product: 600, user: 500, record: 1_200, log: 800, accessLog: 450, wafLog: 1_000 };

/** What the storefront uses of the resources, at the use that is assumed of it. */
export const storefrontUsage: ModuleUsage<StorefrontAssumption> = {
  module: "storefront",
  assumptions: storefrontAssumptions,
  work: { assumption: "ordersPerMonth", plural: "orders" },
  usageOf: (assumed, inputsAt) => ({
    ...dataUsage(assumed),
    ...serviceUsage(assumed, comparisons(assumed, inputsAt)),
  }),
};

type StorefrontAssumed = Assumed<StorefrontAssumption | CommonAssumption>;

/** Comparisons of orders with their payments in a month. */
interface Comparisons {
  readonly runs: number;
  /** Orders that are compared, each with a request to the payments API. */
  readonly orders: number;
}

function comparisons(assumed: StorefrontAssumed, inputsAt: InputsAt): Comparisons {
  const reconcile = inputsAt("aws:lambda/function:Function", "reconcile-orders/function");
  const sweeps = hoursPerMonth / 24 / intervalIn(reconcile, "SWEEP_DAYS");
  const placed = assumed("ordersPerMonth");
  return {
    runs: (hoursPerMonth * 60) / intervalIn(reconcile, "EVERY_MINUTES"),
    // each twice when it is decided, and again with each sweep
    orders: 2 * placed + sweeps * placed * assumed("months"),
  };
}

/** Tables with provisioned capacity are paid by the hour: what is read and written of them costs nothing more. */
function dataUsage(assumed: StorefrontAssumed): DeclaredUsage {
  const orders = assumed("ordersPerMonth");
  const stored = orders * assumed("months");
  const writes = orders * 2; // placed and paid
  const products = assumed("productCount") * bytes.product;
  const users = assumed("userAccounts") * bytes.user;
  const provisioned = (tableBytes: number, indexes: number) => ({
    writeUnits: 0,
    readUnits: 0,
    tableBytes,
    indexBytes: indexes * tableBytes,
  });
  return {
    "aws:dynamodb/table:Table": {
      "products-table/products": provisioned(products, 1),
      "orders-table/orders": provisioned(stored * assumed("orderItemBytes"), 2),
      "users-table/users": provisioned(users, 1),
      "shop-answers/shop-idempotency": {
        writeUnits: writes * 4, // two kilobytes in a transaction
        readUnits: writes,
        tableBytes: writes * recordLifeInMonths * bytes.record,
        indexBytes: 0,
      },
    },
    // empty while all is well
    "aws:s3/bucket:Bucket": {
      "shop-dead-letters/bucket": { writes: 0, listings: 0, bytes: 0 },
    },
    "aws:cognito/userPool:UserPool": {
      "shop-users/pool": { activeUsers: assumed("userAccounts") },
    },
  };
}

function serviceUsage(assumed: StorefrontAssumed, compared: Comparisons): DeclaredUsage {
  const orders = assumed("ordersPerMonth");
  const browses = orders * assumed("browsesPerOrder");
  const orderRequests = orders * assumed("orderRequestsPerOrder");
  const userRequests = orders * assumed("userRequestsPerOrder");
  const requests = browses + orderRequests + userRequests;
  const settled = orders * assumed("settledChangesPerOrder");
  const served = (invocations: number, more = 0) => ({
    invocations,
    milliseconds: invocations * assumed("shopInvocationMs") + more,
    traced: 0,
    metrics: 0,
  });
  const inBackground = (invocations: number, milliseconds: number) => ({
    invocations,
    milliseconds,
    traced: invocations,
    metrics: 1,
  });
  const log = (lines: number) => ({ bytes: lines * bytes.log });
  return {
    "aws:lambda/function:Function": {
      "products/function": served(browses),
      "orders/function": served(orderRequests, orders * assumed("payInvocationMs")),
      "users/function": served(userRequests),
      "settle-orders/function": inBackground(settled, settled * assumed("shopInvocationMs")),
      "expire-orders/function": inBackground(searches, searches * searchMs),
      "reconcile-orders/function": {
        ...inBackground(
          compared.runs,
          compared.runs * searchMs + compared.orders * assumed("orderComparisonMs"),
        ),
        metrics: compared.runs > 0 ? reconcileMetrics : 0,
      },
      "payment/function": served(compared.orders),
    },
    "aws:lambda/eventSourceMapping:EventSourceMapping": {
      "orders-stream/mapping": { records: settled },
    },
    "aws:apigateway/stage:Stage": {
      "shop-api/stage": { requests },
      "api/stage": { requests: compared.orders },
    },
    "aws:apigateway/methodSettings:MethodSettings": {
      "shop-api/method-settings": {
        methodsCalled: requests > 0 ? assumed("shopMethodsCalled") : 0,
      },
    },
    "aws:wafv2/webAcl:WebAcl": { "shop-waf/web-acl": { requests } },
    "aws:cloudwatch/logGroup:LogGroup": {
      "products/logs": log(browses),
      "orders/logs": log(orderRequests),
      "users/logs": log(userRequests),
      "settle-orders/logs": log(settled),
      "expire-orders/logs": log(searches),
      "reconcile-orders/logs": log(compared.runs),
      "shop-api/access-logs": { bytes: requests * bytes.accessLog },
      // failures within the gateway
      "shop-api/execution-logs": { bytes: 0 },
      "shop-waf/logs": { bytes: requests * bytes.wafLog },
    },
  };
}
