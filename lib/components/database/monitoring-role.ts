import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { roleName } from "../../core/names";
import { policyJson } from "../../core/policy-document";
import { namedTags } from "../../core/tags";
import type { StackContext } from "../../types";

/** Enhanced monitoring writes to `RDSOSMetrics`, a log group that all of the account's databases share. */
export function createMonitoringRole(
  name: string,
  options: {
    readonly context: StackContext;
    /** The part of the role's name that distinguishes it from others. */
    readonly purpose: string;
    /** The database's identifier. */
    readonly identifier: string;
  },
  parent: pulumi.Resource,
) {
  const { context, purpose, identifier } = options;
  const { aws } = context;
  const monitoringRoleName = roleName(context, purpose);
  const role = new iam.Role(
    `${name}-monitoring-role`,
    {
      name: monitoringRoleName,
      description: "Writes the database's operating system metrics",
      assumeRolePolicy: policyJson([
        {
          Sid: "MonitoringOfThisDatabase",
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Principal: { Service: "monitoring.rds.amazonaws.com" },
          Condition: {
            StringEquals: {
              "aws:SourceAccount": aws.accountId,
              "aws:SourceArn": pulumi.interpolate`arn:${aws.partition}:rds:${aws.region}:${aws.accountId}:db:${identifier}`,
            },
          },
        },
      ]),
      tags: namedTags(context.tags, monitoringRoleName),
    },
    { parent },
  );
  const attachment = new iam.RolePolicyAttachment(
    `${name}-monitoring`,
    { role: role.name, policyArn: iam.ManagedPolicy.AmazonRDSEnhancedMonitoringRole },
    { parent },
  );
  return { role, attachment };
}
