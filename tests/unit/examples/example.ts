import * as path from "node:path";
import { audit, formatReport, readSuppressions, recordedGraph, ruleIds } from "../../../lib/policy";
import { projectName } from "../../../lib/stack-file";
import type { EnvironmentType } from "../../../lib/types";
import { record } from "../../../lib/graph/record";
import type { RecordOptions } from "../../../lib/graph/record";
import type { Graph } from "../../../lib/graph/graph";
// its mock leaves out the functions' bundles
import "../environments";

const root = path.resolve(__dirname, "../../..");

/**
 * The graph of an example's program, which is loaded as `pulumi up` loads it: once a test file. Configuration
 * is by the example's own keys.
 */
export function recordExample<T>(
  name: string,
  { config = {}, ...options }: Omit<RecordOptions, "project"> = {},
): Promise<Graph<T>> {
  const folder = path.join(root, "examples", name);
  const project = projectName(folder);
  return record(() => jest.requireActual<T>(folder), {
    project,
    config: Object.fromEntries(
      Object.entries(config).map(([key, value]) => [`${project}:${key}`, value]),
    ),
    ...options,
  });
}

/** What the rules find in a graph, with no other suppressions than those of the environments; nothing if it passes. */
export function violations(graph: Graph, environment: EnvironmentType): string {
  const suppressions = readSuppressions(
    path.join(root, "bin/policy-pack/suppressions.yaml"),
    ruleIds,
  );
  const report = audit(recordedGraph(graph), { environment, suppressions });
  expect(report.deferrals).toEqual([]);
  return report.passed ? "" : formatReport(report);
}
