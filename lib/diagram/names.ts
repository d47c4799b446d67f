import type { ProgramGraph, RecordedResource } from "../graph/program-graph";

/**
 * What a resource is called among the stack's: its logical name without its component's, or its component's
 * without the stack's, if its own says no more than of what kind it is.
 *
 * @param kindName - The name that says no more: `function`.
 */
export function nameOf(resource: RecordedResource, graph: ProgramGraph, kindName?: string): string {
  const parent = graph.parentOf(resource);
  if (parent === undefined) return words(resource.name);
  const own = without(parent.name, resource.name);
  return words(own === kindName ? without(root(parent, graph).name, parent.name) : own);
}

function root(resource: RecordedResource, graph: ProgramGraph): RecordedResource {
  const parent = graph.parentOf(resource);
  return parent === undefined ? resource : root(parent, graph);
}

function without(prefix: string, name: string): string {
  return name.startsWith(`${prefix}-`) ? name.slice(prefix.length + 1) : name;
}

function words(name: string): string {
  return name.replaceAll("-", " ");
}
