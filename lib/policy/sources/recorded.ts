import type { ProgramGraph } from "../../graph/program-graph";
import { PolicyGraph } from "../policy-graph";

/** The graph of a program that was recorded on Pulumi's mocks. */
export function recordedGraph({ resources }: ProgramGraph): PolicyGraph {
  return new PolicyGraph(
    resources.map(({ type, name, urn, inputs, propertyDependencies, protect, custom }) => ({
      type,
      name,
      urn,
      properties: inputs,
      sources: propertyDependencies,
      protect,
      isComponent: !custom,
    })),
  );
}
