import * as fs from "node:fs";
import {
  costFile,
  costReference,
  environmentCosts,
  environmentEstimates,
} from "../../../bin/docs/cost";
import { grouped } from "../../../lib/cost/summary";
import type { StackEstimate } from "../../../lib/cost/summary";
import type { EnvironmentCosts } from "../../../bin/docs/cost";
import { environmentTypes } from "../../../lib/types";
import type { EnvironmentType } from "../../../lib/types";
import { environmentGraph } from "../environment-graph";

let costs: EnvironmentCosts = { estimates: [], optional: [] };
/** With every module on: without them there is less to price, and nothing else. */
let wholeEstimates: readonly StackEstimate[] = [];

beforeAll(async () => {
  costs = await environmentCosts(environmentGraph);
  wholeEstimates = await environmentEstimates(environmentGraph, ["all"]);
});

function of(environment: EnvironmentType, among = costs.estimates): StackEstimate {
  const found = among.find(({ stack }) => stack === environment);
  if (found === undefined) throw new Error(`${environment} was not recorded`);
  return found;
}

/** Amounts of a month by component, without traffic. */
function idle(environment: EnvironmentType): Record<string, number> {
  return Object.fromEntries(
    grouped(of(environment).lines, "component").map(({ name, idle: usd }) => [name, usd]),
  );
}

describe.each(environmentTypes)("what %s costs with every module on", (environment) => {
  const whole = () => of(environment, wholeEstimates);

  it("is known of every resource: free, or priced at a use that a module declares", () => {
    expect(whole().unknown).toEqual([]);
  });

  it("is the sum of its lines", () => {
    const sum = whole().lines.reduce((all, { month }) => all + month, 0);
    expect(whole().total.month).toBeCloseTo(sum, 9);
  });
});

describe("the use that modules declare", () => {
  const webAcls = {
    payments: ["payments: waf/web-acl", "payments: waf/logs"],
    storefront: ["storefront: shop-waf/web-acl", "storefront: shop-waf/logs"],
  };
  const unmatched = ({ unmatched: found }: StackEstimate) =>
    found.map(({ module, place }) => `${module}: ${place}`);

  it("is of resources that each environment has, but for the web ACLs that prod alone has", () => {
    expect(unmatched(of("prod", wholeEstimates))).toEqual([]);
    for (const environment of ["dev", "staging"] as const)
      expect(unmatched(of(environment, wholeEstimates))).toEqual([
        ...webAcls.payments,
        ...webAcls.storefront,
      ]);
  });

  it("is not of a module that an environment does not have: it leaves no trace", () => {
    for (const environment of environmentTypes) {
      const estimate = of(environment);
      expect(unmatched(estimate)).toEqual(environment === "prod" ? [] : webAcls.payments);
      expect(Object.keys(estimate.total.nextThousand)).toEqual(["payments"]);
    }
  });
});

describe("what the storefront adds, calculated by hand from the price pages", () => {
  const storefront = () => costs.optional.find(({ part }) => part.name === "storefront");
  /** What it adds to an idle month of an environment, by one of the properties of a charge. */
  const added = (environment: EnvironmentType, by: "service" | "price") => {
    const idleBy = (estimate: StackEstimate, name: string) =>
      estimate.lines
        .filter((line) => line[by] === name)
        .reduce((sum, { idle: usd }) => sum + usd, 0);
    const [without, withIt] = [of(environment), of(environment, storefront()?.estimates)];
    return (name: string) => idleBy(withIt, name) - idleBy(without, name);
  };

  it.each([
    ["dev", 5, 19.93],
    ["staging", 20, 79.72],
    ["prod", 50, 199.29],
  ] as const)(
    "is in %s the capacity of 3 tables and 4 indexes, %d units of each kind: %d USD",
    (environment, capacity, usd) => {
      const of = added(environment, "price");
      const tables = of("dynamodb.writeCapacity.hour") + of("dynamodb.readCapacity.hour");
      expect(tables).toBeCloseTo(7 * capacity * 730 * (0.00065 + 0.00013), 6);
      expect(tables).toBeCloseTo(usd, 2);
      // and a thousand products at rest
      expect(added(environment, "service")("DynamoDB")).toBeCloseTo(usd, 2);
    },
  );

  it("is everywhere 4 alarms for each of the 14 scaling policies, once, and the module's own", () => {
    for (const environment of environmentTypes) {
      const { lines } = of(environment, storefront()?.estimates);
      const made = lines.filter(({ what }) => what.endsWith("for an autoscaling policy"));
      expect(made).toHaveLength(2 * 7);
      expect(made.reduce((sum, { idle: usd }) => sum + usd, 0)).toBeCloseTo(56 * 0.1, 6);
    }
  });

  it("is a NAT gateway with its address, in prod one a zone and a web ACL", () => {
    for (const environment of ["dev", "staging"] as const)
      expect(added(environment, "service")("VPC")).toBeCloseTo(730 * (0.045 + 0.005), 6);
    expect(added("prod", "service")("VPC")).toBeCloseTo(3 * 730 * (0.045 + 0.005), 6);
    expect(added("prod", "service")("WAF")).toBeCloseTo(8, 6);
    expect(added("dev", "service")("WAF")).toBe(0);
  });

  it("is nobody's account in a month in which nobody comes", () => {
    for (const environment of environmentTypes)
      expect(added(environment, "service")("Cognito")).toBe(0);
  });
});

describe("calculated by hand, from the price pages", () => {
  it("dev's database is 730 hours of a db.t4g.micro, 20 GB, a secret and a log of 0.4 GB", () => {
    expect(idle("dev")["database"]).toBeCloseTo(11.68 + 2.3 + 0.4 + 0.2, 1);
  });

  it("nobody has a NAT gateway, and dev one endpoint in one zone", () => {
    for (const environment of environmentTypes)
      expect(idle(environment)["network"]).toBeLessThan(0.05); // its flow log
    expect(idle("dev")["endpoints"]).toBeCloseTo(7.3, 6);
  });

  it("prod's database is 730 hours at 0.318, 20 GB at 0.23, a secret and a log of 0.4 GB", () => {
    expect(idle("prod")["database"]).toBeCloseTo(232.14 + 4.6 + 0.4 + 0.2, 1);
  });

  it("prod has an endpoint in each of three zones", () => {
    expect(idle("prod")["endpoints"]).toBeCloseTo(21.9, 6);
  });

  it("prod's web ACL is 5 and four rules; dev has none", () => {
    expect(idle("prod")["waf"]).toBeCloseTo(9, 6);
    expect(idle("dev")["waf"]).toBeUndefined();
  });

  it("two keys and four metrics an hour are the same everywhere", () => {
    for (const environment of environmentTypes) {
      expect(idle(environment)["keys"]).toBeCloseTo(2.09, 2);
      expect(idle(environment)["api-domain"]).toBeUndefined();
      expect(idle(environment)["reconcile"]).toBeCloseTo(1.21, 2);
    }
  });

  it("an idle month is near 25 in dev, 61 in staging and 272 in prod, without the monitoring", () => {
    // 14.6 + 7.3 + 2.1 + 1.2 + flow log and empty runs; staging: 50.36 + 7.3 + 3.2
    const without = (environment: EnvironmentType) =>
      of(environment).total.idle - (idle(environment)["monitoring"] ?? 0);
    expect(without("dev")).toBeCloseTo(25.2, 0);
    expect(without("staging")).toBeCloseTo(61, 0);
    expect(without("prod")).toBeCloseTo(271.7, 0);
  });

  it("a thousand payments are 20,000 write units, 4,010 requests, 3,000 documents and 7,010 traces", () => {
    const { lines } = of("dev");
    const next = (price: string) =>
      lines
        .filter((line) => line.price === price)
        .reduce((sum, { nextThousand }) => sum + (nextThousand["payments"] ?? 0), 0);
    expect(next("dynamodb.writes")).toBeCloseTo(0.0125, 6);
    expect(next("apigateway.requests")).toBeCloseTo(0.014035, 6);
    // a listing of a thousand documents for each thousand, and for those of a comparison of everything
    expect(next("s3.writes")).toBeCloseTo(0.015 + 0.000015 * (1 + 730 / 24 / 7), 6);
    expect(next("xray.traces")).toBeCloseTo(0.03505, 6);
    expect(next("lambda.invocations")).toBeCloseTo(0.001402, 6);
  });
});

it("docs/cost.md is what the program costs today (npm run docs)", () => {
  expect(fs.readFileSync(costFile, "utf8")).toBe(costReference(costs));
});
