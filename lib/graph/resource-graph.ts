/** A resource of any graph: recorded, previewed or deployed. */
export interface GraphResource {
  /** Pulumi's type token: `aws:s3/bucket:Bucket`. */
  readonly type: string;
  readonly name: string;
  readonly urn: string;
}

/**
 * Resources and the references between them. Results are in the graph's own order. Each query has an index, built on
 * its first use: otherwise a large stack would be searched for every resource of it.
 */
export abstract class ResourceGraph<Resource extends GraphResource> {
  private readonly indexes = new Map<string, ReadonlyMap<string, readonly Resource[]>>();
  private positions: ReadonlyMap<Resource, number> | undefined;

  constructor(readonly resources: readonly Resource[]) {}

  /** How others' arguments may refer to a resource: by its URN, as the source of an output, or by a literal. */
  protected abstract namesOf(resource: Resource): readonly string[];

  /** What an argument refers to: the URNs of the sources of its value, and its literals. */
  protected abstract referencesOf(resource: Resource, property: string): readonly string[];

  /** The resources of any of the types, type by type. */
  ofType(...types: readonly string[]): Resource[] {
    return types.flatMap((type) => this.found("type", [type], (resource) => [resource.type]));
  }

  /** The resources of a type whose argument names the target: what configures, guards or uses it. */
  referringTo(target: Resource, type: string, property: string): Resource[] {
    return this.referring(type, property, this.namesOf(target));
  }

  /** The resources of a type whose argument is a text, or a list that has it. */
  having(type: string, property: string, text: unknown): Resource[] {
    return typeof text === "string" ? this.referring(type, property, [text]) : [];
  }

  /** The resources that an argument names; of any of the types, if any is given. */
  referredToBy(resource: Resource, property: string, ...types: readonly string[]): Resource[] {
    const references = this.referencesOf(resource, property);
    const named = (one: Resource) => this.namesOf(one);
    if (types.length === 0) return this.found("names", references, named);
    return types.flatMap((type) =>
      this.found(`names ${type}`, references, named, () => this.ofType(type)),
    );
  }

  private referring(type: string, property: string, names: readonly string[]): Resource[] {
    return this.found(
      `references ${type} ${property}`,
      names,
      (resource) => this.referencesOf(resource, property),
      () => this.ofType(type),
    );
  }

  /**
   * The resources that have any of the keys.
   *
   * @param query - The name of the query, whose index is cached.
   * @param among - The resources that are searched; by default all.
   */
  protected found(
    query: string,
    keys: readonly string[],
    keysOf: (resource: Resource) => readonly string[],
    among: () => readonly Resource[] = () => this.resources,
  ): Resource[] {
    const index = this.indexes.get(query) ?? indexOf(among(), keysOf);
    this.indexes.set(query, index);
    const found = [...new Set(keys.flatMap((key) => index.get(key) ?? []))];
    return keys.length > 1 && found.length > 1 ? this.inOrder(found) : found;
  }

  private inOrder(found: readonly Resource[]): Resource[] {
    this.positions ??= new Map(this.resources.map((resource, position) => [resource, position]));
    const { positions } = this;
    return [...found].sort((a, b) => Number(positions.get(a)) - Number(positions.get(b)));
  }
}

function indexOf<Resource>(
  resources: readonly Resource[],
  keysOf: (resource: Resource) => readonly string[],
): ReadonlyMap<string, readonly Resource[]> {
  const index = new Map<string, Resource[]>();
  for (const resource of resources) {
    for (const key of new Set(keysOf(resource))) {
      const others = index.get(key);
      if (others === undefined) index.set(key, [resource]);
      else others.push(resource);
    }
  }
  return index;
}
