import { estimate, pricedRegion } from "../../../lib/cost/estimate";
import type { EstimatedResource } from "../../../lib/cost/estimate";
import { combined, grouped, priceDates, sideBySide, unknownKinds } from "../../../lib/cost/summary";
import type { GivenUsage } from "../../../lib/cost/usage";
import { UserError } from "../../../lib/core/user-error";

type Given = Pick<EstimatedResource, "type"> & Partial<EstimatedResource>;

/** Resources of a stack, under a component of the name `part`. */
function stack(...given: readonly Given[]): EstimatedResource[] {
  const component = (type: string, name: string) => ({
    type,
    name,
    urn: name,
    parent: "",
    inputs: {},
  });
  return [
    component("payments:index:PaymentStack", "payments"),
    component("payments:area:Part", "payments-part"),
    ...given.map((resource, index) => ({
      name: `resource-${String(index)}`,
      urn: `resource-${String(index)}`,
      parent: "payments-part",
      inputs: {},
      ...resource,
    })),
  ];
}

const region = "us-east-1";

/** USD in an idle month for each thing that a resource is charged for. */
function idle(resource: Given): Record<string, number> {
  const { lines } = estimate(stack(resource), region);
  return Object.fromEntries(lines.map(({ what, idle: usd }) => [what, usd]));
}

/** What is unknown of a resource. */
function unknown(resource: Given): string[] {
  return estimate(stack(resource), region).unknown.map(({ because }) => because);
}

const database = "aws:rds/instance:Instance";
const table = "aws:dynamodb/table:Table";
const lambda = "aws:lambda/function:Function";
const logGroup = "aws:cloudwatch/logGroup:LogGroup";
const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";

describe("an estimate", () => {
  it("names component, service, price and quantity of each charge", () => {
    const { lines } = estimate(stack({ type: "aws:ec2/natGateway:NatGateway" }), region);
    expect(lines).toEqual([
      expect.objectContaining({
        component: "part",
        resource: "resource-0",
        service: "VPC",
        price: "natGateway.hour",
        usdPerUnit: 0.045,
        quantity: 730,
        month: 0.045 * 730,
      }),
    ]);
  });

  it("keeps a name that does not begin with the stack's, and tells what has no component", () => {
    const nat = { type: "aws:ec2/natGateway:NatGateway", urn: "nat", parent: "" };
    const other = { type: "payments:area:Other", name: "other", urn: "other", parent: "" };
    const resources = stack(nat, other, { ...nat, urn: "nat-2", parent: "other" });
    const names = estimate(resources, region).lines.map(({ component }) => component);
    expect(names).toEqual(["(none)", "other"]);
    expect(estimate([{ ...nat, name: "nat", inputs: {} }], region).lines).toHaveLength(1);
  });

  it("tells of a type that is neither priced nor known to be free", () => {
    const { unknown: found, total } = estimate(stack({ type: "aws:dax/cluster:Cluster" }), region);
    expect(found).toEqual([
      expect.objectContaining({
        resource: "resource-0",
        because: "nobody has looked up its price",
      }),
    ]);
    expect(total.month).toBe(0);
  });

  it("lets alone what is free, components, and what exists in Pulumi's state only", () => {
    const { lines, unknown: found } = estimate(
      stack(
        { type: "aws:ec2/vpc:Vpc" },
        { type: "random:index/randomId:RandomId" },
        { type: "pulumi:providers:aws" },
      ),
      region,
    );
    expect([lines, found]).toEqual([[], []]);
  });

  it("counts no price of another region for one that is unknown", () => {
    const resources = stack({ type: database, inputs: { instanceClass: "db.m6g.large" } });
    const { unknown: found, lines } = estimate(resources, "eu-central-1");
    expect(found.map(({ because }) => because)).toEqual([
      "no price of rds.db.m6g.large in eu-central-1",
    ]);
    expect(lines.map(({ what }) => what)).not.toContain("db.m6g.large");
  });

  it("adds what grows with the payments, and nothing else, for a further thousand", () => {
    const resources = stack(
      { type: "aws:apigateway/stage:Stage" },
      { type: "aws:route53/zone:Zone" },
    );
    const { total } = estimate(resources, region, {
      paymentsPerMonth: 1000,
      readsPerPayment: 0,
      accountsRunsPerPayment: 0,
    });
    expect(total.idle).toBeCloseTo(0.5, 9);
    expect(total.month).toBeCloseTo(0.5 + 0.0105, 9);
    expect(total.nextThousand).toBeCloseTo(0.0105, 9);
  });

  it("refuses a region without prices and names those that have some", () => {
    expect(pricedRegion("eu-central-1")).toBe("eu-central-1");
    expect(() => pricedRegion("mars-1")).toThrow(UserError);
    expect(() => pricedRegion("mars-1")).toThrow("us-east-1, eu-central-1");
  });
});

describe("network", () => {
  it("pays for an interface endpoint in each zone and for no other endpoint", () => {
    const type = "aws:ec2/vpcEndpoint:VpcEndpoint";
    const inputs = { vpcEndpointType: "Interface", subnetIds: ["a", "b"] };
    expect(idle({ type, inputs })).toEqual({ "interface endpoint × 2": 14.6 });
    expect(idle({ type, inputs: { vpcEndpointType: "Gateway" } })).toEqual({});
    expect(idle({ type, inputs: { vpcEndpointType: "Interface" } })).toEqual({
      "interface endpoint × 0": 0,
    });
  });

  it("pays for a public address by the hour", () => {
    expect(idle({ type: "aws:ec2/eip:Eip" })).toEqual({ "public address": 3.65 });
  });
});

describe("data", () => {
  const inputs = { instanceClass: "db.t4g.medium", allocatedStorage: 20 };

  it("a standby has a price of its own, in storage too", () => {
    const { "db.t4g.medium": single, "gp3 storage": storage } = idle({ type: database, inputs });
    const both = idle({ type: database, inputs: { ...inputs, multiAz: true } });
    expect(single).toBeCloseTo(0.065 * 730, 9);
    expect(both["db.t4g.medium"]).toBeCloseTo(0.129 * 730, 9);
    expect(both["gp3 storage"]).toBeCloseTo(2 * Number(storage), 9);
  });

  it("a database's storage grows with the payments that are kept", () => {
    const resources = stack({ type: database, inputs });
    const { lines } = estimate(resources, region, { paymentsPerMonth: 1e6, months: 36 });
    const storage = lines.find(({ what }) => what === "gp3 storage");
    expect(storage?.quantity).toBeCloseTo((36e6 * 1500) / 1024 ** 3 / 0.9, 6);
  });

  it("a database pays for enhanced monitoring's samples and for a secret that RDS makes", () => {
    const more = { ...inputs, monitoringInterval: 60, manageMasterUserPassword: true };
    const charges = idle({ type: database, inputs: more });
    expect(charges["master password"]).toBeCloseTo(0.4, 9);
    expect(charges["enhanced monitoring's log"]).toBeCloseTo((43_800 * 1e4 * 0.5) / 1024 ** 3, 9);
    expect(idle({ type: database, inputs })["enhanced monitoring's log"]).toBe(0);
    expect(idle({ type: database, inputs })["master password"]).toBeUndefined();
  });

  it("a database of an unheard-of class is unknown", () => {
    expect(unknown({ type: database, inputs: { instanceClass: "db.x9.huge" } })).toEqual([
      "no price of rds.db.x9.huge in us-east-1",
    ]);
  });

  it("a secret of one's own is paid by the month", () => {
    expect(idle({ type: "aws:secretsmanager/secret:Secret" })).toEqual({ secret: 0.4 });
  });

  it.each([
    [1, 1],
    [12, 2],
    [24, 3],
    [120, 3],
  ])("a key costs after %d months its own price × %d: two rotations are charged", (months, usd) => {
    const { lines } = estimate(stack({ type: "aws:kms/key:Key" }), region, { months });
    expect(lines[0]?.month).toBe(usd);
  });

  const onDemand = { billingMode: "PAY_PER_REQUEST" };
  const quantitiesOf = (resources: EstimatedResource[], use: GivenUsage) =>
    Object.fromEntries(
      estimate(resources, region, use).lines.map(({ price, quantity }) => [price, quantity]),
    );

  it("the payments' table takes write units for item and indexes, and keeps what it took", () => {
    const quantities = quantitiesOf(stack({ type: table, inputs: onDemand }), {
      paymentsPerMonth: 1e6,
      readsPerPayment: 5,
    });
    expect(quantities["dynamodb.writes"]).toBeCloseTo(4 + 5 + 5, 9);
    expect(quantities["dynamodb.reads"]).toBeCloseTo(1 + 1 + 5, 9);
    expect(quantities["dynamodb.recovery"]).toBeCloseTo(400e6 / 1024 ** 3, 9);
    expect(quantities["dynamodb.storage"]).toBeCloseTo(1200e6 / 1024 ** 3, 9);
  });

  it("the answers' table takes two units a write, and keeps an answer for a day", () => {
    const answers = { type: table, name: "payments-answers-idempotency", inputs: onDemand };
    const quantities = quantitiesOf(stack(answers), { paymentsPerMonth: 1e6, months: 12 });
    expect(quantities["dynamodb.writes"]).toBeCloseTo(6, 9);
    expect(quantities["dynamodb.reads"]).toBeCloseTo(2, 9);
    expect(quantities["dynamodb.storage"]).toBeCloseTo(60e6 / 1024 ** 3, 9);
  });

  it("a payment is compared with the ledger when it changes, and with everything in each sweep", () => {
    const reconcile = (environment?: object) => ({
      type: lambda,
      name: "payments-reconcile-function",
      inputs: { environment },
    });
    const reads = (kept: number, ...functions: Given[]) =>
      quantitiesOf(stack({ type: table, inputs: onDemand }, ...functions), {
        paymentsPerMonth: 1000,
        months: kept / 1000,
        writesPerPayment: 1,
        readsPerPayment: 0,
      })["dynamodb.reads"];
    const weekly = reconcile({ variables: { SWEEP_DAYS: "7" } });
    const sweeps = 730 / 24 / 7;

    expect(reads(1000)).toBe(0);
    expect(reads(1000, reconcile(), reconcile({ variables: {} }), reconcile({}))).toBe(0);
    expect(reads(8192, weekly)).toBeCloseTo((1500 + sweeps * (400 + 4096)) / 1e6, 9);
    expect(reads(81_920, weekly)).toBeCloseTo((1500 + sweeps * (4000 + 40_960)) / 1e6, 9);
  });

  it("a table with provisioned capacity is unknown", () => {
    expect(unknown({ type: table, inputs: { billingMode: "PROVISIONED" } })).toHaveLength(1);
  });

  it("the audit bucket takes a document for each write; dead letters are none", () => {
    const type = "aws:s3/bucket:Bucket";
    const audit = estimate(stack({ type, name: "payments-audit-bucket" }), region, {
      paymentsPerMonth: 1000,
    });
    expect(audit.lines[0]?.month).toBeCloseTo(3 * 0.005, 9);
    expect(audit.lines[1]?.month).toBeCloseTo(0.003 * 0.005, 9);
    expect(audit.lines[2]?.quantity).toBeCloseTo(3e6 / 1024 ** 3, 12);
    expect(idle({ type, name: "payments-dead-letters-bucket" })).toEqual({});
    expect(unknown({ type, name: "payments-exports-bucket" })).toHaveLength(1);
  });
});

describe("functions, API and monitoring", () => {
  it("a function pays for runs and for memory × time", () => {
    const payment = {
      type: lambda,
      name: "payments-payment-function",
      inputs: { memorySize: 512 },
    };
    const { lines } = estimate(stack(payment), region, { paymentsPerMonth: 1e6 });
    const quantities = Object.fromEntries(lines.map(({ what, quantity }) => [what, quantity]));
    expect(quantities["runs"]).toBeCloseTo(4, 9);
    expect(quantities["memory × time"]).toBeCloseTo(4e6 * 0.06 * 0.5, 6);
  });

  it("a function without a size has Lambda's least", () => {
    const migrate = { type: lambda, name: "payments-migrate-function" };
    const { lines } = estimate(stack(migrate), region);
    expect(lines.find(({ what }) => what === "memory × time")?.quantity).toBeCloseTo(12.5, 9);
  });

  it("only a stack that compares on schedule has the metrics of it", () => {
    const reconcile = { type: lambda, name: "payments-reconcile-function" };
    expect(idle(reconcile)["its own metrics"]).toBeUndefined();
  });

  it("a function or a log group that is new here is unknown, and not free", () => {
    expect(unknown({ type: lambda, name: "payments-refund-function" })).toEqual([
      "nothing is assumed of how often refund runs",
    ]);
    expect(unknown({ type: lambda, name: "Oddly named" })).toEqual([
      "nothing is assumed of how often Oddly named runs",
    ]);
    expect(unknown({ type: logGroup, name: "payments-refund-logs" })).toHaveLength(1);
  });

  it("what keeps logs for longer keeps more of them", () => {
    const kept = (inputs: Record<string, unknown>) =>
      idle({ type: logGroup, name: "payments-network-flow-logs", inputs })["logs kept"] ?? 0;
    expect(kept({ retentionInDays: 90 })).toBeCloseTo(3 * kept({ retentionInDays: 30 }), 12);
    expect(kept({})).toBe(0);
  });

  it("the web ACL pays for its rules, and for requests with the payments", () => {
    const inputs = { rules: [{}, {}] };
    expect(idle({ type: "aws:wafv2/webAcl:WebAcl", inputs })).toEqual({
      "web ACL": 5,
      rules: 2,
      requests: 0,
    });
  });

  it("a stage that traces pays for the traces", () => {
    const type = "aws:apigateway/stage:Stage";
    const services = (inputs: Record<string, unknown>) =>
      estimate(stack({ type, inputs }), region).lines.map(({ service }) => service);
    expect(services({ xrayTracingEnabled: true })).toEqual(["API Gateway", "X-Ray"]);
    expect(services({})).toEqual(["API Gateway"]);
  });

  it("detailed metrics are paid for while there are calls, where they are on", () => {
    const type = "aws:apigateway/methodSettings:MethodSettings";
    const of = (inputs: Record<string, unknown>) => estimate(stack({ type, inputs }), region).total;
    expect(of({ settings: { metricsEnabled: true } })).toEqual({
      idle: 0,
      month: 4 * 5 * 0.3,
      nextThousand: 0,
    });
    expect(of({ settings: { metricsEnabled: false } }).month).toBe(0);
    expect(of({}).month).toBe(0);
  });

  it("an alarm pays for each metric that it looks at, and not for the sum of them", () => {
    const metric = { id: "m0", metric: {} };
    const several = { metricQueries: [{ id: "total", expression: "m0 + m1" }, metric, metric] };
    expect(idle({ type: alarm })).toEqual({ "alarm on one metric": 0.1 });
    expect(idle({ type: alarm, inputs: several })).toEqual({ "alarm on 2 metrics": 0.2 });
    expect(idle({ type: "aws:cloudwatch/compositeAlarm:CompositeAlarm" })).toEqual({
      "composite alarm": 0.5,
    });
  });
});

describe("a summary", () => {
  const nat = { type: "aws:ec2/natGateway:NatGateway" };
  const zone = { type: "aws:route53/zone:Zone", parent: "payments" };
  const large = { stack: "large", ...estimate(stack(nat, nat, zone), region) };
  const small = {
    stack: "small",
    ...estimate(stack(zone, { type: "aws:dax/cluster:Cluster" }), region),
  };

  it("has the dearest component first", () => {
    expect(grouped(large.lines, "component").map(({ name }) => name)).toEqual(["part", "payments"]);
    expect(grouped(large.lines, "service").map(({ name }) => name)).toEqual(["VPC", "Route 53"]);
  });

  it("puts together what is charged for the same", () => {
    expect(combined(large.lines)[0]).toMatchObject({
      component: "part",
      resources: 2,
      quantity: 1460,
      month: 65.7,
    });
  });

  it("puts stacks side by side, without what rounds to nothing", () => {
    const rows = sideBySide([large, small], "component", "idle");
    expect(rows.map(({ name, groups }) => [name, groups.map((group) => group?.idle)])).toEqual([
      ["part", [65.7, undefined]],
      ["payments", [0.5, 0.5]],
    ]);
    expect(sideBySide([large, small], "service", "nextThousand")).toEqual([]);
  });

  it("tells how old the prices are, and which have no date", () => {
    expect(priceDates([large])).toEqual({
      oldest: "2024-07-01",
      newest: "2024-07-01",
      undated: [],
    });
    const frankfurt = estimate(stack(nat), "eu-central-1");
    expect(priceDates([frankfurt]).undated).toEqual(["natGateway.hour"]);
  });

  it("tells each reason of what is unknown once, with where it is", () => {
    const again = { ...small, stack: "again" };
    expect(unknownKinds([small, large, again])).toEqual([
      {
        because: "nobody has looked up its price",
        stacks: ["small", "again"],
        of: ["resource-1 (aws:dax/cluster:Cluster), everything"],
      },
    ]);
  });
});
