import * as apigateway from "@pulumi/aws/apigateway";
import type * as pulumi from "@pulumi/pulumi";
import { regional } from "../../core/context";
import { resourceName } from "../../core/names";
import { namedTags } from "../../core/tags";
import type { StackContext } from "../../types";

/** Limits on the requests with some API keys; they hold for each key separately. */
export interface ApiUsagePlan {
  readonly description: string;
  readonly throttle: { readonly ratePerSecond: number; readonly burst: number };
  /** Requests a day (UTC); null sets no limit. */
  readonly requestsPerDay: number | null;
  /**
   * The plan's keys by name. A new one is made by AWS, and its value stands in the state as a secret only; an
   * existing one is of the same account and region, and of no other plan of this API.
   */
  readonly keys: Readonly<Record<string, "new" | { readonly existing: ExistingApiKey }>>;
}

/** A key that is there already. */
export interface ExistingApiKey {
  readonly keyId: pulumi.Input<string>;
}

/** The stage that usage plans are for. */
export interface UsagePlansOptions {
  readonly context: StackContext;
  /** The API's. */
  readonly purpose: string;
  readonly plans: Readonly<Record<string, ApiUsagePlan>>;
  readonly restApiId: pulumi.Input<string>;
  readonly stageName: pulumi.Input<string>;
}

/** Usage plans with their keys, named `{purpose}-{plan}` and `{purpose}-{plan}-{key}`. */
export function addUsagePlans(
  name: string,
  { context, purpose, plans, restApiId, stageName }: UsagePlansOptions,
  options: pulumi.CustomResourceOptions,
): void {
  for (const [planKey, plan] of Object.entries(plans)) {
    const planName = resourceName(context, `${purpose}-${planKey}`);
    const usagePlan = new apigateway.UsagePlan(
      `${name}-${planKey}-plan`,
      {
        ...regional(context),
        name: planName,
        description: plan.description,
        apiStages: [{ apiId: restApiId, stage: stageName }],
        throttleSettings: {
          rateLimit: plan.throttle.ratePerSecond,
          burstLimit: plan.throttle.burst,
        },
        ...(plan.requestsPerDay !== null && {
          quotaSettings: { limit: plan.requestsPerDay, period: "DAY" },
        }),
        tags: namedTags(context.tags, planName),
      },
      options,
    );
    for (const [key, choice] of Object.entries(plan.keys)) {
      const keyName = resourceName(context, `${purpose}-${planKey}-${key}`);
      const keyId =
        choice === "new"
          ? new apigateway.ApiKey(
              `${name}-${planKey}-${key}-key`,
              {
                ...regional(context),
                name: keyName,
                description: `${key}: ${plan.description}`,
                tags: namedTags(context.tags, keyName),
              },
              options,
            ).id
          : choice.existing.keyId;
      new apigateway.UsagePlanKey(
        `${name}-${planKey}-${key}-plan-key`,
        { ...regional(context), keyId, keyType: "API_KEY", usagePlanId: usagePlan.id },
        options,
      );
    }
  }
}
