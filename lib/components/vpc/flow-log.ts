import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as ec2 from "@pulumi/aws/ec2";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { regional } from "../../core/context";
import { policyName, resourceName, roleName } from "../../core/names";
import { policyJson } from "../../core/policy-document";
import { namedTags } from "../../core/tags";
import { transformed } from "../../core/transform";
import type { LogRetentionDays, StackContext, Transform } from "../../types";

/** A log group to be made. */
export interface NewLogGroup {
  /** How long it keeps its records, in days. */
  readonly retentionDays: LogRetentionDays;
  /** ARN of the key that encrypts it. */
  readonly keyArn: pulumi.Input<string>;
}

/** A log group that is there already. */
export interface ExistingLogGroup {
  /** Without `:*` at its end. */
  readonly arn: pulumi.Input<string>;
  readonly name: pulumi.Input<string>;
}

/** What a flow log is made with. */
export interface FlowLogOptions {
  readonly context: StackContext;
  readonly vpcId: pulumi.Input<string>;
  /** Part of the names of log group, role and policy: `flow-logs`. */
  readonly purpose: string;
  readonly group: NewLogGroup | { readonly existing: ExistingLogGroup };
  readonly transform: Transform<ec2.FlowLogArgs> | undefined;
}

/** Where the flows are logged. */
interface LogGroup {
  readonly arn: pulumi.Output<string>;
  readonly name: pulumi.Output<string>;
}

/** Logs every flow of a VPC into a log group, which it returns, with a role for only that. */
export function createFlowLog(
  name: string,
  options: FlowLogOptions,
  parent: pulumi.Resource,
): LogGroup {
  const { context, vpcId, purpose, transform } = options;
  const { aws } = context;
  const child = { parent };
  const role = roleName(context, purpose);

  const group =
    "existing" in options.group
      ? {
          arn: pulumi.output(options.group.existing.arn),
          name: pulumi.output(options.group.existing.name),
        }
      : createLogGroup(`${name}-flow-logs`, context, { ...options.group, purpose }, parent);
  const writer = new iam.Role(
    `${name}-flow-logs-role`,
    {
      name: role,
      description: "Writes the flows of the VPC to their log group",
      assumeRolePolicy: policyJson([
        {
          Sid: "FlowLogsOfThisAccount",
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Principal: { Service: "vpc-flow-logs.amazonaws.com" },
          Condition: {
            StringEquals: { "aws:SourceAccount": aws.accountId },
            ArnLike: {
              "aws:SourceArn": pulumi.interpolate`arn:${aws.partition}:ec2:${aws.region}:${aws.accountId}:vpc-flow-log/*`,
            },
          },
        },
      ]),
      tags: namedTags(context.tags, role),
    },
    child,
  );
  const policy = new iam.RolePolicy(
    `${name}-flow-logs-policy`,
    {
      name: policyName(context, purpose),
      role: writer.id,
      policy: policyJson([
        {
          Sid: "Write",
          Effect: "Allow",
          Action: [
            "logs:CreateLogStream",
            "logs:PutLogEvents",
            "logs:DescribeLogGroups",
            "logs:DescribeLogStreams",
          ],
          Resource: pulumi.interpolate`${group.arn}:*`,
        },
      ]),
    },
    child,
  );
  new ec2.FlowLog(
    `${name}-flow-log`,
    transformed<ec2.FlowLogArgs>(
      {
        ...regional(context),
        vpcId,
        trafficType: "ALL",
        logDestination: group.arn,
        iamRoleArn: writer.arn,
        tags: namedTags(context.tags, resourceName(context, purpose)),
      },
      transform,
    ),
    { ...child, dependsOn: [policy] },
  );
  return group;
}

function createLogGroup(
  name: string,
  context: StackContext,
  { purpose, retentionDays, keyArn }: NewLogGroup & { readonly purpose: string },
  parent: pulumi.Resource,
): LogGroup {
  const groupName = `/aws/vpc/${resourceName(context, purpose)}`;
  return new cloudwatch.LogGroup(
    name,
    {
      ...regional(context),
      name: groupName,
      retentionInDays: retentionDays,
      kmsKeyId: keyArn,
      tags: namedTags(context.tags, groupName),
    },
    { parent },
  );
}
