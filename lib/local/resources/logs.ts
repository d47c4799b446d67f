import {
  CreateLogGroupCommand,
  PutResourcePolicyCommand,
  PutRetentionPolicyCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import * as z from "zod";
import type { ResourceTypes } from "../resource";
import { arnOf, creator, later, number, policy, tags, text } from "./creator";

const logGroup = creator(
  {
    name: z.string(),
    retentionInDays: number,
    kmsKeyId: text,
    logGroupClass: z.enum(["STANDARD", "INFREQUENT_ACCESS", "DELIVERY"]).optional(),
    skipDestroy: later,
    tags,
  },
  async (args, cloud) => {
    const { logs } = cloud.clients;
    await logs.send(
      new CreateLogGroupCommand({
        logGroupName: args.name,
        kmsKeyId: args.kmsKeyId,
        logGroupClass: args.logGroupClass,
        tags: args.tags,
      }),
    );
    // 0 is the provider's word for ever
    if (args.retentionInDays !== undefined && args.retentionInDays > 0) {
      await logs.send(
        new PutRetentionPolicyCommand({
          logGroupName: args.name,
          retentionInDays: args.retentionInDays,
        }),
      );
    }
    return { id: args.name, outputs: { arn: arnOf(cloud, "logs", `log-group:${args.name}`) } };
  },
);

const logResourcePolicy = creator(
  { policyName: z.string(), policyDocument: policy },
  async (args, cloud) => {
    await cloud.clients.logs.send(
      new PutResourcePolicyCommand({
        policyName: args.policyName,
        policyDocument: args.policyDocument,
      }),
    );
    return { id: args.policyName, outputs: {} };
  },
);

/** CloudWatch Logs. */
export const logsTypes: ResourceTypes = {
  "aws:cloudwatch/logGroup:LogGroup": logGroup,
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": logResourcePolicy,
};
