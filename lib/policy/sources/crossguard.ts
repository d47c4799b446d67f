import type { PolicyResource as CrossGuardResource, ResourceValidationArgs } from "@pulumi/policy";
import { PolicyGraph, unknownValue } from "../policy-graph";
import type { PolicyResource } from "../policy-graph";

/** A resource that CrossGuard passes to a resource policy. */
export function validatedResource(args: ResourceValidationArgs): PolicyResource {
  return { ...described(args), sources: {} };
}

/** The resources that CrossGuard passes to a stack policy. */
export function validatedGraph(resources: readonly CrossGuardResource[]): PolicyGraph {
  return new PolicyGraph(
    resources.map((resource) => ({
      ...described(resource),
      sources: Object.fromEntries(
        Object.entries(resource.propertyDependencies).map(([property, sources]) => [
          property,
          sources.map(({ urn }) => urn),
        ]),
      ),
    })),
  );
}

function described(
  args: Pick<ResourceValidationArgs, "type" | "name" | "urn" | "props" | "opts" | "provider">,
): Omit<PolicyResource, "sources"> {
  const { type, name, urn, opts, provider } = args;
  const properties = record(args.props);
  const { id, arn } = properties;
  return {
    type,
    name,
    urn,
    ...(typeof id === "string" && { id }),
    ...(typeof arn === "string" && { arn }),
    properties,
    protect: opts.protect,
    // whatever is more than a component has a provider, but for providers
    isComponent: provider === undefined && !type.startsWith("pulumi:providers:"),
  };
}

/** CrossGuard throws when an unknown value is read; here it is a value like others. */
function record(map: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.keys(map).map((key) => [key, readable(() => Reflect.get(map, key))]),
  );
}

function readable(read: () => unknown): unknown {
  let value: unknown;
  try {
    value = read();
  } catch (error) {
    // @pulumi/policy has the class, but no types for it
    if (error instanceof Error && error.constructor.name === "UnknownValueError") {
      return unknownValue;
    }
    throw error;
  }
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value;
    return Array.from({ length: list.length }, (_, index) => readable(() => list[index]));
  }
  return typeof value === "object" && value !== null ? record(value) : value;
}
