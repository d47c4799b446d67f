import type { Assumption } from "../cost/assumption";
import { hoursPerMonth } from "../cost/prices";
import type { ModuleUsage } from "../cost/usage";

const assumptions = {
  flowLogBytesPerHour: {
    value: 30_000,
    unit: "bytes",
    what: "Records of the flow log while nothing happens",
    because:
      "about 200 records of 150 bytes: functions on a schedule call the database and AWS; the address of a NAT gateway, where there is one, is scanned all the time",
  },
  kmsRequestsPerHour: {
    value: 20,
    unit: "requests",
    what: "Calls of each key: DynamoDB caches a table's key for 5 minutes, S3's bucket key for longer",
    because: "DynamoDB's and S3's documentation",
  },
} as const satisfies Record<string, Assumption>;

/** What the foundation's resources do whatever the modules do; what modules add to it, they declare. */
export const foundationUsage: ModuleUsage<keyof typeof assumptions> = {
  module: "foundation",
  assumptions,
  usageOf: (assumed) => {
    const key = { requests: hoursPerMonth * assumed("kmsRequestsPerHour") };
    return {
      "aws:kms/key:Key": { "keys/data-key": key, "keys/rds-key": key },
      "aws:cloudwatch/logGroup:LogGroup": {
        "network/flow-logs": { bytes: hoursPerMonth * assumed("flowLogBytesPerHour") },
      },
    };
  },
};
