import * as pulumi from "@pulumi/pulumi";
import { defaultPrefixes } from "../../lib/core/context";
import type { EnvironmentType, StackContext } from "../../lib/types";
import { accountId, region } from "../../lib/graph/mock-aws";

/** A component's context as `PaymentStack` would pass it. */
export function testContext(
  environment: EnvironmentType = "dev",
  suffix: string = environment,
): StackContext {
  return {
    ...defaultPrefixes,
    environment,
    environmentSuffix: suffix,
    protect: environment === "prod",
    retainData: environment === "prod",
    tags: {
      Environment: environment,
      Project: "payments",
      ManagedBy: "Pulumi",
      Owner: "payments-team",
      CostCenter: "payments",
      DataClassification: "confidential",
    },
    aws: {
      accountId: pulumi.output(accountId),
      region: pulumi.output(region),
      partition: pulumi.output("aws"),
    },
  };
}
