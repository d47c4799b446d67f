import * as apigateway from "@pulumi/aws/apigateway";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { regional } from "../core/context";
import { roleName, roleNamePrefix } from "../core/names";
import { namedTags } from "../core/tags";
import type { StackContext } from "../types";

/** Arguments of {@link ApiAccountComponent}. */
export interface ApiAccountComponentArgs {
  readonly context: StackContext;
  /** Part of the role's name: `api-logs`. */
  readonly purpose: string;
}

/**
 * The role with which API Gateway writes logs in this account and region.
 *
 * It is a setting of the account, not of a stack: there is one for all APIs of the region, and a stage that logs is
 * refused without it. So the first deployment of a stack sets it, and from then on the stack leaves it alone, whoever
 * else sets it (`ignoreChanges`); and a stack that is destroyed retains setting and role (`retainOnDelete`), because
 * other stages still log by it. Each stack's role has a name of its own, so that a stack can be made anew beside what
 * an earlier one left. Where the account is administered elsewhere, do without this component.
 *
 * ### Cost
 *
 * None.
 *
 * @example
 * ```ts
 * import { ApiAccountComponent } from "payment-stack";
 *
 * new ApiAccountComponent("api-account", { context, purpose: "api-logs" });
 * ```
 */
export class ApiAccountComponent extends pulumi.ComponentResource {
  readonly roleArn: pulumi.Output<string>;

  constructor(name: string, args: ApiAccountComponentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("payments:api:Account", name, {}, opts);
    const { context, purpose } = args;
    const retained = { parent: this, retainOnDelete: true };

    const role = new iam.Role(
      `${name}-role`,
      {
        namePrefix: roleNamePrefix(context, purpose),
        description: "API Gateway writes logs with it",
        assumeRolePolicy: iam.assumeRolePolicyForPrincipal({ Service: "apigateway.amazonaws.com" }),
        tags: namedTags(context.tags, roleName(context, purpose)),
      },
      retained,
    );
    const policy = new iam.RolePolicyAttachment(
      `${name}-policy`,
      { role: role.name, policyArn: iam.ManagedPolicy.AmazonAPIGatewayPushToCloudWatchLogs },
      retained,
    );
    new apigateway.Account(
      `${name}-account`,
      { ...regional(context), cloudwatchRoleArn: role.arn },
      // API Gateway refuses a role that may not write
      { ...retained, ignoreChanges: ["cloudwatchRoleArn"], dependsOn: [policy] },
    );

    this.roleArn = role.arn;
    this.registerOutputs({ roleArn: this.roleArn });
  }
}
