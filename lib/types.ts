import type * as pulumi from "@pulumi/pulumi";

/** The environments a stack can be shaped like. It drives sizing and protection. */
export type EnvironmentType = "dev" | "staging" | "prod";

/** Every environment, in the order in which a change reaches them. */
export const environmentTypes = ["dev", "staging", "prod"] as const satisfies EnvironmentType[];

/**
 * The tags on every taggable resource; each resource adds its own `Name`.
 * AWS allows keys of up to 128 and values of up to 256 characters, 50 tags a resource.
 */
export interface TagsConfig {
  readonly Environment: EnvironmentType;
  readonly Project: string;
  readonly ManagedBy: string;
  readonly Owner: string;
  readonly CostCenter: string;
  readonly DataClassification: string;
  /** Further tags from the configuration. */
  readonly [key: string]: string;
}

/** What distinguishes the physical names of one stack from another's. */
export interface StackNames {
  readonly environment: EnvironmentType;
  /** Free text in physical names, at most `maxSuffixLength` characters; by default the stack's name. */
  readonly environmentSuffix: string;
}

/** What physical names are made of, besides the purpose of what they name. */
export interface NameScope extends StackNames {
  /** The program's part of physical names: `payments`. */
  readonly prefix: string;
  /** The program's part of the names of roles, policies and keys: `payment`. */
  readonly shortPrefix: string;
  /** The region, where it is not the stack's own: `us-west-2`. Physical names have a short form of it. */
  readonly region?: string;
}

/** Where a stack is deployed; `PaymentStack` looks it up from its provider. */
export interface AwsLocation {
  /** The account's 12-digit id. */
  readonly accountId: pulumi.Output<string>;
  /** For instance `eu-central-1`. */
  readonly region: pulumi.Output<string>;
  /** `aws`, `aws-cn` or `aws-us-gov`: the second part of every ARN. */
  readonly partition: pulumi.Output<string>;
}

/** What every component knows of the stack that it belongs to. */
export interface StackContext extends NameScope {
  readonly tags: TagsConfig;
  /** Whether what holds data is guarded against deletion (by Pulumi and by the services themselves). */
  readonly protect: boolean;
  /** Whether backups, and the keys that they need, outlive the stack. */
  readonly retainData: boolean;
  readonly aws: AwsLocation;
}

/** The days of log retention that CloudWatch Logs accepts (API reference, `PutRetentionPolicy`). */
export const logRetentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
] as const;

/** A retention period that CloudWatch Logs accepts, in days. */
export type LogRetentionDays = (typeof logRetentionDays)[number];

/**
 * What a function may log at least. Above INFO, Lambda would discard its metrics, too: they are lines without a level,
 * which it takes for INFO ("Log-level filtering" in Lambda's developer guide).
 */
export const logLevels = ["DEBUG", "INFO"] as const;

/** One of {@link logLevels}. */
export type LogLevel = (typeof logLevels)[number];

/** A log group that a component makes for itself. */
export interface NewLogGroup {
  readonly retentionDays: LogRetentionDays;
  /** ARN of the key that encrypts the log; its policy must name CloudWatch Logs. */
  readonly keyArn: pulumi.Input<string>;
}

/** A log group that is there already: retention and key are whoever's made it. */
export interface ExistingLogGroup {
  readonly name: pulumi.Input<string>;
  /** Without `:*` at its end. */
  readonly arn: pulumi.Input<string>;
}

/** Where a component logs: into a group of its own or into an existing one. */
export type LogGroupChoice = NewLogGroup | { readonly existing: ExistingLogGroup };

/**
 * How a consumer changes the arguments of a component's child without forking the component:
 * a partial of the child's own arguments, laid over the component's, or a function of them.
 */
export type Transform<Args extends object> = Partial<Args> | ((args: Args) => Args);
