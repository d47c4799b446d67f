import * as pulumi from "@pulumi/pulumi";
import type { NewLogGroup, StackContext } from "../../types";
import { logGroup } from "../shared/log-group";
import type { LogGroup } from "../shared/log-group";

/** What the instance exports to CloudWatch Logs. */
export const logExports = ["postgresql", "upgrade"] as const;

/** RDS fixes the groups' names, and makes missing ones by itself, without key and for ever. */
export function databaseLogGroups(
  name: string,
  options: {
    readonly context: StackContext;
    readonly identifier: string;
    readonly logs: NewLogGroup | "existing";
  },
  parent: pulumi.Resource,
): LogGroup[] {
  const { context, identifier, logs } = options;
  const { partition, region, accountId } = context.aws;
  return logExports.map((log) => {
    const groupName = `/aws/rds/instance/${identifier}/${log}`;
    const existing = {
      name: groupName,
      arn: pulumi.interpolate`arn:${partition}:logs:${region}:${accountId}:log-group:${groupName}`,
    };
    return logGroup(
      `${name}-${log}-logs`,
      {
        context,
        logs: logs === "existing" ? { existing } : logs,
        name: groupName,
        tagName: groupName,
      },
      parent,
    );
  });
}
