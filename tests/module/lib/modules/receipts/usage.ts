import type { Assumption } from "../../cost/assumption";
import type { ModuleUsage } from "../../cost/usage";

const assumptions = {
  receiptsPerMonth: {
    value: 10_000,
    unit: "receipts a month",
    what: "Receipts that are issued",
    because: "an example; `--receipts-per-month`",
    range: [0, 1_000_000_000],
  },
} as const satisfies Record<string, Assumption>;

/** Bytes of a receipt's item, of a request's log and of its access log. */
const bytes = { item: 100, log: 1_000, accessLog: 400 };

/** What receipts use of the module's resources. */
export const receiptsUsage: ModuleUsage<keyof typeof assumptions> = {
  module: "receipts",
  assumptions,
  work: { assumption: "receiptsPerMonth", plural: "receipts" },
  usageOf: (assumed) => {
    const receipts = assumed("receiptsPerMonth");
    return {
      "aws:dynamodb/table:Table": {
        "receipts-table/receipts": {
          writeUnits: receipts,
          readUnits: 0,
          tableBytes: receipts * bytes.item,
          indexBytes: 0,
        },
      },
      "aws:lambda/function:Function": {
        "issue-receipt/function": {
          invocations: receipts,
          milliseconds: receipts * 20,
          traced: 0,
          metrics: 0,
        },
      },
      "aws:apigateway/stage:Stage": { "receipts-api/stage": { requests: receipts } },
      "aws:apigateway/methodSettings:MethodSettings": {
        "receipts-api/method-settings": { methodsCalled: receipts > 0 ? 1 : 0 },
      },
      "aws:cloudwatch/logGroup:LogGroup": {
        "issue-receipt/logs": { bytes: receipts * bytes.log },
        "receipts-api/access-logs": { bytes: receipts * bytes.accessLog },
        "receipts-api/execution-logs": { bytes: 0 },
      },
    };
  },
};
