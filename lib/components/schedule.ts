import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as lambda from "@pulumi/aws/lambda";
import * as pulumi from "@pulumi/pulumi";
import { regional } from "../core/context";
import { resourceName } from "../core/names";
import { namedTags } from "../core/tags";
import { transformed } from "../core/transform";
import type { StackContext, Transform } from "../types";

/** Arguments of {@link ScheduleComponent}. */
export interface ScheduleComponentArgs {
  readonly context: StackContext;
  /** What the schedule is for; part of its name: `reconcile`. */
  readonly purpose: string;
  /** What the function does then; at most 512 characters. */
  readonly description: string;
  /** 2 or more minutes between two invocations. */
  readonly everyMinutes: number;
  readonly functionArn: pulumi.Input<string>;
  readonly functionName: pulumi.Input<string>;
  readonly transform?: { readonly rule?: Transform<cloudwatch.EventRuleArgs> };
}

/**
 * Invokes a function at a steady rate.
 *
 * ### Cost
 *
 * None but the function's invocations.
 *
 * @example
 * ```ts
 * import { ScheduleComponent } from "payment-stack";
 *
 * new ScheduleComponent("hourly", {
 *   context,
 *   purpose: "reconcile",
 *   description: "Compares table and ledger",
 *   everyMinutes: 60,
 *   functionArn: reconcile.functionArn,
 *   functionName: reconcile.functionName,
 * });
 * ```
 */
export class ScheduleComponent extends pulumi.ComponentResource {
  readonly ruleArn: pulumi.Output<string>;
  readonly ruleName: pulumi.Output<string>;

  constructor(name: string, args: ScheduleComponentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("payments:compute:Schedule", name, {}, opts);
    const { context, purpose, transform } = args;
    const child = { parent: this };
    const ruleName = resourceName(context, purpose);

    const rule = new cloudwatch.EventRule(
      `${name}-rule`,
      transformed<cloudwatch.EventRuleArgs>(
        {
          ...regional(context),
          name: ruleName,
          description: args.description,
          scheduleExpression: `rate(${String(args.everyMinutes)} minutes)`,
          tags: namedTags(context.tags, ruleName),
        },
        transform?.rule,
      ),
      child,
    );
    const permission = new lambda.Permission(
      `${name}-permission`,
      {
        ...regional(context),
        action: "lambda:InvokeFunction",
        function: args.functionName,
        principal: "events.amazonaws.com",
        sourceArn: rule.arn,
      },
      child,
    );
    new cloudwatch.EventTarget(
      `${name}-target`,
      { ...regional(context), rule: rule.name, arn: args.functionArn },
      { ...child, dependsOn: [permission] },
    );

    this.ruleArn = rule.arn;
    this.ruleName = rule.name;
    this.registerOutputs({ ruleArn: this.ruleArn, ruleName: this.ruleName });
  }
}
