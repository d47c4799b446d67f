import type { PolicyGraph, PolicyResource } from "../policy-graph";

/** The class that makes a function. */
export const functionType = "aws:lambda/function:Function";

/** Whether CloudFront runs a function: at the edge it has no VPC, no tracing, no variables and no dead-letter queue. */
export function isAtEdge(resource: PolicyResource, graph: PolicyGraph): boolean {
  return ["defaultCacheBehavior", "orderedCacheBehaviors"].some(
    (property) =>
      graph.referringTo(resource, "aws:cloudfront/distribution:Distribution", property).length > 0,
  );
}
