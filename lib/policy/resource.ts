/** A value that is not known before the deployment, as in a preview. */
export const unknownValue: unique symbol = Symbol("known after the deployment");

/** Thrown by a rule that needs a value which is not known before the deployment. */
export class UnknownValueError extends Error {
  override readonly name = "UnknownValueError";

  constructor(readonly path: string) {
    super(`${path} is not known before the deployment`);
  }
}

/**
 * What any of several judgements finds. A value that is not known yet matters only if nothing is found: what is known
 * to be wrong is told whatever else there is.
 *
 * @throws `UnknownValueError` if nothing is found, and a judgement needs a value which is not known yet.
 */
export function foundBy<T>(judgements: readonly (() => readonly T[])[]): T[] {
  const unknown: UnknownValueError[] = [];
  const found = judgements.flatMap((judge) => {
    try {
      return judge();
    } catch (error) {
      if (!(error instanceof UnknownValueError)) throw error;
      unknown.push(error);
      return [];
    }
  });
  const [first] = unknown;
  if (found.length === 0 && first !== undefined) throw first;
  return found;
}

/** A resource as the rules see it, whether recorded, previewed or deployed. */
export interface PolicyResource {
  /** Pulumi's type token: `aws:s3/bucket:Bucket`. */
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  /** The physical id, where it is known. */
  readonly id?: string;
  /** The ARN, where it is known. */
  readonly arn?: string;
  /** The arguments, with every output resolved or `unknownValue`. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** The URNs of what an argument's value comes from, by argument. */
  readonly sources: Readonly<Record<string, readonly string[]>>;
  readonly protect: boolean;
}

/** Arguments by which a resource is named in others' arguments, besides its id and ARN. */
const namingProperties = [
  "bucket",
  "clusterIdentifier",
  "identifier",
  "name",
  "replicationGroupId",
];

/** All resources of a stack, with who refers to whom. */
export class PolicyGraph {
  private readonly byType = new Map<string, PolicyResource[]>();

  constructor(readonly resources: readonly PolicyResource[]) {
    for (const resource of resources) {
      this.byType.set(resource.type, [...(this.byType.get(resource.type) ?? []), resource]);
    }
  }

  /** The stack's name, as the URNs have it; empty when there is no resource. */
  get stack(): string {
    return /^urn:pulumi:(.+?)::/.exec(this.resources[0]?.urn ?? "")?.[1] ?? "";
  }

  /** The project's name, as the URNs have it; empty when there is no resource. */
  get project(): string {
    return /^urn:pulumi:.+?::(.+?)::/.exec(this.resources[0]?.urn ?? "")?.[1] ?? "";
  }

  /** The resources of any of the types. */
  ofType(...types: readonly string[]): PolicyResource[] {
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }

  /** The resources of a type whose argument names the target: what configures, guards or uses it. */
  referringTo(target: PolicyResource, type: string, property: string): PolicyResource[] {
    return this.ofType(type).filter((resource) => refersTo(resource, property, target));
  }

  /** The resources of any of the types that an argument names. */
  referredToBy(
    resource: PolicyResource,
    property: string,
    ...types: readonly string[]
  ): PolicyResource[] {
    return this.ofType(...types).filter((target) => refersTo(resource, property, target));
  }
}

/** By an output of the target, or by a name written out in both. */
function refersTo(resource: PolicyResource, property: string, target: PolicyResource): boolean {
  if (resource.sources[property]?.includes(target.urn) === true) return true;
  const value = resource.properties[property];
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.some(
    (one) =>
      typeof one === "string" &&
      (one === target.id ||
        one === target.arn ||
        namingProperties.some((name) => one === target.properties[name])),
  );
}
