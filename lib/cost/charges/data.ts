import { gigabyte, numberIn } from "../charge";
import type { ChargeContext, Charging } from "../charge";
import { hoursPerMonth } from "../prices";
import { workload } from "../workload";

/** Share of its storage that a database uses before RDS adds some. */
const fullAt = 0.9;

/** Days between an idempotency record's end and its deletion are few; it lives for one of a month's 30. */
const recordLifeInMonths = 1 / 30;

/** Keys that S3 lists in one request, which costs as much as to write an object. */
const documentsInListing = 1000;

/** What is done to a table in a month, in write and read units, and what it then holds. */
interface TableUse {
  readonly written: number;
  readonly read: number;
  readonly tableBytes: number;
  readonly indexBytes: number;
}

function paymentsUse({ resources, usage }: ChargeContext): TableUse {
  const { requests, accountsRuns, writes, kept, sweeps } = workload(resources, usage);
  const payments = usage("paymentsPerMonth");
  const moves = writes - payments;
  const bytes = kept * usage("paymentItemBytes");
  // half a unit for each 4 KB that is scanned, and for each of the ledger's payments that is looked for
  const swept = sweeps * (bytes / 8192 + kept / 2);
  const compared = sweeps === 0 ? 0 : payments * usage("compareReadUnits");
  const asked = requests - writes - accountsRuns;
  return {
    written: payments * usage("createWriteUnits") + moves * usage("moveWriteUnits"),
    read: moves * usage("moveReadUnits") + asked + compared + swept,
    tableBytes: bytes,
    indexBytes: 2 * bytes,
  };
}

function answersUse({ resources, usage }: ChargeContext): TableUse {
  const { writes } = workload(resources, usage);
  const moves = writes - usage("paymentsPerMonth");
  return {
    written: writes * usage("recordWriteUnits"),
    read: moves * usage("recordReadUnits"),
    tableBytes: writes * recordLifeInMonths * usage("idempotencyItemBytes"),
    indexBytes: 0,
  };
}

/** What the stack's stores and keys are charged for. */
export const dataCharges: Readonly<Record<string, Charging>> = {
  "aws:rds/instance:Instance": ({ inputs }, { resources, usage }) => {
    const { multiAz, allocatedStorage, monitoringInterval, manageMasterUserPassword } = inputs;
    const { instanceClass: given } = inputs;
    const zones = multiAz === true ? ".multiAz" : "";
    const instanceClass = String(given);
    const used = (workload(resources, usage).kept * usage("ledgerBytesPerPayment")) / gigabyte;
    const storage = Math.max(numberIn(allocatedStorage, 0), used / fullAt);
    const interval = numberIn(monitoringInterval, 0);
    const samples = interval === 0 ? 0 : (hoursPerMonth * 3600) / interval;
    return [
      { what: instanceClass, price: `rds.${instanceClass}${zones}`, quantity: hoursPerMonth },
      { what: "gp3 storage", price: `rds.storage${zones}`, quantity: storage },
      {
        what: "enhanced monitoring's log",
        price: "logs.ingested",
        quantity: (samples * usage("enhancedMonitoringBytes")) / gigabyte,
      },
      ...(manageMasterUserPassword === true
        ? [{ what: "master password", price: "secret.month", quantity: 1 }]
        : []),
    ];
  },
  "aws:secretsmanager/secret:Secret": () => [
    { what: "secret", price: "secret.month", quantity: 1 },
  ],
  "aws:kms/key:Key": (_, { usage }) => [
    {
      what: "key and its first two rotations",
      price: "kms.key.month",
      quantity: 1 + Math.min(2, Math.floor(usage("months") / 12)),
    },
    {
      what: "calls of the key",
      price: "kms.requests",
      quantity: (usage("kmsRequestsPerHour") * hoursPerMonth) / 10_000,
    },
  ],
  "aws:dynamodb/table:Table": ({ name, inputs }, context) => {
    const { billingMode } = inputs;
    if (billingMode !== "PAY_PER_REQUEST") {
      return [{ what: "provisioned capacity", unknown: "only on-demand tables are estimated" }];
    }
    const { written, read, tableBytes, indexBytes } = name.endsWith("-idempotency")
      ? answersUse(context)
      : paymentsUse(context);
    return [
      { what: "writes", price: "dynamodb.writes", quantity: written / 1e6 },
      { what: "reads", price: "dynamodb.reads", quantity: read / 1e6 },
      {
        what: "storage of table and indexes",
        price: "dynamodb.storage",
        quantity: (tableBytes + indexBytes) / gigabyte,
      },
      {
        what: "point-in-time recovery",
        price: "dynamodb.recovery",
        quantity: tableBytes / gigabyte,
      },
    ];
  },
  "aws:s3/bucket:Bucket": ({ name }, { resources, usage }) => {
    if (name.endsWith("-dead-letters-bucket")) return []; // empty while all is well
    if (!name.endsWith("-audit-bucket")) {
      return [{ what: "objects", unknown: "nothing is known of what it holds" }];
    }
    const { writes, kept, sweeps } = workload(resources, usage);
    const documents = kept * usage("writesPerPayment");
    const bytes = documents * usage("auditDocumentBytes");
    // each change's document is listed soon after it, and again by each comparison of everything
    const listings = (writes + documents * sweeps) / documentsInListing;
    return [
      { what: "audit documents written", price: "s3.writes", quantity: writes / 1000 },
      { what: "audit documents listed", price: "s3.writes", quantity: listings / 1000 },
      { what: "audit documents kept", price: "s3.standard", quantity: bytes / gigabyte },
    ];
  },
};
