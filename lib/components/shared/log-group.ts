import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import { regional } from "../../core/context";
import { namedTags } from "../../core/tags";
import type { LogGroupChoice, StackContext } from "../../types";

/** The log group that a component writes to. */
export interface LogGroup {
  readonly name: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  /** What has to be there before anything writes to the group. */
  readonly dependsOn: readonly pulumi.Resource[];
}

/** What a log group of a component's own is made with. */
export interface LogGroupOptions {
  readonly context: StackContext;
  readonly logs: LogGroupChoice;
  /** The physical name of a new group. */
  readonly name: pulumi.Input<string>;
  /** The `Name` tag of a new group: its physical name, or what is known of it before deployment. */
  readonly tagName: string;
}

/** A new log group, a child of the component under this logical name, or the existing one. */
export function logGroup(
  logicalName: string,
  { context, logs, name, tagName }: LogGroupOptions,
  parent: pulumi.Resource,
): LogGroup {
  if ("existing" in logs) {
    const { existing } = logs;
    return { name: pulumi.output(existing.name), arn: pulumi.output(existing.arn), dependsOn: [] };
  }
  const group = new cloudwatch.LogGroup(
    logicalName,
    {
      ...regional(context),
      name,
      retentionInDays: logs.retentionDays,
      kmsKeyId: logs.keyArn,
      tags: namedTags(context.tags, tagName),
    },
    { parent },
  );
  return { name: group.name, arn: group.arn, dependsOn: [group] };
}
