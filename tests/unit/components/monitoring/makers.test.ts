import type { Alarm } from "../../../../lib/components/monitoring/alarm";
import { apiAlarms, apiGraphs } from "../../../../lib/components/monitoring/api";
import {
  certificateAlarm,
  certificateGraph,
} from "../../../../lib/components/monitoring/certificate";
import type { GraphRow } from "../../../../lib/components/monitoring/dashboard-graph";
import { databaseAlarms, databaseGraphs } from "../../../../lib/components/monitoring/database";
import { functionAlarms, functionGraphs } from "../../../../lib/components/monitoring/functions";
import {
  discardedChangesAlarms,
  discardedChangesGraph,
  streamAgeAlarm,
  streamAgeGraph,
} from "../../../../lib/components/monitoring/stream-consumer";
import { tableAlarms, tableGraphs } from "../../../../lib/components/monitoring/table";

const limits = {
  databaseCpuPercent: 70,
  databaseFreeStorageGiB: 2,
  databaseConnections: 30,
  lambdaErrors: 5,
  lambdaThrottles: 3,
  api5xxErrors: 4,
  apiLatencyP99Ms: 900,
  certificateDays: 14,
  streamAgeSeconds: 60,
};

/** The alarms and graphs of one resource of each kind, under a module's names. */
function monitored(module?: string): { alarms: Alarm[]; graphs: GraphRow[] } {
  const named = (purpose: string, label: string) => ({
    purpose: module === undefined ? purpose : `${module}-${purpose}`,
    label: module === undefined ? label : `${module} ${label}`,
  });
  const database = { ...named("database", "database"), identifier: "db" };
  const api = { ...named("api", "API"), apiName: "api", stageName: "v1" };
  const certificate = { ...named("api", "API"), certificateArn: "arn:certificate" };
  const table = {
    ...named("table", "table"),
    tableName: "table",
    indexNames: [],
    operations: ["GetItem"],
  };
  const functions = [{ purpose: named("pay", "").purpose, functionName: "pay" }];
  const stream = {
    ...(module !== undefined && { purpose: module }),
    consumer: "index",
    source: "table",
    functionName: "index",
    mappingId: "mapping",
  };
  return {
    alarms: [
      ...databaseAlarms(database, limits),
      ...functionAlarms(functions, limits),
      ...apiAlarms(api, limits),
      certificateAlarm(certificate, limits),
      streamAgeAlarm(stream, limits),
      ...discardedChangesAlarms(stream),
      ...tableAlarms(table),
    ],
    graphs: [
      [streamAgeGraph(stream, limits), discardedChangesGraph(stream)],
      ...apiGraphs(api, limits, [certificateGraph(certificate, limits)]),
      ...functionGraphs(functions, limits),
      ...tableGraphs(table),
      ...databaseGraphs(database, limits),
    ],
  };
}

describe("the alarms of a second module", () => {
  it("have purposes that begin with its name", () => {
    expect(monitored("shop").alarms.map(({ purpose }) => purpose)).toEqual([
      "shop-database-cpu",
      "shop-database-storage",
      "shop-database-connections",
      "shop-pay-errors",
      "shop-pay-throttles",
      "shop-api-5xx",
      "shop-api-latency",
      "shop-api-certificate",
      "shop-stream-age",
      "shop-expired-changes",
      "shop-lost-changes",
      "shop-table-throttles",
      "shop-table-errors",
    ]);
  });

  it("share no purpose with those of the first", () => {
    const purposes = [...monitored().alarms, ...monitored("shop").alarms].map(
      ({ purpose }) => purpose,
    );

    expect(new Set(purposes).size).toBe(26);
  });

  it("name the monitored resource in their descriptions", () => {
    const descriptions = Object.fromEntries(
      monitored("shop").alarms.map(({ purpose, description }) => [purpose, description]),
    );

    expect(descriptions).toMatchObject({
      "shop-database-cpu": "shop database CPU above 70 % for 10 minutes",
      "shop-pay-errors": "shop-pay function failed more than 5 times in 5 minutes",
      "shop-api-latency": "shop API's 99th percentile latency above 900 ms for 15 minutes",
      "shop-stream-age":
        "oldest change that the index has not processed is more than 60 seconds old",
      "shop-table-throttles": "shop table throttled more than 0 requests in 5 minutes",
    });
  });
});

describe("the graphs of a second module", () => {
  it("have a row for an API, which ends with what belongs to it", () => {
    const api = { purpose: "shop-api", label: "shop API", apiName: "api", stageName: "v1" };
    const [alone = []] = apiGraphs(api, limits);
    const certificate = certificateGraph({ ...api, certificateArn: "arn:certificate" }, limits);

    expect(apiGraphs(api, limits, [certificate])).toEqual([[...alone, certificate]]);
  });

  it("name what they show in their titles", () => {
    expect(monitored("shop").graphs.map((row) => row[0]?.title)).toEqual([
      "Index behind the table",
      "Shop API requests",
      "Function shop-pay: failures",
      "Shop table: capacity used",
      "Shop database: CPU",
    ]);
  });

  it("draw the threshold of each of its alarms, and of no other", () => {
    const { alarms, graphs } = monitored("shop");
    const drawn = graphs.flat().flatMap(({ alarms: lines = [] }) => lines);

    expect(drawn.map(({ purpose }) => purpose).sort()).toEqual(
      alarms.map(({ purpose }) => purpose).sort(),
    );
  });
});

it("a period without data is an outage of a database, and no traffic of anything else", () => {
  const { alarms } = monitored();

  expect(
    alarms
      .filter(({ treatMissingData }) => treatMissingData === "breaching")
      .map(({ purpose }) => purpose),
  ).toEqual(["database-cpu", "database-storage", "database-connections"]);
});

describe("an infrequently invoked function", () => {
  it("has alarms that fire on a single error or throttle", () => {
    const functions = [{ purpose: "nightly", functionName: "n", infrequentlyInvoked: true }];

    expect(functionAlarms(functions, limits).map(({ threshold }) => threshold)).toEqual([0, 0]);
    expect(functionGraphs(functions, limits)[0]?.[0]?.alarms).toEqual([
      { purpose: "nightly-errors", value: 0 },
      { purpose: "nightly-throttles", value: 0 },
    ]);
  });
});
