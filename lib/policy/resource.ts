import { UserError } from "../core/user-error";

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

/** Arguments that are nested too deeply, or within themselves, to be judged. */
export class DepthError extends UserError {
  override readonly name = "DepthError";

  constructor(urn: string) {
    super(`${urn} cannot be judged: its arguments are nested more than ${String(deepest)} deep`);
  }
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

/** All resources of a stack, with who refers to whom. */
export class PolicyGraph {
  private readonly byType = new Map<string, PolicyResource[]>();
  private readonly references = new Map<string, Index>();
  private readonly names = new Map<string, Index>();

  /** @throws {@link DepthError} if a resource's arguments are nested too deeply to be judged. */
  constructor(readonly resources: readonly PolicyResource[]) {
    for (const resource of resources) {
      checkDepth(resource.urn, resource.properties);
      add(this.byType, resource.type, resource);
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
    return lookedUp(this.referencesBy(type, property), namesOf(target));
  }

  /** The resources of a type whose argument is a text, or a list that has it. */
  having(type: string, property: string, text: unknown): PolicyResource[] {
    return typeof text === "string" ? lookedUp(this.referencesBy(type, property), [text]) : [];
  }

  /** The resources of any of the types that an argument names. */
  referredToBy(
    resource: PolicyResource,
    property: string,
    ...types: readonly string[]
  ): PolicyResource[] {
    return types.flatMap((type) =>
      lookedUp(
        kept(this.names, type, () => indexOf(this.ofType(type), namesOf)),
        referencesOf(resource, property),
      ),
    );
  }

  private referencesBy(type: string, property: string): Index {
    return kept(this.references, `${type} ${property}`, () =>
      indexOf(this.ofType(type), (resource) => referencesOf(resource, property)),
    );
  }
}

/** Resources by what they are called, or by what they refer to: each lookup would else go through all of them. */
type Index = ReadonlyMap<string, readonly PolicyResource[]>;

function indexOf(
  resources: readonly PolicyResource[],
  keysOf: (resource: PolicyResource) => readonly string[],
): Index {
  const index = new Map<string, PolicyResource[]>();
  for (const resource of resources) {
    for (const key of new Set(keysOf(resource))) add(index, key, resource);
  }
  return index;
}

function lookedUp(index: Index, keys: readonly string[]): PolicyResource[] {
  return [...new Set(keys.flatMap((key) => index.get(key) ?? []))];
}

/** By its URN, as the source of an output, or by what may be written out. */
function namesOf(target: PolicyResource): string[] {
  return [
    target.urn,
    target.id,
    target.arn,
    ...namingProperties.map((name) => target.properties[name]),
  ].filter((name) => typeof name === "string");
}

function referencesOf(resource: PolicyResource, property: string): string[] {
  const value = resource.properties[property];
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return [
    ...(resource.sources[property] ?? []),
    ...values.filter((one) => typeof one === "string"),
  ];
}

function add(map: Map<string, PolicyResource[]>, key: string, resource: PolicyResource): void {
  const others = map.get(key);
  if (others === undefined) map.set(key, [resource]);
  else others.push(resource);
}

function kept<T>(map: Map<string, T>, key: string, make: () => T): T {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}

/** No argument of any service is nested as deep; what goes through arguments by recursion might not end. */
const deepest = 200;

/** @throws {@link DepthError} if a resource's arguments are nested too deeply, or within themselves. */
export function checkDepth(urn: string, properties: unknown): void {
  let level = new Set([properties].filter(isObject));
  for (let depth = 0; level.size > 0; depth += 1) {
    if (depth > deepest) throw new DepthError(urn);
    const next = new Set<object>();
    for (const value of level) {
      for (const inner of Object.values(value)) if (isObject(inner)) next.add(inner);
    }
    level = next;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
