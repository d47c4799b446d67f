import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as ec2 from "@pulumi/aws/ec2";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { policyName, resourceName, roleName } from "../../core/names";
import { policyJson } from "../../core/policy-document";
import { namedTags } from "../../core/tags";
import { transformed } from "../../core/transform";
import type { LogRetentionDays, StackContext, Transform } from "../../types";

/** What a flow log is made with. */
export interface FlowLogOptions {
  readonly context: StackContext;
  readonly vpcId: pulumi.Input<string>;
  readonly logRetentionDays: LogRetentionDays;
  /** ARN of the key that encrypts the log group. */
  readonly logKeyArn: pulumi.Input<string>;
  readonly transform: Transform<ec2.FlowLogArgs> | undefined;
}

/** Logs every flow of a VPC into a log group of its own, which it returns, with a role for only that. */
export function createFlowLog(
  name: string,
  options: FlowLogOptions,
  parent: pulumi.Resource,
): cloudwatch.LogGroup {
  const { context, vpcId, transform } = options;
  const { aws } = context;
  const child = { parent };
  const flowLogName = resourceName(context, "flow-logs");
  const groupName = `/aws/vpc/${flowLogName}`;
  const role = roleName(context, "flow-logs");

  const group = new cloudwatch.LogGroup(
    `${name}-flow-logs`,
    {
      name: groupName,
      retentionInDays: options.logRetentionDays,
      kmsKeyId: options.logKeyArn,
      tags: namedTags(context.tags, groupName),
    },
    child,
  );
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
      name: policyName(context, "flow-logs"),
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
        vpcId,
        trafficType: "ALL",
        logDestination: group.arn,
        iamRoleArn: writer.arn,
        tags: namedTags(context.tags, flowLogName),
      },
      transform,
    ),
    { ...child, dependsOn: [policy] },
  );
  return group;
}
