import {
  CreateFlowLogsCommand,
  CreateTagsCommand,
  DeleteFlowLogsCommand,
} from "@aws-sdk/client-ec2";
import * as z from "zod";
import type { ResourceTypes } from "../../resource";
import { arnOf, creator, required, tagList, tags, text } from "../creator";
import { byId, deletion } from "../deletion";

const flowLog = creator(
  {
    vpcId: z.string(),
    trafficType: z.enum(["ACCEPT", "REJECT", "ALL"]).optional(),
    logDestinationType: z.enum(["cloud-watch-logs", "s3", "kinesis-data-firehose"]).optional(),
    logDestination: text,
    iamRoleArn: text,
    logFormat: text,
    maxAggregationInterval: z.union([z.literal(60), z.literal(600)]).optional(),
    tags,
  },
  async (args, cloud) => {
    const { ec2 } = cloud.clients;
    const { FlowLogIds, Unsuccessful } = await ec2.send(
      new CreateFlowLogsCommand({
        ResourceIds: [args.vpcId],
        ResourceType: "VPC",
        TrafficType: args.trafficType,
        LogDestinationType: args.logDestinationType,
        LogDestination: args.logDestination,
        DeliverLogsPermissionArn: args.iamRoleArn,
        LogFormat: args.logFormat,
        MaxAggregationInterval: args.maxAggregationInterval,
      }),
    );
    const [failed] = Unsuccessful ?? [];
    if (failed !== undefined) throw new Error(failed.Error?.Message ?? "CreateFlowLogs failed");
    const id = required(FlowLogIds?.[0], "FlowLogIds");
    // the emulator takes no tags for a flow log as it is created
    if (args.tags !== undefined) {
      await ec2.send(new CreateTagsCommand({ Resources: [id], Tags: tagList(args.tags) }));
    }
    return { id, outputs: { arn: arnOf(cloud, "ec2", `vpc-flow-log/${id}`) } };
  },
);

/** Flow logs. */
export const flowLogTypes: ResourceTypes = {
  "aws:ec2/flowLog:FlowLog": {
    create: flowLog,
    replacedBy: [
      "vpcId",
      "trafficType",
      "logDestination",
      "logDestinationType",
      "iamRoleArn",
      "logFormat",
      "maxAggregationInterval",
    ],
    delete: deletion(byId, ({ id }, { clients: { ec2 } }) =>
      ec2.send(new DeleteFlowLogsCommand({ FlowLogIds: [id] })),
    ),
  },
};
