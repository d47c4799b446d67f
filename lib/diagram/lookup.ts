import type { RecordedResource } from "../graph/graph";

/** A graph's resources by what refers to what. */
export class Lookup {
  private readonly byUrn: ReadonlyMap<string, RecordedResource>;
  /** By type and name: the order in which a program registers them is not always the same. */
  readonly resources: readonly RecordedResource[];

  /**
   * @param resources - What is deployed.
   * @param all - With the components.
   */
  constructor(resources: readonly RecordedResource[], all: readonly RecordedResource[]) {
    this.resources = [...resources].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
    this.byUrn = new Map(all.map((resource) => [resource.urn, resource]));
  }

  ofType(...types: readonly string[]): RecordedResource[] {
    return this.resources.filter(({ type }) => types.includes(type));
  }

  /** The component, or the stack, that a resource belongs to. */
  parentOf(resource: RecordedResource): RecordedResource | undefined {
    return this.byUrn.get(resource.parent);
  }

  /** The resources that an argument's value comes from; of any of the types, if any is given. */
  sources(
    resource: RecordedResource,
    argument: string,
    ...types: readonly string[]
  ): RecordedResource[] {
    const urns = resource.propertyDependencies[argument] ?? [];
    return this.resources.filter(
      ({ urn, type }) => urns.includes(urn) && (types.length === 0 || types.includes(type)),
    );
  }

  /** The resources of a type whose argument's value comes from the target. */
  referringTo(target: RecordedResource, type: string, argument: string): RecordedResource[] {
    return this.ofType(type).filter((resource) =>
      resource.propertyDependencies[argument]?.includes(target.urn),
    );
  }
}

function sortKey({ type, name }: RecordedResource): string {
  return `${type} ${name}`;
}

/** The value of an argument by its path: `destinationConfig.onFailure`. */
export function argument({ inputs }: RecordedResource, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (value, step) =>
        typeof value === "object" && value !== null ? Reflect.get(value, step) : undefined,
      inputs,
    );
}

/** An argument that is a text or a number; empty if it is neither. */
export function text(resource: RecordedResource, path: string): string {
  const value = argument(resource, path);
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** The items of an argument that is a list. */
export function list(resource: RecordedResource, path: string): readonly unknown[] {
  const value = argument(resource, path);
  return Array.isArray(value) ? value : [];
}
