import type { DeclaredUsage } from "../../../lib/cost/charges";
import { estimate } from "../../../lib/cost/estimate";
import { stack, using } from "./stack";
import type { GivenResource } from "./stack";

const region = "us-east-1";
const place = "part/resource-0";

const database = "aws:rds/instance:Instance";
const key = "aws:kms/key:Key";
const table = "aws:dynamodb/table:Table";
const scalingPolicy = "aws:appautoscaling/policy:Policy";
const userPool = "aws:cognito/userPool:UserPool";
const bucket = "aws:s3/bucket:Bucket";
const lambda = "aws:lambda/function:Function";
const mapping = "aws:lambda/eventSourceMapping:EventSourceMapping";
const stage = "aws:apigateway/stage:Stage";
const methodSettings = "aws:apigateway/methodSettings:MethodSettings";
const webAcl = "aws:wafv2/webAcl:WebAcl";
const logGroup = "aws:cloudwatch/logGroup:LogGroup";
const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";

/** USD in a month for each thing that a resource is charged for, used as is declared. */
function charged(
  resource: GivenResource,
  usage: DeclaredUsage = {},
  months = 1,
): Record<string, number> {
  const { lines } = estimate(stack(resource), region, [using(usage)], { months });
  return Object.fromEntries(lines.map(({ what, month }) => [what, month]));
}

/** The quantities of it. */
function quantities(resource: GivenResource, usage: DeclaredUsage): Record<string, number> {
  const { lines } = estimate(stack(resource), region, [using(usage)]);
  return Object.fromEntries(lines.map(({ what, quantity }) => [what, quantity]));
}

/** What is unknown of a resource that no module uses. */
function unknown(resource: GivenResource): string[] {
  return estimate(stack(resource), region, []).unknown.map(({ because }) => because);
}

describe("network", () => {
  it("pays for an interface endpoint in each zone and for no other endpoint", () => {
    const type = "aws:ec2/vpcEndpoint:VpcEndpoint";
    const inputs = { vpcEndpointType: "Interface", subnetIds: ["a", "b"] };
    expect(charged({ type, inputs })).toEqual({ "interface endpoint × 2": 14.6 });
    expect(charged({ type, inputs: { vpcEndpointType: "Gateway" } })).toEqual({});
    expect(charged({ type, inputs: { vpcEndpointType: "Interface" } })).toEqual({
      "interface endpoint × 0": 0,
    });
  });

  it("pays for a public address by the hour", () => {
    expect(charged({ type: "aws:ec2/eip:Eip" })).toEqual({ "public address": 3.65 });
  });
});

describe("a database", () => {
  const inputs = { instanceClass: "db.t4g.medium", allocatedStorage: 20 };

  it("with a standby has a price of its own, in storage too", () => {
    const { "db.t4g.medium": single, "gp3 storage": storage } = charged({ type: database, inputs });
    const both = charged({ type: database, inputs: { ...inputs, multiAz: true } });
    expect(single).toBeCloseTo(0.065 * 730, 9);
    expect(both["db.t4g.medium"]).toBeCloseTo(0.129 * 730, 9);
    expect(both["gp3 storage"]).toBeCloseTo(2 * Number(storage), 9);
  });

  it("pays for the storage that it is given, and for what it needs beyond it when a tenth is left", () => {
    const holding = (bytes: number) =>
      quantities({ type: database, inputs }, { [database]: { [place]: { bytes } } });
    expect(holding(54e9)["gp3 storage"]).toBe(20);
    expect(holding(54e9)["gp3 storage that is added"]).toBeCloseTo(54e9 / 1024 ** 3 / 0.9 - 20, 6);
    expect(holding(1e9)["gp3 storage that is added"]).toBe(0);
  });

  it("pays for enhanced monitoring's samples and for a secret that RDS makes", () => {
    const more = { ...inputs, monitoringInterval: 60, manageMasterUserPassword: true };
    const charges = charged({ type: database, inputs: more });
    expect(charges["master password"]).toBeCloseTo(0.4, 9);
    expect(charges["enhanced monitoring's log"]).toBeCloseTo((43_800 * 1e4 * 0.5) / 1024 ** 3, 9);
    expect(charged({ type: database, inputs })["enhanced monitoring's log"]).toBe(0);
    expect(charged({ type: database, inputs })["master password"]).toBeUndefined();
  });

  it("of an unknown class is unknown", () => {
    expect(unknown({ type: database, inputs: { instanceClass: "db.x9.huge" } })).toContain(
      "no price of rds.db.x9.huge in us-east-1",
    );
  });
});

describe("secrets and keys", () => {
  it("a secret is paid by the month", () => {
    expect(charged({ type: "aws:secretsmanager/secret:Secret" })).toEqual({ secret: 0.4 });
  });

  it.each([
    [1, 1],
    [12, 2],
    [24, 3],
    [120, 3],
  ])("a key costs after %d months its own price × %d: two rotations are charged", (months, usd) => {
    expect(charged({ type: key }, {}, months)).toEqual({ "key and its first two rotations": usd });
  });

  it("a key is paid by its calls too", () => {
    const usage = { [key]: { [place]: { requests: 1e6 } } };
    expect(charged({ type: key }, usage)["calls of the key"]).toBeCloseTo(3, 9);
  });
});

describe("stores", () => {
  it("a table pays for units, for all that is stored, and for recovery of the table alone", () => {
    const use = { writeUnits: 2e6, readUnits: 4e6, tableBytes: 1024 ** 3, indexBytes: 1024 ** 3 };
    const inputs = { billingMode: "PAY_PER_REQUEST" };
    expect(quantities({ type: table, inputs }, { [table]: { [place]: use } })).toEqual({
      writes: 2,
      reads: 4,
      "storage of table and indexes": 2,
      "point-in-time recovery": 1,
    });
  });

  it("a table with provisioned capacity pays by the hour for its own and its indexes', used or not", () => {
    const use = { writeUnits: 2e6, readUnits: 4e6, tableBytes: 1024 ** 3, indexBytes: 0 };
    const inputs = {
      billingMode: "PROVISIONED",
      readCapacity: 5,
      writeCapacity: 6,
      globalSecondaryIndexes: [{ readCapacity: 1, writeCapacity: 3 }, { name: "without" }],
    };
    const charges = charged({ type: table, inputs }, { [table]: { [place]: use } });

    expect(charges["write capacity of table and indexes"]).toBeCloseTo(9 * 730 * 0.00065, 9);
    expect(charges["read capacity of table and indexes"]).toBeCloseTo(6 * 730 * 0.00013, 9);
    expect(charges["storage of table and indexes"]).toBeCloseTo(0.25, 9);
    expect(charges["point-in-time recovery"]).toBeCloseTo(0.2, 9);
    expect(charges["writes"]).toBeUndefined();
    expect(charges["reads"]).toBeUndefined();
  });

  it("a table without indexes pays for its own capacity, and by default it has some to pay for", () => {
    const inputs = { readCapacity: 5, writeCapacity: 5 };

    expect(quantities({ type: table, inputs }, {})).toEqual({
      "write capacity of table and indexes": 5 * 730,
      "read capacity of table and indexes": 5 * 730,
    });
  });

  it("autoscaling pays for the alarms that AWS makes: four of DynamoDB's, two of others', none of steps", () => {
    const alarms = (policyType: string, serviceNamespace: string) =>
      charged({ type: scalingPolicy, inputs: { policyType, serviceNamespace } });
    const what = "alarms that AWS makes for an autoscaling policy";

    expect(alarms("TargetTrackingScaling", "dynamodb")).toEqual({ [`4 ${what}`]: 0.4 });
    expect(alarms("TargetTrackingScaling", "lambda")).toEqual({ [`2 ${what}`]: 0.2 });
    expect(alarms("StepScaling", "ecs")).toEqual({});
  });

  it("a user pool pays for the users who are active", () => {
    const usage = { [userPool]: { [place]: { activeUsers: 2000 } } };

    expect(charged({ type: userPool }, usage)["active users"]).toBeCloseTo(30, 9);
  });

  it("a bucket pays for objects written, listed and stored", () => {
    const use = { writes: 3000, listings: 1000, bytes: 2 * 1024 ** 3 };
    const charges = charged({ type: bucket }, { [bucket]: { [place]: use } });
    expect(charges["objects written"]).toBeCloseTo(3 * 0.005, 9);
    expect(charges["objects listed"]).toBeCloseTo(0.005, 9);
    expect(charges["objects stored"]).toBeCloseTo(2 * 0.023, 9);
  });
});

describe("functions", () => {
  const use = { invocations: 4e6, milliseconds: 24e7, traced: 0, metrics: 0 };

  it("a function pays for invocations and for memory × time", () => {
    const inputs = { memorySize: 512 };
    const found = quantities({ type: lambda, inputs }, { [lambda]: { [place]: use } });
    expect(found["invocations"]).toBeCloseTo(4, 9);
    expect(found["memory × time"]).toBeCloseTo(4e6 * 0.06 * 0.5, 6);
  });

  it("a function without a size has Lambda's minimum", () => {
    const found = quantities({ type: lambda }, { [lambda]: { [place]: use } });
    expect(found["memory × time"]).toBeCloseTo((4e6 * 0.06) / 8, 6);
  });

  it("a function pays for metrics of its own, if it has some", () => {
    const metrics = (count: number) =>
      charged({ type: lambda }, { [lambda]: { [place]: { ...use, metrics: count } } });
    expect(metrics(4)["its own metrics"]).toBeCloseTo(1.2, 9);
    expect(metrics(0)["its own metrics"]).toBeUndefined();
  });

  it("every trace is recorded up to one a second, and a twentieth of the rest", () => {
    const traces = (traced: number) =>
      quantities({ type: lambda }, { [lambda]: { [place]: { ...use, traced } } })["traces"];
    const aSecond = 730 * 3600;
    expect(traces(1000)).toBeCloseTo(0.001, 12);
    expect(traces(aSecond + 1000)).toBeCloseTo((aSecond + 50) / 1e6, 9);
  });

  it("a stream's metrics are paid for where they are on and records come", () => {
    const metrics = (inputs: Record<string, unknown>, records: number) =>
      quantities({ type: mapping, inputs }, { [mapping]: { [place]: { records } } });
    expect(metrics({ metricsConfig: {} }, 1)).toEqual({ "metrics of the stream": 6 });
    expect(metrics({ metricsConfig: {} }, 0)).toEqual({});
    expect(metrics({}, 1)).toEqual({});
  });
});

describe("API and web ACL", () => {
  it("a stage pays for requests, and for their traces where it traces", () => {
    const usage = { [stage]: { [place]: { requests: 2e6 } } };
    expect(quantities({ type: stage, inputs: { xrayTracingEnabled: true } }, usage)).toEqual({
      requests: 2,
      traces: 2,
    });
    expect(quantities({ type: stage }, usage)).toEqual({ requests: 2 });
  });

  it("detailed metrics are paid for by the methods that are called, where they are on", () => {
    const of = (inputs: Record<string, unknown>) =>
      charged(
        { type: methodSettings, inputs },
        { [methodSettings]: { [place]: { methodsCalled: 4 } } },
      );
    expect(of({ settings: { metricsEnabled: true } })).toEqual({ "metrics by method": 6 });
    expect(of({ settings: { metricsEnabled: false } })).toEqual({});
    expect(of({})).toEqual({});
  });

  it("a web ACL pays for itself, its rules and its requests", () => {
    const inputs = { rules: [{}, {}] };
    const usage = { [webAcl]: { [place]: { requests: 1e6 } } };
    expect(charged({ type: webAcl, inputs }, usage)).toEqual({
      "web ACL": 5,
      rules: 2,
      requests: 0.6,
    });
  });
});

describe("logs and alarms", () => {
  it("a longer retention stores more logs", () => {
    const of = (inputs: Record<string, unknown>) =>
      quantities(
        { type: logGroup, inputs },
        { [logGroup]: { [place]: { bytes: 10 * 1024 ** 3 } } },
      );
    expect(of({ retentionInDays: 30 })).toEqual({ "logs ingested": 10, "logs stored": 1.5 });
    expect(of({ retentionInDays: 90 })["logs stored"]).toBeCloseTo(4.5, 9);
    expect(of({})["logs stored"]).toBe(0);
  });

  it("an alarm pays for each metric that it evaluates, and not for the sum of them", () => {
    const metric = { id: "m0", metric: {} };
    const several = { metricQueries: [{ id: "total", expression: "m0 + m1" }, metric, metric] };
    expect(charged({ type: alarm })).toEqual({ "alarm on one metric": 0.1 });
    expect(charged({ type: alarm, inputs: several })).toEqual({ "alarm on 2 metrics": 0.2 });
    expect(charged({ type: "aws:cloudwatch/compositeAlarm:CompositeAlarm" })).toEqual({
      "composite alarm": 0.5,
    });
  });

  it("a dashboard is paid by the month", () => {
    expect(charged({ type: "aws:cloudwatch/dashboard:Dashboard" })).toEqual({ dashboard: 3 });
  });
});

it.each([
  database,
  key,
  table,
  userPool,
  bucket,
  lambda,
  mapping,
  stage,
  methodSettings,
  webAcl,
  logGroup,
])("the usage of %s is unknown where no module declares it", (type) => {
  expect(unknown({ type, inputs: { instanceClass: "db.t4g.micro" } })).toEqual([
    "no module declares its use",
  ]);
});
