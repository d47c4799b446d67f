import * as fs from "node:fs";
import * as path from "node:path";
import { audit, formatReport, readSuppressions, recordedGraph, ruleIds } from "../../../lib/policy";
import { projectName } from "../../../lib/core/stack-file";
import type { EnvironmentType } from "../../../lib/types";
import { record } from "../../../lib/graph/record";
import type { RecordOptions } from "../../../lib/graph/record";
import { ProgramGraph } from "../../../lib/graph/program-graph";
// its mock leaves out the functions' bundles
import "../environments";

const root = path.resolve(__dirname, "../../..");

// what the examples import is loaded once, they themselves for every recording
const imported = ["acm", "ec2", "getRegion", "route53", "vpc"].map((name) => `@pulumi/aws/${name}`);
for (const name of ["payment-stack", "@pulumi/pulumi", ...imported]) {
  const loaded = jest.requireActual<object>(name);
  jest.doMock(name, () => loaded);
}

/**
 * The graph of an example's program, and what it exports; its configuration by its own keys.
 *
 * @throws what the program throws.
 */
export async function recordExample<T extends object>(
  name: string,
  { config = {}, ...options }: Omit<RecordOptions, "project"> = {},
): Promise<ProgramGraph<T>> {
  const folder = path.join(root, "examples", name);
  const project = projectName(folder);
  const loaded: T[] = [];
  const load = () => {
    jest.isolateModules(() => loaded.push(jest.requireActual<T>(folder)));
  };
  const { resources } = await record(load, {
    project,
    config: Object.fromEntries(
      Object.entries(config).map(([key, value]) => [`${project}:${key}`, value]),
    ),
    ...options,
  });
  const [exported] = loaded;
  if (exported === undefined) throw new Error(`${folder} was not loaded`);
  return new ProgramGraph(exported, resources);
}

/** What the rules find in a graph, with no other suppressions than those of the environments; nothing if it passes. */
export function violations(graph: ProgramGraph, environment: EnvironmentType): string {
  const suppressions = readSuppressions(
    path.join(root, "bin/policy-pack/suppressions.yaml"),
    ruleIds,
  );
  const report = audit(recordedGraph(graph), { environment, suppressions });
  expect(report.deferrals).toEqual([]);
  return report.passed ? "" : formatReport(report);
}

/** Expects of a graph as many AWS resources as the example's README names. */
export function expectRegisteredAsDocumented(name: string, graph: ProgramGraph): void {
  const readme = fs.readFileSync(path.join(root, "examples", name, "README.md"), "utf8");
  const [, documented] = /^\*\*Registers\*\* (\d+) AWS resources/m.exec(readme) ?? [];

  expect(graph.resources.filter(({ type }) => type.startsWith("aws:"))).toHaveLength(
    Number(documented),
  );
}
