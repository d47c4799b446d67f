import type { Assumed } from "../../cost/assumption";
import type { DeclaredUsage } from "../../cost/charges";
import type { CommonAssumption } from "../../cost/common-assumptions";
import { hoursPerMonth } from "../../cost/prices";
import type { InputsAt, ModuleUsage } from "../../cost/usage";
import { intervalIn } from "../interval";
import { paymentAssumptions } from "./usage-assumptions";
import type { PaymentAssumption } from "./usage-assumptions";

/** Days between an idempotency record's end and its deletion are few; it lives for one of a month's 30. */
const recordLifeInMonths = 1 / 30;

/** Keys that S3 lists in one request. */
const documentsInListing = 1000;

/** Metrics that the reconcile function publishes whenever it is invoked. */
const reconcileMetrics = 4;

/** How long a migration takes. */
const migrateMs = 5_000;

/** What payments use of the resources, at the use that is assumed of them. */
export const paymentsUsage: ModuleUsage<PaymentAssumption> = {
  module: "payments",
  assumptions: paymentAssumptions,
  work: { assumption: "paymentsPerMonth", plural: "payments" },
  usageOf: (assumed, inputsAt) => {
    const work = workload(assumed, inputsAt);
    return { ...dataUsage(assumed, work), ...serviceUsage(assumed, work) };
  },
};

/** What the payment service does in a month. */
interface Workload {
  readonly payments: number;
  /** Requests to the API. */
  readonly requests: number;
  /** Those of them that the accounts function serves. */
  readonly accountsRequests: number;
  /** Requests that change a payment. */
  readonly writes: number;
  /** Those of them that change one that was there. */
  readonly moves: number;
  /** Comparisons of what changed in table and ledger. */
  readonly comparisons: number;
  /** How often everything in table and ledger is comparedPayments. */
  readonly sweeps: number;
  /** Payments that the stack stores. */
  readonly stored: number;
}

type PaymentsAssumed = Assumed<PaymentAssumption | CommonAssumption>;

function workload(assumed: PaymentsAssumed, inputsAt: InputsAt): Workload {
  const payments = assumed("paymentsPerMonth");
  const writes = payments * assumed("writesPerPayment");
  const accountsRequests = payments * assumed("accountsRequestsPerPayment");
  const reconcile = inputsAt("aws:lambda/function:Function", "reconcile/function");
  return {
    payments,
    requests: writes + payments * assumed("readsPerPayment") + accountsRequests,
    accountsRequests,
    writes,
    moves: writes - payments,
    comparisons: (hoursPerMonth * 60) / intervalIn(reconcile, "EVERY_MINUTES"),
    sweeps: hoursPerMonth / 24 / intervalIn(reconcile, "SWEEP_DAYS"),
    stored: payments * assumed("months"),
  };
}

/** The use of tables, buckets and database. */
function dataUsage(assumed: PaymentsAssumed, work: Workload): DeclaredUsage {
  const { payments, requests, accountsRequests, writes, moves, sweeps, stored } = work;
  const tableBytes = stored * assumed("paymentItemBytes");
  // half a unit for each 4 KB that is scanned, and for each of the ledger's payments that is looked for
  const sweepUnits = sweeps * (tableBytes / 8192 + stored / 2);
  const comparedPayments = sweeps === 0 ? 0 : payments * assumed("compareReadUnits");
  const reads = requests - writes - accountsRequests;
  const documents = stored * assumed("writesPerPayment");
  return {
    "aws:dynamodb/table:Table": {
      "table/transactions": {
        writeUnits: payments * assumed("createWriteUnits") + moves * assumed("moveWriteUnits"),
        readUnits: moves * assumed("moveReadUnits") + reads + comparedPayments + sweepUnits,
        tableBytes,
        indexBytes: 2 * tableBytes,
      },
      "answers/idempotency": {
        writeUnits: writes * assumed("recordWriteUnits"),
        readUnits: moves * assumed("recordReadUnits"),
        tableBytes: writes * recordLifeInMonths * assumed("idempotencyItemBytes"),
        indexBytes: 0,
      },
    },
    "aws:s3/bucket:Bucket": {
      "audit/bucket": {
        writes,
        // each change's document is listed soon after it, and again by each comparison of everything
        listings: (writes + documents * sweeps) / documentsInListing,
        bytes: documents * assumed("auditDocumentBytes"),
      },
      // empty while all is well
      "dead-letters/bucket": { writes: 0, listings: 0, bytes: 0 },
    },
    "aws:rds/instance:Instance": {
      "database/instance": { bytes: stored * assumed("ledgerBytesPerPayment") },
    },
  };
}

/** The use of functions, API and logs. */
function serviceUsage(assumed: PaymentsAssumed, work: Workload): DeclaredUsage {
  const { requests, writes } = work;
  const functions = functionUsage(assumed, work);
  const log = ({ invocations }: { readonly invocations: number }) => ({
    bytes: invocations * assumed("requestLogBytes"),
  });
  return {
    "aws:lambda/function:Function": {
      "payment/function": functions.payment,
      "accounts/function": functions.accounts,
      "ledger/function": functions.ledger,
      "reconcile/function": functions.reconcile,
      "migrate/function": functions.migrate,
    },
    "aws:lambda/eventSourceMapping:EventSourceMapping": {
      "ledger-stream/mapping": { records: writes },
    },
    "aws:apigateway/stage:Stage": { "api/stage": { requests } },
    "aws:apigateway/methodSettings:MethodSettings": {
      "api/method-settings": { methodsCalled: requests > 0 ? assumed("methodsCalled") : 0 },
    },
    "aws:wafv2/webAcl:WebAcl": { "waf/web-acl": { requests } },
    "aws:cloudwatch/logGroup:LogGroup": {
      "payment/logs": log(functions.payment),
      "accounts/logs": log(functions.accounts),
      "ledger/logs": log(functions.ledger),
      "reconcile/logs": log(functions.reconcile),
      "migrate/logs": log(functions.migrate),
      "api/access-logs": { bytes: requests * assumed("accessLogBytes") },
      // failures within the gateway
      "api/execution-logs": { bytes: 0 },
      "waf/logs": { bytes: requests * assumed("wafLogBytes") },
      "network/flow-logs": { bytes: writes * assumed("flowLogBytesPerWrite") },
      "database/postgresql-logs": { bytes: hoursPerMonth * assumed("databaseLogBytesPerHour") },
      // upgrades of the database
      "database/upgrade-logs": { bytes: 0 },
    },
  };
}

function functionUsage(assumed: PaymentsAssumed, work: Workload) {
  const { payments, requests, accountsRequests, writes, comparisons, sweeps, stored } = work;
  const ledger = writes * assumed("ledgerInvocationsPerWrite");
  const migrations = assumed("migrateInvocationsPerMonth");
  const comparedPayments = payments + stored * sweeps;
  return {
    payment: apiFunction(requests - accountsRequests, assumed("paymentInvocationMs")),
    accounts: apiFunction(accountsRequests, assumed("accountsInvocationMs")),
    ledger: backgroundFunction(ledger, ledger * assumed("ledgerInvocationMs")),
    reconcile: {
      ...backgroundFunction(
        comparisons,
        comparisons * assumed("reconcileInvocationMs") +
          (comparedPayments / 1000) * assumed("reconcileMsPerThousand"),
      ),
      metrics: comparisons > 0 ? reconcileMetrics : 0,
    },
    migrate: backgroundFunction(migrations, migrations * migrateMs),
  };
}

/** A function whose traces continue those of the API. */
function apiFunction(invocations: number, milliseconds: number) {
  return { invocations, milliseconds: invocations * milliseconds, traced: 0, metrics: 0 };
}

/** A function that begins traces of its own. */
function backgroundFunction(invocations: number, milliseconds: number) {
  return { invocations, milliseconds, traced: invocations, metrics: 0 };
}
