import type { Assumption } from "../../cost/assumption";

/** What is assumed of how the shop is used. Where nothing else is said, nobody has measured it on AWS. */
export const storefrontAssumptions = {
  ordersPerMonth: {
    value: 10_000,
    unit: "orders a month",
    what: "Orders that are placed, and paid",
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
  orderChangesPerOrder: {
    value: 4,
    unit: "changes",
    what: "Changes of an order: placed, paying, its payment known, paid",
    because: "the way of an order (`lib/lambda/storefront/domain/order.ts`)",
  },
  settledChangesPerOrder: {
    value: 3,
    unit: "changes",
    what: "Changes of a payment that the stream brings for each order",
    because: "the usual way of a payment: created, authorized, captured",
  },
  userAccounts: {
    value: 5_000,
    unit: "users a month",
    what: "Users who sign in at the stack's pool, each counted once a month",
    because: "an example; `--user-accounts`",
    range: [0, 100_000_000],
  },
  shopMethodsCalled: {
    value: 10,
    unit: "methods",
    what: "Methods of the storefront's API that are called every hour",
    because: "those of customers; each has five metrics",
  },
  shopInvocationMs: {
    value: 20,
    unit: "ms",
    what: "An invocation of one of the functions, cold starts included",
    because: "a transaction of DynamoDB takes about 10 ms from within the region",
  },
  payInvocationMs: {
    value: 80,
    unit: "ms",
    what: "What paying adds: a request to the payments API",
    because: "the payment function and API Gateway in front of it",
  },
  orderComparisonMs: {
    value: 4,
    unit: "ms",
    what: "What each order adds to the invocation that compares it with its payment",
    because: "a request to the payments API, ten at a time",
  },
  orderItemBytes: {
    value: 1_000,
    unit: "bytes",
    what: "An order in its table, and in each index as much at most",
    because: "five products and DynamoDB's 100 bytes",
  },
  productCount: {
    value: 1_000,
    unit: "products",
    what: "Products of the catalogue",
    because: "an example; `--product-count`",
    range: [0, 10_000_000],
  },
} as const satisfies Record<string, Assumption>;

/** The name of an assumption of the storefront. */
export type StorefrontAssumption = keyof typeof storefrontAssumptions;
