import * as ec2 from "@pulumi/aws/ec2";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { regional } from "../../core/context";
import { policyName, resourceName, roleName } from "../../core/names";
import { policyJson } from "../../core/policy-document";
import { namedTags } from "../../core/tags";
import { transformed } from "../../core/transform";
import { logGroup } from "../shared/log-group";
import type { LogGroup } from "../shared/log-group";
import type { LogGroupChoice, StackContext, Transform } from "../../types";

/** What a flow log is made with. */
export interface FlowLogOptions {
  readonly context: StackContext;
  readonly vpcId: pulumi.Input<string>;
  /** Part of the names of log group, role and policy: `flow-logs`. */
  readonly purpose: string;
  readonly logs: LogGroupChoice;
  readonly transform: Transform<ec2.FlowLogArgs> | undefined;
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

  const groupName = `/aws/vpc/${resourceName(context, purpose)}`;
  const group = logGroup(
    `${name}-flow-logs`,
    { context, logs: options.logs, name: groupName, tagName: groupName },
    parent,
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
