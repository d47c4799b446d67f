import type { Graph, RecordedResource } from "../graph/graph";
import { arrowsOf } from "./arrows";
import { Boxes } from "./boxes";
import { Lookup } from "./lookup";
import { Nodes } from "./nodes";
import { treatmentOf } from "./parts";
import type { Diagram, DiagramOptions } from "./types";

/** The architecture of a stack, drawn from what its program registers. */
export function diagramOf({ resources }: Graph, options: DiagramOptions): Diagram {
  const graph = new Lookup(
    resources.filter((resource) => !isComponent(resource)),
    resources,
  );
  const nodes = new Nodes(graph);
  const boxes = new Boxes(graph, nodes, options);
  const arrows = arrowsOf(graph, nodes, boxes);
  return {
    stack: options.stack,
    boxes: boxes.all,
    nodes: nodes.all.map((node) => boxes.boxed(node)),
    arrows,
    resources: graph.resources.length,
    details: countByType(graph.resources, "detail"),
    unknown: countByType(graph.resources, "unknown"),
  };
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
