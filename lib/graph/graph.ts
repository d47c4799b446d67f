/** A resource as the program registered it. */
export interface RecordedResource {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  /** Whether a provider makes it; components only group others. */
  readonly custom: boolean;
  /** The arguments, with every output resolved. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Where among the arguments Pulumi marks a value as secret, by path: `environment.variables.TOKEN`. */
  readonly secrets: readonly string[];
  readonly parent: string;
  /** The URNs of everything it depends on, by reference or by `dependsOn`. */
  readonly dependencies: readonly string[];
  /** The URNs of what an argument's value comes from, by argument. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly provider: string;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly deleteBeforeReplace: boolean;
  readonly ignoreChanges: readonly string[];
  /** The URNs that the engine takes for this resource too. */
  readonly aliases: readonly string[];
}

/** What a program registered, and what it returned. */
export class Graph<T = unknown> {
  constructor(
    readonly result: T,
    readonly resources: readonly RecordedResource[],
  ) {}

  /** The resources of a type, in the order in which they were registered. */
  ofType(type: string): RecordedResource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** The only resource of a type, or the only one of a type and name; throws if there is none or another. */
  one(type: string, name?: string): RecordedResource {
    const all = this.ofType(type);
    const found = name === undefined ? all : all.filter((resource) => resource.name === name);
    const [only] = found;
    if (only === undefined || found.length > 1) {
      const names = all.map((resource) => resource.name).join(", ");
      throw new Error(
        `expected one ${type} ${name ?? ""}, found ${String(found.length)} of: ${names}`,
      );
    }
    return only;
  }

  /** The resources that a resource depends on. */
  dependenciesOf(resource: RecordedResource): RecordedResource[] {
    return this.resources.filter(({ urn }) => resource.dependencies.includes(urn));
  }

  /** The children of a component, by the end of its URN. */
  childrenOf(parent: RecordedResource): RecordedResource[] {
    return this.resources.filter((resource) => resource.parent === parent.urn);
  }
}
