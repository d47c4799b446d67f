import { UserError } from "../core/user-error";
import { ResourceGraph } from "../graph/resource-graph";
import type { GraphResource } from "../graph/resource-graph";

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
 * What any of several checks finds. A value that is not known yet matters only if nothing is found: what is known
 * to be wrong is reported in any case.
 *
 * @throws `UnknownValueError` if nothing is found, and a check needs a value which is not known yet.
 */
export function findingsOf<T>(checks: readonly (() => readonly T[])[]): T[] {
  const unknown: UnknownValueError[] = [];
  const found = checks.flatMap((check) => {
    try {
      return check();
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

/** Arguments that are nested too deeply, or within themselves, to be evaluated. */
export class DepthError extends UserError {
  override readonly name = "DepthError";

  constructor(urn: string) {
    super(`${urn} cannot be evaluated: its arguments are nested more than ${String(deepest)} deep`);
  }
}

/** A resource as the rules see it, whether recorded, previewed or deployed. */
export interface PolicyResource extends GraphResource {
  /** The physical id, where it is known. */
  readonly id?: string;
  /** The ARN, where it is known. */
  readonly arn?: string;
  /** The arguments, with every output resolved or `unknownValue`. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** The URNs of what an argument's value comes from, by argument. */
  readonly sources: Readonly<Record<string, readonly string[]>>;
  readonly protect: boolean;
  /** Whether it only groups others, and is nothing by itself. Default: false. */
  readonly isComponent?: boolean;
}

/** Arguments by which a resource is named in others' arguments, besides its id and ARN. */
const namingProperties = [
  "bucket",
  "clusterIdentifier",
  "identifier",
  "name",
  "replicationGroupId",
];

/** All resources of a stack, with the references between them. */
export class PolicyGraph extends ResourceGraph<PolicyResource> {
  /** @throws {@link DepthError} if a resource's arguments are nested too deeply to be evaluated. */
  constructor(resources: readonly PolicyResource[]) {
    super(resources);
    for (const { urn, properties } of resources) checkDepth(urn, properties);
  }

  /** The stack's name, as the URNs have it; empty when there is no resource. */
  get stack(): string {
    return /^urn:pulumi:(.+?)::/.exec(this.resources[0]?.urn ?? "")?.[1] ?? "";
  }

  /** The project's name, as the URNs have it; empty when there is no resource. */
  get project(): string {
    return /^urn:pulumi:.+?::(.+?)::/.exec(this.resources[0]?.urn ?? "")?.[1] ?? "";
  }

  protected override namesOf({ urn, id, arn, properties }: PolicyResource): string[] {
    return [urn, id, arn, ...namingProperties.map((name) => properties[name])].filter(
      (name) => typeof name === "string",
    );
  }

  protected override referencesOf(
    { properties, sources }: PolicyResource,
    property: string,
  ): string[] {
    const value = properties[property];
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    return [...(sources[property] ?? []), ...values.filter((one) => typeof one === "string")];
  }
}

/** No argument of any service is nested as deep; what goes through arguments by recursion might not end. */
const deepest = 200;

/** Arguments that are known not to be too deep: a state's are looked at when they are read, and once more in a graph. */
const checked = new WeakSet<object>();

/** @throws {@link DepthError} if a resource's arguments are nested too deeply, or within themselves. */
export function checkDepth(urn: string, properties: object): void {
  if (checked.has(properties)) return;
  let level = new Set([properties]);
  for (let depth = 0; level.size > 0; depth += 1) {
    if (depth > deepest) throw new DepthError(urn);
    const next = new Set<object>();
    for (const value of level) {
      // a list of millions is gone through without a copy of it
      const inside: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
      for (const inner of inside) {
        if (typeof inner === "object" && inner !== null) next.add(inner);
      }
    }
    level = next;
  }
  checked.add(properties);
}
