import type { Assumed } from "../../cost/assumption";
import type { DeclaredUsage } from "../../cost/charges";
import type { CommonAssumption } from "../../cost/common-assumptions";
import { hoursPerMonth } from "../../cost/prices";
import type { InputsAt, ModuleUsage } from "../../cost/usage";
import { intervalIn } from "../interval";
import { expireEveryMinutes } from "./expiry";
import { storefrontAssumptions } from "./usage-assumptions";
import type { StorefrontAssumption } from "./usage-assumptions";

/** Searches for orders to be ended in a month. */
const searches = (hoursPerMonth * 60) / expireEveryMinutes;

/** The metric of ended orders, which each search reports. */
const expireMetrics = 1;

/** Metrics that the function that reconciles orders publishes whenever it is invoked. */
const reconcileMetrics = 3;

/** Responses live for one of a month's 30 days, and some more until they are deleted. */
const recordLifeInMonths = 1 / 30;

/** Of the payments: how often that of an order changes; and what the same API component logs. */
type OfPayments = "requestLogBytes" | "accessLogBytes" | "wafLogBytes";

/** What the storefront uses of the resources, at the use that is assumed of it. */
export const storefrontUsage: ModuleUsage<StorefrontAssumption, OfPayments> = {
  module: "storefront",
  assumptions: storefrontAssumptions,
  work: { assumption: "ordersPerMonth", plural: "orders" },
  usageOf: (assumed, inputsAt) => ({
    ...dataUsage(assumed),
    ...serviceUsage(assumed, comparisons(assumed, inputsAt)),
  }),
};

type StorefrontAssumed = Assumed<StorefrontAssumption | OfPayments | CommonAssumption>;

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

function dataUsage(assumed: StorefrontAssumed): DeclaredUsage {
  const orders = assumed("ordersPerMonth");
  const stored = orders * assumed("months");
  const keyed = orders * 2; // placed and paid, each under a key
  const activeUsers = orders * assumed("activeUsersPerOrder");
  const productBytes = assumed("productCount") * assumed("productItemBytes");
  const userBytes = activeUsers * assumed("months") * assumed("userItemBytes");
  // paid by the hour: reading and writing within the capacity costs nothing more
  const provisioned = { writeUnits: 0, readUnits: 0 };
  return {
    "aws:dynamodb/table:Table": {
      "products-table/products": {
        ...provisioned,
        tableBytes: productBytes,
        indexBytes: productBytes,
      },
      "orders-table/orders": {
        ...provisioned,
        tableBytes: stored * assumed("orderItemBytes"),
        indexBytes: stored * (assumed("orderItemBytes") + assumed("orderKeyBytes")),
      },
      "users-table/users": { ...provisioned, tableBytes: userBytes, indexBytes: userBytes },
      "shop-answers/shop-idempotency": {
        writeUnits: keyed * assumed("shopRecordWriteUnits"),
        readUnits: orders * assumed("shopRecordReadUnits"),
        tableBytes: keyed * recordLifeInMonths * assumed("shopRecordBytes"),
        indexBytes: 0,
      },
    },
    // empty while all is well
    "aws:s3/bucket:Bucket": {
      "shop-dead-letters/bucket": { writes: 0, listings: 0, bytes: 0 },
    },
    "aws:cognito/userPool:UserPool": { "shop-users/pool": { activeUsers } },
  };
}

function serviceUsage(assumed: StorefrontAssumed, compared: Comparisons): DeclaredUsage {
  const orders = assumed("ordersPerMonth");
  const browses = orders * assumed("browsesPerOrder");
  const orderRequests = orders * assumed("orderRequestsPerOrder");
  const userRequests = orders * assumed("userRequestsPerOrder");
  const requests = browses + orderRequests + userRequests;
  const changes = orders * assumed("settledChangesPerOrder");
  const milliseconds = assumed("shopInvocationMs");
  const served = (invocations: number, more = 0) => ({
    invocations,
    milliseconds: invocations * milliseconds + more,
    traced: 0,
    metrics: 0,
  });
  const log = (invocations: number) => ({ bytes: invocations * assumed("requestLogBytes") });
  return {
    "aws:lambda/function:Function": {
      "products/function": served(browses),
      "orders/function": served(orderRequests, orders * assumed("payInvocationMs")),
      "users/function": served(userRequests),
      "settle-orders/function": { ...served(changes), traced: changes },
      "expire-orders/function": {
        invocations: searches,
        milliseconds: searches * assumed("expireInvocationMs"),
        traced: searches,
        metrics: expireMetrics,
      },
      "reconcile-orders/function": {
        invocations: compared.runs,
        milliseconds:
          compared.runs * assumed("expireInvocationMs") +
          compared.orders * assumed("orderComparisonMs"),
        traced: compared.runs,
        metrics: compared.runs > 0 ? reconcileMetrics : 0,
      },
      "payment/function": served(compared.orders),
    },
    "aws:lambda/eventSourceMapping:EventSourceMapping": {
      "orders-stream/mapping": { records: changes },
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
      "settle-orders/logs": log(changes),
      "expire-orders/logs": log(searches),
      "reconcile-orders/logs": log(compared.runs),
      "shop-api/access-logs": { bytes: requests * assumed("accessLogBytes") },
      // failures within the gateway
      "shop-api/execution-logs": { bytes: 0 },
      "shop-waf/logs": { bytes: requests * assumed("wafLogBytes") },
    },
  };
}
