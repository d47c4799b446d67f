import type { Assumption } from "../../cost/assumption";

/** What is assumed of how the shop is used. Where nothing else is said, nobody has measured it on AWS. */
export const storefrontAssumptions = {
  ordersPerMonth: {
    value: 10_000,
    unit: "orders a month",
    what: "Orders that are placed, and paid; the payment of each is one of `paymentsPerMonth`, and charged there",
    because: "an example; `--orders-per-month`",
    range: [0, 1_000_000_000],
  },
  browsesPerOrder: {
    value: 20,
    unit: "requests",
    what: "Pages and products that customers look at for each order",
    because: "an example; `--browses-per-order`",
    range: [0, 10_000],
  },
  orderRequestsPerOrder: {
    value: 4,
    unit: "requests",
    what: "Requests about an order: placed, paid, and looked at twice",
    because: "the way of an order (`lib/modules/storefront/first-use.ts`)",
  },
  userRequestsPerOrder: {
    value: 2,
    unit: "requests",
    what: "Requests about a user for each order: read, and set",
    because: "an example",
  },
  activeUsersPerOrder: {
    value: 0.5,
    unit: "users",
    what: "Users who sign in at the stack's own pool in a month, each counted once, for each order; all of them new",
    because:
      "an example; `--active-users-per-order`; an account's first 10,000, which are free, are not left out",
    range: [0, 100],
  },
  productCount: {
    value: 1_000,
    unit: "products",
    what: "Products of the catalogue",
    because: "an example; `--product-count`",
    range: [0, 10_000_000],
  },
  shopMethodsCalled: {
    value: 8,
    unit: "methods",
    what: "Methods of the storefront's API that are called every hour, each with 5 detailed metrics",
    because:
      "products and a product, orders and an order, placing and paying, reading and setting a user",
  },
  settledChangesPerOrder: {
    value: 2,
    unit: "changes",
    what: "Changes of an order's payment that the shop hears of: created, captured; an authorization changes no order",
    because:
      "the stream's filter (`lib/modules/storefront/build.ts`); what it filters costs nothing",
  },
  shopInvocationMs: {
    value: 20,
    unit: "ms",
    what: "An invocation of one of the functions, cold starts included",
    because: "one or two calls of DynamoDB",
  },
  payInvocationMs: {
    value: 80,
    unit: "ms",
    what: "What paying adds: a request to the payments API",
    because: "the payment function (`paymentInvocationMs`) and API Gateway in front of it",
  },
  expireInvocationMs: {
    value: 200,
    unit: "ms",
    what: "A search for orders to be ended that finds none, cold starts included",
    because: "two queries of an index",
  },
  orderComparisonMs: {
    value: 4,
    unit: "ms",
    what: "What each order adds to the invocation that compares it with its payment",
    because: "a request to the payments API, ten at a time",
  },
  shopRecordWriteUnits: {
    value: 4,
    unit: "write units",
    what: "The response to placing or paying an order, of up to 2 KB, in the transaction of its effect",
    because:
      "`lib/lambda/storefront/store/dynamodb-order-store.ts`; transactions twice (DynamoDB's pricing)",
  },
  shopRecordReadUnits: {
    value: 1,
    unit: "read units",
    what: "To look up the response under the key of a request to pay, consistent",
    because: "`lib/lambda/storefront/orders/order-action.ts`; up to 4 KB",
  },
  orderItemBytes: {
    value: 1_200,
    unit: "bytes",
    what: "An order of five products in its table, and in the index of its user, with DynamoDB's 100 bytes for each item",
    because: "a test measures the item (tests/unit/modules/storefront)",
  },
  orderKeyBytes: {
    value: 200,
    unit: "bytes",
    what: "An order in the index of statuses, which has its keys only, with DynamoDB's 100 bytes",
    because: "a test measures the item (tests/unit/modules/storefront)",
  },
  productItemBytes: {
    value: 600,
    unit: "bytes",
    what: "A product with a description of 200 characters; in its index as much at most",
    because: "a test measures the item (tests/unit/modules/storefront)",
  },
  userItemBytes: {
    value: 400,
    unit: "bytes",
    what: "A user with an address, in its table and in its index",
    because: "a test measures the item (tests/unit/modules/storefront)",
  },
  shopRecordBytes: {
    value: 1_500,
    unit: "bytes",
    what: "The record of an idempotency key, gone after a day, with DynamoDB's 100 bytes",
    because: "a test measures the item (tests/unit/modules/storefront)",
  },
} as const satisfies Record<string, Assumption>;

/** The name of an assumption of the storefront. */
export type StorefrontAssumption = keyof typeof storefrontAssumptions;
