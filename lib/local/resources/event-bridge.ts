import { randomUUID } from "node:crypto";
import {
  DeleteRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import * as z from "zod";
import type { ResourceTypes } from "../resource";
import { creator, ignoredOnCreate, number, required, tagList, tags, text } from "./creator";
import { byId, deletion } from "./deletion";

const eventRule = creator(
  {
    name: z.string(),
    description: text,
    scheduleExpression: text,
    eventPattern: text,
    eventBusName: text,
    roleArn: text,
    state: z.enum(["ENABLED", "DISABLED"]).optional(),
    forceDestroy: ignoredOnCreate,
    tags,
  },
  async (args, cloud) => {
    const { RuleArn } = await cloud.clients.eventBridge.send(
      new PutRuleCommand({
        Name: args.name,
        Description: args.description,
        ScheduleExpression: args.scheduleExpression,
        EventPattern: args.eventPattern,
        EventBusName: args.eventBusName,
        RoleArn: args.roleArn,
        State: args.state,
        Tags: tagList(args.tags),
      }),
    );
    return { id: args.name, outputs: { arn: required(RuleArn, "RuleArn") } };
  },
);

const eventTarget = creator(
  {
    rule: z.string(),
    arn: z.string(),
    targetId: text,
    eventBusName: text,
    roleArn: text,
    input: text,
    inputPath: text,
    deadLetterConfig: z.strictObject({ arn: text }).optional(),
    retryPolicy: z
      .strictObject({ maximumEventAgeInSeconds: number, maximumRetryAttempts: number })
      .optional(),
  },
  async (args, cloud) => {
    const targetId = args.targetId ?? `pulumi-${randomUUID()}`;
    const { FailedEntries } = await cloud.clients.eventBridge.send(
      new PutTargetsCommand({
        Rule: args.rule,
        EventBusName: args.eventBusName,
        Targets: [
          {
            Id: targetId,
            Arn: args.arn,
            RoleArn: args.roleArn,
            Input: args.input,
            InputPath: args.inputPath,
            DeadLetterConfig: args.deadLetterConfig && { Arn: args.deadLetterConfig.arn },
            RetryPolicy: args.retryPolicy && {
              MaximumEventAgeInSeconds: args.retryPolicy.maximumEventAgeInSeconds,
              MaximumRetryAttempts: args.retryPolicy.maximumRetryAttempts,
            },
          },
        ],
      }),
    );
    const [failed] = FailedEntries ?? [];
    if (failed !== undefined) throw new Error(failed.ErrorMessage ?? "PutTargets failed");
    return { id: `${args.rule}-${targetId}`, outputs: { targetId } };
  },
);

/** EventBridge. */
export const eventBridgeTypes: ResourceTypes = {
  "aws:cloudwatch/eventRule:EventRule": {
    create: eventRule,
    upserts: true,
    replacedBy: ["name", "eventBusName"],
    delete: deletion(byId, ({ id }, { clients: { eventBridge } }) =>
      eventBridge.send(new DeleteRuleCommand({ Name: id })),
    ),
  },
  "aws:cloudwatch/eventTarget:EventTarget": {
    create: eventTarget,
    replacedBy: ["rule", "targetId", "eventBusName"],
    delete: deletion(
      { rule: z.string(), targetId: z.string() },
      ({ rule, targetId }, { clients: { eventBridge } }) =>
        eventBridge.send(new RemoveTargetsCommand({ Rule: rule, Ids: [targetId] })),
    ),
  },
};
