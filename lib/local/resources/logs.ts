import {
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DeleteResourcePolicyCommand,
  DescribeLogGroupsCommand,
  PutResourcePolicyCommand,
  PutRetentionPolicyCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import * as z from "zod";
import type { ResourceTypes } from "../resource";
import { arnOf, creator, ignoredOnCreate, number, policy, tags, text } from "./creator";
import { byId, deletion, reader } from "./deletion";

const logGroup = creator(
  {
    name: z.string(),
    retentionInDays: number,
    kmsKeyId: text,
    logGroupClass: z.enum(["STANDARD", "INFREQUENT_ACCESS", "DELIVERY"]).optional(),
    skipDestroy: ignoredOnCreate,
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
    // 0 is for ever, as for the provider
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
  "aws:cloudwatch/logGroup:LogGroup": {
    create: logGroup,
    replacedBy: ["name", "namePrefix", "logGroupClass"],
    delete: deletion(byId, ({ id }, { clients: { logs } }) =>
      logs.send(new DeleteLogGroupCommand({ logGroupName: id })),
    ),
    read: reader(async (id, { clients: { logs } }) => {
      const { logGroups = [] } = await logs.send(
        new DescribeLogGroupsCommand({ logGroupNamePrefix: id }),
      );
      const group = logGroups.find(({ logGroupName }) => logGroupName === id);
      return group && { retentionInDays: group.retentionInDays ?? 0 };
    }),
  },
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": {
    create: logResourcePolicy,
    upserts: true,
    replacedBy: ["policyName"],
    delete: deletion(byId, ({ id }, { clients: { logs } }) =>
      logs.send(new DeleteResourcePolicyCommand({ policyName: id })),
    ),
  },
};
