import * as path from "node:path";
import { audit, formatReport, readSuppressions, recordedGraph, ruleIds } from "../../../lib/policy";
import { environmentTypes } from "../../../lib/types";
import { environmentGraph } from "../environment-graph";

const suppressions = readSuppressions(
  path.resolve(__dirname, "../../../bin/policy-pack/suppressions.yaml"),
  ruleIds,
);

describe.each(environmentTypes)("the %s environment", (environment) => {
  it("passes every rule, with no suppression that suppresses nothing", async () => {
    const graph = await environmentGraph(environment);

    const report = audit(recordedGraph(graph), { environment, suppressions });

    // the report itself, so that a failure can be read
    expect(report.passed ? "" : formatReport(report)).toBe("");
    expect(report.unused).toEqual([]);
    expect(report.deferrals).toEqual([]);
  });

  it("suppresses nothing that is about confidentiality, but for what docs/security.md names", async () => {
    const graph = await environmentGraph(environment);

    const { findings } = audit(recordedGraph(graph), { environment, suppressions });

    const suppressed = findings
      .filter(({ rule, verdict }) => verdict === "suppressed" && rule.concern === "confidentiality")
      .map(({ rule }) => rule.id);
    expect(suppressed.filter((id) => id !== "RDS.23" && id !== "APIGateway.4")).toEqual([]);
  });
});
