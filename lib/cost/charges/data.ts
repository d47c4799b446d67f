import { isRecord } from "../../core/is-record";
import { gigabyte, numberIn, total } from "../charge";
import type { FixedCharging, PricedResource, UseChargings } from "../charge";
import { hoursPerMonth } from "../prices";

/** Share of its storage that a database uses before RDS adds some. */
const fullAt = 0.9;

/** What is done to a table in a month, and what it holds at the end of it. */
export interface TableUsage {
  /**
   * Write request units, those of the indexes included; a transaction takes twice as many. Of a table with provisioned
   * capacity they are in that.
   */
  readonly writeUnits: number;
  /** Read request units, likewise; a consistent read of up to 4 KB takes one, any other half of one. */
  readonly readUnits: number;
  /** Bytes of the items, with DynamoDB's 100 for each. */
  readonly tableBytes: number;
  /** Bytes of all indexes together, likewise. */
  readonly indexBytes: number;
}

/** Who uses a user pool in a month. */
export interface UserPoolUsage {
  /** Users who sign in or whose account is read or changed, each once. */
  readonly activeUsers: number;
}

/** What is done to a bucket in a month, and what it holds at the end of it. */
export interface BucketUsage {
  /** Requests that write an object. */
  readonly writes: number;
  /** Requests that list up to 1,000 objects each. */
  readonly listings: number;
  /** Bytes in STANDARD storage. */
  readonly bytes: number;
}

/** What a database holds. */
export interface DatabaseUsage {
  /** Bytes that rows and indexes take. */
  readonly bytes: number;
}

/** What is done with a key in a month. */
export interface KeyUsage {
  /** Calls of KMS; a service that caches a data key makes few. */
  readonly requests: number;
}

/** What can be declared of stores and keys. */
export interface DataUsage {
  readonly "aws:rds/instance:Instance": DatabaseUsage;
  readonly "aws:kms/key:Key": KeyUsage;
  readonly "aws:cognito/userPool:UserPool": UserPoolUsage;
  readonly "aws:dynamodb/table:Table": TableUsage;
  readonly "aws:s3/bucket:Bucket": BucketUsage;
}

/** What stores and keys are charged for, used or not. */
export const dataFixedCharges: Readonly<Record<string, FixedCharging>> = {
  "aws:rds/instance:Instance": ({ inputs }, assumed) => {
    const { multiAz, allocatedStorage, monitoringInterval, manageMasterUserPassword } = inputs;
    const instanceClass = String(inputs["instanceClass"]);
    const interval = numberIn(monitoringInterval, 0);
    const samples = interval === 0 ? 0 : (hoursPerMonth * 3600) / interval;
    return [
      {
        what: instanceClass,
        price: `rds.${instanceClass}${zones(multiAz)}`,
        quantity: hoursPerMonth,
      },
      {
        what: "gp3 storage",
        price: `rds.storage${zones(multiAz)}`,
        quantity: numberIn(allocatedStorage, 0),
      },
      {
        what: "enhanced monitoring's log",
        price: "logs.ingested",
        quantity: (samples * assumed("enhancedMonitoringBytes")) / gigabyte,
      },
      ...(manageMasterUserPassword === true
        ? [{ what: "master password", price: "secret.month", quantity: 1 }]
        : []),
    ];
  },
  "aws:dynamodb/table:Table": ({ inputs }) => {
    if (isOnDemand(inputs)) return [];
    const { globalSecondaryIndexes } = inputs;
    const indexes: unknown[] = Array.isArray(globalSecondaryIndexes) ? globalSecondaryIndexes : [];
    const withCapacity = [inputs, ...indexes.filter(isRecord)];
    // autoscaling adds to it while more is used
    const unitHours = (key: string) =>
      withCapacity.reduce((sum, one) => sum + numberIn(one[key], 0), 0) * hoursPerMonth;
    return [
      {
        what: "write capacity of table and indexes",
        price: "dynamodb.writeCapacity.hour",
        quantity: unitHours("writeCapacity"),
      },
      {
        what: "read capacity of table and indexes",
        price: "dynamodb.readCapacity.hour",
        quantity: unitHours("readCapacity"),
      },
    ];
  },
  "aws:appautoscaling/policy:Policy": ({ inputs: { policyType, serviceNamespace } }) => {
    if (policyType !== "TargetTrackingScaling") return [];
    // DynamoDB's have two more: that the capacity is not changed by anyone else
    const alarms = serviceNamespace === "dynamodb" ? 4 : 2;
    const what = `${String(alarms)} alarms that AWS makes for an autoscaling policy`;
    return [{ what, price: "alarm.month", quantity: alarms }];
  },
  "aws:secretsmanager/secret:Secret": () => [
    { what: "secret", price: "secret.month", quantity: 1 },
  ],
  "aws:kms/key:Key": (_, assumed) => [
    {
      what: "key and its first two rotations",
      price: "kms.key.month",
      quantity: 1 + Math.min(2, Math.floor(assumed("months") / 12)),
    },
  ],
};

/** What stores and keys are charged for by their use. */
export const dataUseCharges: UseChargings<DataUsage> = {
  "aws:rds/instance:Instance": ({ inputs: { multiAz, allocatedStorage } }, uses) => {
    const needed = total(uses, "bytes") / gigabyte / fullAt;
    return [
      {
        what: "gp3 storage that is added",
        price: `rds.storage${zones(multiAz)}`,
        quantity: Math.max(0, needed - numberIn(allocatedStorage, 0)),
      },
    ];
  },
  "aws:kms/key:Key": (_, uses) => [
    {
      what: "calls of the key",
      price: "kms.requests",
      quantity: total(uses, "requests") / 10_000,
    },
  ],
  "aws:cognito/userPool:UserPool": (_, uses) => [
    { what: "active users", price: "cognito.users", quantity: total(uses, "activeUsers") },
  ],
  "aws:dynamodb/table:Table": ({ inputs }, uses) => {
    const tableBytes = total(uses, "tableBytes");
    const requests = [
      { what: "writes", price: "dynamodb.writes", quantity: total(uses, "writeUnits") / 1e6 },
      { what: "reads", price: "dynamodb.reads", quantity: total(uses, "readUnits") / 1e6 },
    ];
    return [
      ...(isOnDemand(inputs) ? requests : []),
      {
        what: "storage of table and indexes",
        price: "dynamodb.storage",
        quantity: (tableBytes + total(uses, "indexBytes")) / gigabyte,
      },
      {
        what: "point-in-time recovery",
        price: "dynamodb.recovery",
        quantity: tableBytes / gigabyte,
      },
    ];
  },
  "aws:s3/bucket:Bucket": (_, uses) => [
    { what: "objects written", price: "s3.writes", quantity: total(uses, "writes") / 1000 },
    // a listing costs as much as a write
    { what: "objects listed", price: "s3.writes", quantity: total(uses, "listings") / 1000 },
    { what: "objects stored", price: "s3.standard", quantity: total(uses, "bytes") / gigabyte },
  ],
};

/** Otherwise capacity is provisioned, as it is by default. */
function isOnDemand({ billingMode }: PricedResource["inputs"]): boolean {
  return billingMode === "PAY_PER_REQUEST";
}

function zones(multiAz: unknown): string {
  return multiAz === true ? ".multiAz" : "";
}
