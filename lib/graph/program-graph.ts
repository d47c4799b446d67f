import { ResourceGraph } from "./resource-graph";
import type { GraphResource } from "./resource-graph";

/** A resource as the program registered it. */
export interface RecordedResource extends GraphResource {
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
  /** How long its deletion may take, where the program says so: `60m`. */
  readonly deleteTimeout?: string | undefined;
  /** The URNs that the engine takes for this resource too. */
  readonly aliases: readonly string[];
}

/** What a program registered, and what it returned. */
export class ProgramGraph<T = unknown> extends ResourceGraph<RecordedResource> {
  constructor(
    readonly result: T,
    resources: readonly RecordedResource[],
  ) {
    super(resources);
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
  dependenciesOf({ dependencies }: RecordedResource): RecordedResource[] {
    return this.withUrn(dependencies);
  }

  /** The component, or the stack, that a resource belongs to. */
  parentOf({ parent }: RecordedResource): RecordedResource | undefined {
    return this.withUrn([parent])[0];
  }

  /** What belongs to a component. */
  childrenOf({ urn }: RecordedResource): RecordedResource[] {
    return this.found("children", [urn], ({ parent }) => [parent]);
  }

  protected override namesOf({ urn }: RecordedResource): string[] {
    return [urn];
  }

  protected override referencesOf(
    { propertyDependencies }: RecordedResource,
    property: string,
  ): readonly string[] {
    return propertyDependencies[property] ?? [];
  }

  private withUrn(urns: readonly string[]): RecordedResource[] {
    return this.found("urn", urns, ({ urn }) => [urn]);
  }
}
