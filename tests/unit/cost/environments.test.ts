import * as fs from "node:fs";
import { costFile, costReference, environmentEstimates } from "../../../bin/docs/cost";
import { grouped } from "../../../lib/cost/summary";
import type { StackEstimate } from "../../../lib/cost/summary";
import { environmentTypes } from "../../../lib/types";
import type { EnvironmentType } from "../../../lib/types";
import { environmentGraph } from "../environment-graph";

let estimates: readonly StackEstimate[] = [];
/** With every module on: without them there is less to price, and nothing else. */
let wholeEstimates: readonly StackEstimate[] = [];

beforeAll(async () => {
  estimates = await environmentEstimates((environment) => environmentGraph(environment));
  wholeEstimates = await environmentEstimates((environment) =>
    environmentGraph(environment, ["all"]),
  );
});

function of(environment: EnvironmentType, among = estimates): StackEstimate {
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
  it("is of resources that each environment has, but for the web ACL that prod alone has", () => {
    const unmatched = (environment: EnvironmentType) =>
      of(environment, wholeEstimates).unmatched.map(({ module, place }) => `${module}: ${place}`);
    expect(unmatched("prod")).toEqual([]);
    for (const environment of ["dev", "staging"] as const)
      expect(unmatched(environment)).toEqual(["payments: waf/web-acl", "payments: waf/logs"]);
  });
});

describe("calculated by hand, from the price pages", () => {
  it("dev's database is 730 hours of a db.t4g.micro, 20 GB, a secret and a log of 0.4 GB", () => {
    expect(idle("dev")["database"]).toBeCloseTo(11.68 + 2.3 + 0.4 + 0.2, 1);
  });

  it("dev has no NAT gateway, and one endpoint in one zone", () => {
    expect(idle("dev")["network"]).toBeLessThan(0.05); // its flow log
    expect(idle("dev")["endpoints"]).toBeCloseTo(7.3, 6);
  });

  it("prod's database is 730 hours at 0.318, 20 GB at 0.23, a secret and a log of 0.4 GB", () => {
    expect(idle("prod")["database"]).toBeCloseTo(232.14 + 4.6 + 0.4 + 0.2, 1);
  });

  it("prod has three NAT gateways with their addresses, and three endpoints", () => {
    expect(idle("prod")["network"]).toBeCloseTo(98.55 + 10.95, 1);
    expect(idle("prod")["endpoints"]).toBeCloseTo(21.9, 6);
  });

  it("prod's web ACL is 5 and three rules; dev has none", () => {
    expect(idle("prod")["waf"]).toBeCloseTo(8, 6);
    expect(idle("dev")["waf"]).toBeUndefined();
  });

  it("two keys, a zone and four metrics an hour are the same everywhere", () => {
    for (const environment of environmentTypes) {
      expect(idle(environment)["keys"]).toBeCloseTo(2.09, 2);
      expect(idle(environment)["api-domain"]).toBeCloseTo(0.5, 6);
      expect(idle(environment)["reconcile"]).toBeCloseTo(1.21, 2);
    }
  });

  it("an idle month is near 26 in dev, 98 in staging and 381 in prod, without the monitoring", () => {
    // 14.6 + 7.3 + 2.1 + 0.5 + 1.2 + flow log and empty runs; staging: 50.36 + 36.5 + 7.3 + 3.2
    const without = (environment: EnvironmentType) =>
      of(environment).total.idle - (idle(environment)["monitoring"] ?? 0);
    expect(without("dev")).toBeCloseTo(25.7, 0);
    expect(without("staging")).toBeCloseTo(98.0, 0);
    expect(without("prod")).toBeCloseTo(380.6, 0);
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
  expect(fs.readFileSync(costFile, "utf8")).toBe(costReference(estimates));
});
