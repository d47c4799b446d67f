import type { Assumed } from "../../cost/assumption";
import type { DeclaredUsage } from "../../cost/charges";
import type { CommonAssumption } from "../../cost/common-assumptions";
import { hoursPerMonth } from "../../cost/prices";
import type { ModuleUsage } from "../../cost/usage";
import { storefrontAssumptions } from "./usage-assumptions";
import type { StorefrontAssumption } from "./usage-assumptions";

/** Searches for orders to be ended in a month: one in five minutes. */
const searches = (hoursPerMonth * 60) / 5;

/** How long such a search takes, in milliseconds. */
const searchMs = 200;

/** Responses live for one of a month's 30 days, and their deletion some more. */
const recordLifeInMonths = 1 / 30;

/** Bytes of an item of each kind, and of a log line of each kind. */
const bytes = { product: 600, user: 500, record: 1_200, log: 800, accessLog: 450, wafLog: 1_000 };

/** What the storefront uses of the resources, at the use that is assumed of it. */
export const storefrontUsage: ModuleUsage<StorefrontAssumption> = {
  module: "storefront",
  assumptions: storefrontAssumptions,
  work: { assumption: "ordersPerMonth", plural: "orders" },
  usageOf: (assumed) => ({ ...dataUsage(assumed), ...serviceUsage(assumed) }),
};

type StorefrontAssumed = Assumed<StorefrontAssumption | CommonAssumption>;

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

function serviceUsage(assumed: StorefrontAssumed): DeclaredUsage {
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
    },
    "aws:lambda/eventSourceMapping:EventSourceMapping": {
      "orders-stream/mapping": { records: settled },
    },
    "aws:apigateway/stage:Stage": { "shop-api/stage": { requests } },
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
      "shop-api/access-logs": { bytes: requests * bytes.accessLog },
      // failures within the gateway
      "shop-api/execution-logs": { bytes: 0 },
      "shop-waf/logs": { bytes: requests * bytes.wafLog },
    },
  };
}
