import type { PricedResource } from "./charge";

/** A resource with its place among the components. */
export interface PlacedResource extends PricedResource {
  readonly urn: string;
  readonly parent: string;
}

const stackType = "payments:index:PaymentStack";

/** The name of the component that a resource belongs to, without the stack's. */
export function componentOf(
  { parent }: PlacedResource,
  resources: readonly PlacedResource[],
): string {
  const component = find(parent, resources);
  if (component === undefined) return "(none)";
  const stack = stackOf(component, resources);
  return stack === undefined ? component.name : without(stack.name, component.name);
}

/**
 * Where in its stack a resource stands: `table/transactions`. Undefined outside of a stack: no module can mean it.
 */
export function placeOf(
  resource: PlacedResource,
  resources: readonly PlacedResource[],
): string | undefined {
  const component = find(resource.parent, resources);
  if (component === undefined || stackOf(component, resources) === undefined) return undefined;
  return `${componentOf(resource, resources)}/${without(component.name, resource.name)}`;
}

/** The stack that a component is, or is a part of. */
function stackOf(
  component: PlacedResource,
  resources: readonly PlacedResource[],
): PlacedResource | undefined {
  if (component.type === stackType) return component;
  const parent = find(component.parent, resources);
  return parent && stackOf(parent, resources);
}

function find(urn: string, resources: readonly PlacedResource[]): PlacedResource | undefined {
  return resources.find((resource) => resource.urn === urn);
}

/** A child's name without its parent's. */
function without(parent: string, child: string): string {
  return child.startsWith(`${parent}-`) ? child.slice(parent.length + 1) : child;
}
