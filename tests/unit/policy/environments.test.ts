import * as path from "node:path";
import { audit, formatReport, readSuppressions, recordedGraph, ruleIds } from "../../../lib/policy";
import { environmentTypes } from "../../../lib/types";
import type { EnvironmentType } from "../../../lib/types";
import { environmentGraph, environmentVariants, variants } from "../environment-graph";

const suppressions = readSuppressions(
  path.resolve(__dirname, "../../../bin/policy-pack/suppressions.yaml"),
  ruleIds,
);

const judged = async (
  environment: EnvironmentType,
  { chosen, config }: (typeof variants)[number],
) =>
  audit(recordedGraph(await environmentGraph(environment, chosen, config)), {
    environment,
    suppressions,
  });

// a module that is on may mend what is violated without it: a network gets a way out. So both are judged
describe.each(environmentVariants)("the $environment environment $modules", (variant) => {
  const { environment } = variant;

  it("passes every rule", async () => {
    const report = await judged(environment, variant);

    // the report itself, so that a failure can be read
    expect(report.passed ? "" : formatReport(report)).toBe("");
    expect(report.deferrals).toEqual([]);
  });

  it("suppresses nothing that is about confidentiality, but for what docs/security.md names", async () => {
    const { findings } = await judged(environment, variant);

    const suppressed = findings
      .filter(({ rule, verdict }) => verdict === "suppressed" && rule.concern === "confidentiality")
      .map(({ rule }) => rule.id);
    const named = ["RDS.23", "APIGateway.4", "APIGateway.8", "Network.1"];
    expect(suppressed.filter((id) => !named.includes(id))).toEqual([]);
  });
});

it.each(environmentTypes)("no suppression suppresses nothing in %s", async (environment) => {
  const unusedIn = async (variant: (typeof variants)[number]) =>
    (await judged(environment, variant)).unused.flatMap(({ rule, resources }) =>
      resources.map((resource) => `${rule}: ${resource}`),
    );
  // what is off needs none
  const [first = [], ...others] = await Promise.all(variants.map(unusedIn));

  expect(first.filter((one) => others.every((unused) => unused.includes(one)))).toEqual([]);
});
