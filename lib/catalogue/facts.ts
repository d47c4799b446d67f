/** What is known of a resource type. Each fact is to be given: a type without one does not compile. */
export interface ResourceFacts {
  /** The longest physical name; undefined where it has none, or one that is unique within its parent only. */
  readonly nameLimit: NameLimit | undefined;
  /**
   * Whether it holds data, or data cannot be read without it: to replace one is to lose it. A log group is evidence: of
   * calls, connections, statements and payments.
   */
  readonly holdsData: boolean;
  /** Charged as `lib/cost/charges` has it, or why it costs nothing by itself. */
  readonly cost: "charged" | { readonly free: string };
  /**
   * Whether a security rule evaluates it; or why none needs to, because it connects or names others or is evaluated
   * with what it belongs to. `Types.1` finds what is uncovered: someone has to review it.
   */
  readonly rules: "covered" | "uncovered" | { readonly notNeeded: string };
  /**
   * How the diagram shows it: as a node of a kind, as boxes, arrows and labels that are read from it, or as a detail,
   * which completes what is drawn and would only hide it.
   */
  readonly drawn: NodeKindId | "read" | "detail";
  /**
   * What the AWS provider calls to read one. None of it reads what a service holds: no objects, items, messages or log
   * lines; but for a secret's value, which has no other way to be compared.
   */
  readonly reads: readonly Permission[];
  /**
   * What it calls besides to create one and to change it, its tags too; and what the service then does with the
   * permissions of the caller.
   */
  readonly writes: readonly Permission[];
  /** What it calls besides to delete one. */
  readonly deletes: readonly Permission[];
  /**
   * The service whose service-linked role the first one in an account needs: AWS makes it, with the permissions of the
   * caller.
   */
  readonly linkedRoleOf?: string;
}

/** Facts by Pulumi type token: `aws:s3/bucket:Bucket`. */
export type FactsByType = Readonly<Record<string, ResourceFacts>>;

/** The longest name that a service accepts. Source: each service's API reference. */
export interface NameLimit {
  /** The resource's argument that is the name. */
  readonly argument: string;
  /** In characters. */
  readonly max: number;
}

/** Kinds of nodes; `lib/diagram/kinds.ts` says how each is drawn. */
export type NodeKindId =
  | "api"
  | "bucket"
  | "cloudwatch"
  | "database"
  | "endpoint"
  | "function"
  | "internet-gateway"
  | "keys"
  | "nat"
  | "schedule"
  | "secret"
  | "table"
  | "topic"
  | "users"
  | "waf"
  | "zone";

/**
 * Resources that a permission can be confined to, by the environment in their names, by what they belong to or at least
 * by their kind; `bin/pipeline/resources.ts` says which those of an environment are.
 */
export type ConfinedTo =
  | "apigateway"
  | "attachments"
  | "certificates"
  | "cloudwatch"
  | "dynamodb"
  | "events"
  | "iam"
  | "keyAliases"
  | "keys"
  | "lambda"
  | "logs"
  | "mappings"
  | "mappingTags"
  | "masterSecrets"
  | "newKeys"
  | "rds"
  | "s3"
  | "scalableTargets"
  | "secretsmanager"
  | "sns"
  | "userPools"
  | "wafv2"
  | "zones";

/** Actions that the AWS provider, or a service for it, needs to be allowed. */
export interface Permission {
  /** IAM actions: `s3:GetBucketPolicy`. */
  readonly actions: readonly string[];
  /** Whose resources it is confined to; without it, everything of the account's in the region. */
  readonly on?: ConfinedTo;
}
