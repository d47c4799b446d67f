import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { getPartitionOutput } from "@pulumi/aws/getPartition";
import { getRegionOutput } from "@pulumi/aws/getRegion";
import type * as pulumi from "@pulumi/pulumi";
import type { EnvironmentConfig } from "../config";
import type { StackContext } from "../types";

/**
 * What every component is told about the stack it belongs to. `PaymentStack` makes its own; a program that
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
 * const keys = new KeysComponent("payouts-keys", { context });
 * export const key = keys.dataKeyArn;
 * ```
 */
export function stackContext(
  config: Pick<EnvironmentConfig, "environment" | "environmentSuffix" | "protection" | "tags">,
  options: pulumi.InvokeOptions = {},
): StackContext {
  const { environment, environmentSuffix, protection, tags } = config;
  return {
    environment,
    environmentSuffix,
    protect: protection.enabled,
    tags: { ...tags, Environment: environment, ManagedBy: "Pulumi" },
    aws: {
      accountId: getCallerIdentityOutput({}, options).accountId,
      region: getRegionOutput({}, options).region,
      partition: getPartitionOutput({}, options).partition,
    },
  };
}
