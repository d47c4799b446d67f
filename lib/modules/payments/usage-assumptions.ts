import type { Assumption } from "../../cost/assumption";

/** What is assumed of how payments are used. Where nothing else is said, nobody has measured it on AWS. */
export const paymentAssumptions = {
  paymentsPerMonth: {
    value: 100_000,
    unit: "payments a month",
    what: "Payments that are made",
    because: "an example; `--payments-per-month`",
    range: [0, 1_000_000_000],
  },
  readsPerPayment: {
    value: 1,
    unit: "requests",
    what: "`GET /payment/{id}` for each payment",
    because: "an example; `--reads-per-payment`",
    range: [0, 10_000],
  },
  writesPerPayment: {
    value: 3,
    unit: "requests",
    what: "Requests that change a payment: created, authorized, captured",
    because: "the usual way of a payment (`lib/lambda/payments/domain/transition.ts`)",
  },
  createWriteUnits: {
    value: 4,
    unit: "write units",
    what: "To create a payment: an item in a transaction (2 units), 1 unit in each of 2 indexes",
    because:
      "`lib/lambda/payments/store/dynamodb-payment-store.ts`; items below 1 KB, transactions twice (DynamoDB's pricing)",
  },
  moveWriteUnits: {
    value: 5,
    unit: "write units",
    what: "To move a payment: an item in a transaction (2 units), 1 unit in UserIdIndex, 2 in StatusIndex, whose key changes",
    because: "as above; an index whose key changes deletes and writes (DynamoDB's documentation)",
  },
  moveReadUnits: {
    value: 1,
    unit: "read units",
    what: "To move a payment: the payment, consistent",
    because: "`lib/lambda/payments/payment/actions.ts`; up to 4 KB",
  },
  recordWriteUnits: {
    value: 2,
    unit: "write units",
    what: "The response under an idempotency key, in the transaction of its effect",
    because: "as above; a response below 1 KB",
  },
  recordReadUnits: {
    value: 1,
    unit: "read units",
    what: "To look up the response under the key of a move, consistent",
    because: "`lib/lambda/payments/payment/actions.ts`; up to 4 KB",
  },
  compareReadUnits: {
    value: 1.5,
    unit: "read units",
    what: "To compare a payment after it changed: in the index of new payments, and by its id, consistent",
    because:
      "`lib/lambda/payments/reconcile`; its changes mostly lie between the same two comparisons",
  },
  paymentItemBytes: {
    value: 400,
    unit: "bytes",
    what: "A payment in the table and in each of its two indexes, with DynamoDB's 100 bytes for each item",
    because: "a test measures the item (tests/unit/modules/payments)",
  },
  idempotencyItemBytes: {
    value: 600,
    unit: "bytes",
    what: "The record of an idempotency key, gone after a day, with DynamoDB's 100 bytes",
    because: "a test measures the item (tests/unit/modules/payments)",
  },
  ledgerInvocationsPerWrite: {
    value: 1,
    unit: "invocations",
    what: "Invocations of the ledger function for each write",
    because:
      "at low load each change is a batch of its own; under load up to 100 share an invocation",
  },
  accountsRequestsPerPayment: {
    value: 0.01,
    unit: "requests",
    what: "Balances that are read, health checks and payouts, for each payment",
    because: "an example",
  },
  accountsInvocationMs: {
    value: 30,
    unit: "ms",
    what: "An invocation of the accounts function",
    because: "one statement in PostgreSQL",
  },
  paymentInvocationMs: {
    value: 60,
    unit: "ms",
    what: "An invocation of the payment function, cold starts included",
    because: "two or three calls of DynamoDB",
  },
  ledgerInvocationMs: {
    value: 40,
    unit: "ms",
    what: "An invocation of the ledger function",
    because: "one statement in PostgreSQL and one PUT",
  },
  reconcileInvocationMs: {
    value: 2_000,
    unit: "ms",
    what: "A comparison of an empty table with an empty ledger; each is a cold start with a new connection",
    because: "the schedule's interval is longer than a function stays warm",
  },
  reconcileMsPerThousand: {
    value: 100,
    unit: "ms",
    what: "What each thousand payments add to the invocation that compares them",
    because: "a page of a scan or a query each, and two statements in PostgreSQL",
  },
  migrateInvocationsPerMonth: {
    value: 20,
    unit: "invocations",
    what: "Deployments that bring a migration, 5 seconds each",
    because: "an example",
  },
  auditDocumentBytes: {
    value: 1_000,
    unit: "bytes",
    what: "An audit document, one for each write; below 128 KB, so that S3's lifecycle leaves it in STANDARD",
    because:
      "`lib/lambda/payments/ledger/audit.ts`; S3's default minimum for transitions since September 2024",
  },
  ledgerBytesPerPayment: {
    value: 1_500,
    unit: "bytes",
    what: "A payment in PostgreSQL: three entries, four postings, their indexes",
    because: "rows of about 200 bytes (`lib/lambda/payments/migrate`)",
  },
  requestLogBytes: {
    value: 1_500,
    unit: "bytes",
    what: "What an invocation of a function logs: its own line and Lambda's three",
    because: "`lib/lambda/http/app.ts`, JSON log format",
  },
  accessLogBytes: {
    value: 600,
    unit: "bytes",
    what: "A line of the gateway's access log",
    because: "`lib/components/api-gateway.ts`",
  },
  wafLogBytes: {
    value: 2_000,
    unit: "bytes",
    what: "A record of the web ACL's log",
    because: "one for each request, with its headers",
  },
  flowLogBytesPerWrite: {
    value: 150,
    unit: "bytes",
    what: "Records of the flow log for each write",
    because: "connections stay open, so that few flows begin",
  },
  databaseLogBytesPerHour: {
    value: 5_000,
    unit: "bytes",
    what: "PostgreSQL's exported logs",
    because: "checkpoints and connections; statements are logged for changes of the schema only",
  },
  methodsCalled: {
    value: 4,
    unit: "methods",
    what: "Methods of the API that are called every hour, each with 5 detailed metrics",
    because: "create, authorize, capture, read; a metric is not charged in an hour without calls",
  },
} as const satisfies Record<string, Assumption>;

/** The name of an assumption about payments. */
export type PaymentAssumption = keyof typeof paymentAssumptions;
