import type { StackGraph } from "../../../lib/comparison/graph-file";

type Resource = StackGraph["resources"][number];

/** A resource of a graph, a bucket by default. */
export function resource(more: Partial<Resource> = {}): Resource {
  return {
    type: "aws:s3/bucket:Bucket",
    name: "audit",
    inputs: {},
    secrets: [],
    protect: false,
    retainOnDelete: false,
    ...more,
  };
}

/** A graph, of the dev stack by default. */
export function graph(resources: readonly Resource[], more: Partial<StackGraph> = {}): StackGraph {
  return {
    project: "payments",
    stack: "dev",
    environment: "dev",
    environmentSuffix: "dev",
    resources: [...resources],
    ...more,
  };
}

/** What makes a graph prod's. */
export const prod = { stack: "prod", environment: "prod", environmentSuffix: "prod" } as const;
