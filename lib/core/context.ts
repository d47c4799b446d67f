import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { getPartitionOutput } from "@pulumi/aws/getPartition";
import { getRegionOutput } from "@pulumi/aws/getRegion";
import * as pulumi from "@pulumi/pulumi";
import type { StackContext, StackNames } from "../types";

/** The program's part of physical names, unless a program has its own. */
export const defaultPrefixes = { prefix: "payments", shortPrefix: "payment" } as const;

/** What a context takes from a stack's configuration. */
export interface ContextSettings extends StackNames {
  readonly protection: {
    /** Whether what holds data is guarded against deletion. */
    readonly enabled: boolean;
    /** Whether backups, and the keys that they need, outlive the stack. */
    readonly retainData: boolean;
  };
  /** The tags on every taggable resource, but for those that follow from the environment. */
  readonly tags: {
    readonly Project: string;
    readonly Owner: string;
    readonly CostCenter: string;
    readonly DataClassification: string;
    readonly [key: string]: string;
  };
}

/**
 * What every component knows of the stack that it belongs to. `PaymentStack` makes its own; a program that
 * uses single components makes one for them.
 *
 * @param config - Environment, suffix, protection and tags are taken from it.
 * @param options - The provider or the parent by which account and region are looked up; by default
 * the default provider.
 *
 * @example
 * ```ts
 * import { KeysComponent, getEnvironmentConfig, stackContext } from "payment-stack";
 *
 * const context = stackContext(getEnvironmentConfig("dev", { environmentSuffix: "payouts" }));
 * const keys = new KeysComponent("payouts-keys", {
 *   context,
 *   keys: { data: { description: "tables", uses: [{ through: "dynamodb" }] } },
 * });
 * export const key = keys.arns.data;
 * ```
 */
export function stackContext(
  config: ContextSettings,
  options: pulumi.InvokeOptions = {},
): StackContext {
  const { environment, environmentSuffix, protection, tags } = config;
  return {
    ...defaultPrefixes,
    environment,
    environmentSuffix,
    protect: protection.enabled,
    retainData: protection.retainData,
    tags: { ...tags, Environment: environment, ManagedBy: "Pulumi" },
    aws: {
      accountId: getCallerIdentityOutput({}, options).accountId,
      region: getRegionOutput({}, options).region,
      partition: getPartitionOutput({}, options).partition,
    },
  };
}

/**
 * The same stack in another region of its account: a component that gets this context creates its resources
 * there, under names of their own.
 *
 * @param region - `us-west-2`.
 *
 * @example
 * ```ts
 * import { KeysComponent, inRegion } from "payment-stack";
 *
 * const replica = new KeysComponent("replica-keys", {
 *   context: inRegion(context, "us-west-2"),
 *   keys: { data: { description: "replicas", uses: [{ through: "dynamodb" }] } },
 * });
 * export const replicaKey = replica.arns.data;
 * ```
 */
export function inRegion(context: StackContext, region: string): StackContext {
  return { ...context, region, aws: { ...context.aws, region: pulumi.output(region) } };
}

/**
 * The `region` argument of a resource that belongs to a region (IAM, CloudFront and Route 53 have none), or of a
 * lookup; nothing in the stack's own region, which is its provider's.
 */
export function regional({ region }: Pick<StackContext, "region">): { readonly region?: string } {
  return region === undefined ? {} : { region };
}
