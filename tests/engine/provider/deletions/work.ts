import { DeleteAlarmsCommand, DeleteDashboardsCommand } from "@aws-sdk/client-cloudwatch";
import {
  DeleteLogGroupCommand,
  DeleteResourcePolicyCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { DeleteRuleCommand, RemoveTargetsCommand } from "@aws-sdk/client-eventbridge";
import {
  DeletePolicyCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
} from "@aws-sdk/client-iam";
import {
  DeleteEventSourceMappingCommand,
  DeleteFunctionCommand,
  RemovePermissionCommand,
} from "@aws-sdk/client-lambda";
import { DeleteTopicCommand, UnsubscribeCommand } from "@aws-sdk/client-sns";
import * as z from "zod";
import { byId, deletion, forgotten } from "./deletion";
import type { Deletions } from "./deletion";

/** Functions with their roles and triggers, and what watches them. */
export const workDeletions: Deletions = {
  "aws:lambda/function:Function": deletion(byId, ({ id }, { clients: { lambda } }) =>
    lambda.send(new DeleteFunctionCommand({ FunctionName: id })),
  ),
  "aws:lambda/permission:Permission": deletion(
    { function: z.string(), statementId: z.string() },
    (permission, { clients: { lambda } }) =>
      lambda.send(
        new RemovePermissionCommand({
          FunctionName: permission.function,
          StatementId: permission.statementId,
        }),
      ),
  ),
  // a run that has been
  "aws:lambda/invocation:Invocation": forgotten,
  "aws:lambda/eventSourceMapping:EventSourceMapping": deletion(
    byId,
    ({ id }, { clients: { lambda } }) =>
      lambda.send(new DeleteEventSourceMappingCommand({ UUID: id })),
  ),
  "aws:iam/role:Role": deletion(byId, ({ id }, { clients: { iam } }) =>
    iam.send(new DeleteRoleCommand({ RoleName: id })),
  ),
  "aws:iam/rolePolicy:RolePolicy": deletion(
    { role: z.string(), name: z.string() },
    ({ role, name }, { clients: { iam } }) =>
      iam.send(new DeleteRolePolicyCommand({ RoleName: role, PolicyName: name })),
  ),
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": deletion(
    { role: z.string(), policyArn: z.string() },
    ({ role, policyArn }, { clients: { iam } }) =>
      iam.send(new DetachRolePolicyCommand({ RoleName: role, PolicyArn: policyArn })),
  ),
  "aws:iam/policy:Policy": deletion(byId, ({ id }, { clients: { iam } }) =>
    iam.send(new DeletePolicyCommand({ PolicyArn: id })),
  ),
  "aws:cloudwatch/eventRule:EventRule": deletion(byId, ({ id }, { clients: { eventBridge } }) =>
    eventBridge.send(new DeleteRuleCommand({ Name: id })),
  ),
  "aws:cloudwatch/eventTarget:EventTarget": deletion(
    { rule: z.string(), targetId: z.string() },
    ({ rule, targetId }, { clients: { eventBridge } }) =>
      eventBridge.send(new RemoveTargetsCommand({ Rule: rule, Ids: [targetId] })),
  ),
  "aws:cloudwatch/metricAlarm:MetricAlarm": deletion(byId, ({ id }, { clients: { cloudWatch } }) =>
    cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames: [id] })),
  ),
  "aws:cloudwatch/dashboard:Dashboard": deletion(byId, ({ id }, { clients: { cloudWatch } }) =>
    cloudWatch.send(new DeleteDashboardsCommand({ DashboardNames: [id] })),
  ),
  "aws:cloudwatch/logGroup:LogGroup": deletion(byId, ({ id }, { clients: { logs } }) =>
    logs.send(new DeleteLogGroupCommand({ logGroupName: id })),
  ),
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": deletion(
    byId,
    ({ id }, { clients: { logs } }) =>
      logs.send(new DeleteResourcePolicyCommand({ policyName: id })),
  ),
  "aws:sns/topic:Topic": deletion(byId, ({ id }, { clients: { sns } }) =>
    sns.send(new DeleteTopicCommand({ TopicArn: id })),
  ),
  // it goes with its topic
  "aws:sns/topicPolicy:TopicPolicy": forgotten,
  "aws:sns/topicSubscription:TopicSubscription": deletion(byId, ({ id }, { clients: { sns } }) =>
    sns.send(new UnsubscribeCommand({ SubscriptionArn: id })),
  ),
};
