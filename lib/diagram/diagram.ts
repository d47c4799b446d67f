import { ProgramGraph } from "../graph/program-graph";
import type { RecordedResource } from "../graph/program-graph";
import { arrowsOf } from "./arrows";
import { Boxes } from "./boxes";
import { Nodes } from "./nodes";
import { treatmentOf } from "./parts";
import type { Diagram, DiagramOptions } from "./types";

/** The architecture of a stack, drawn from what its program registers. */
export function diagramOf({ resources }: ProgramGraph, options: DiagramOptions): Diagram {
  // the order in which a program registers them is not always the same
  const sorted = [...resources].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
  const deployed = sorted.filter((resource) => !isComponent(resource));
  const graph = new ProgramGraph(undefined, sorted);
  const nodes = new Nodes(graph);
  const boxes = new Boxes(graph, nodes, options);
  const arrows = arrowsOf(graph, nodes, boxes);
  return {
    stack: options.stack,
    boxes: boxes.all,
    nodes: nodes.all.map((node) => boxes.boxed(node)),
    arrows,
    resources: deployed.length,
    details: countByType(deployed, "detail"),
    unknown: countByType(deployed, "unknown"),
  };
}

function sortKey({ type, name }: RecordedResource): string {
  return `${type} ${name}`;
}

/** Components, the stack and providers deploy nothing themselves. */
function isComponent({ type, inputs }: RecordedResource): boolean {
  const isOfNoProvider = !type.includes("/") && Object.keys(inputs).length === 0;
  return isOfNoProvider || type.startsWith("pulumi:");
}

function countByType(
  resources: readonly RecordedResource[],
  treatment: ReturnType<typeof treatmentOf>,
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { type } of resources) {
    if (treatmentOf(type) === treatment) counts[type] = (counts[type] ?? 0) + 1;
  }
  return counts;
}
