import {
  CreateFlowLogsCommand,
  CreateTagsCommand,
  CreateVpcEndpointCommand,
  DescribePrefixListsCommand,
} from "@aws-sdk/client-ec2";
import * as z from "zod";
import type { ResourceTypes } from "../resource";
import { arnOf, creator, flag, given, policy, tagList, tags, text, texts } from "./creator";
import { tagged } from "./ec2";

const vpcEndpoint = creator(
  {
    vpcId: z.string(),
    serviceName: z.string(),
    vpcEndpointType: z.enum(["Gateway", "Interface"]).optional(),
    routeTableIds: texts,
    subnetIds: texts,
    securityGroupIds: texts,
    privateDnsEnabled: flag,
    policy: policy.optional(),
    tags,
  },
  async (args, cloud) => {
    const { ec2 } = cloud.clients;
    const { VpcEndpoint } = await ec2.send(
      new CreateVpcEndpointCommand({
        VpcId: args.vpcId,
        ServiceName: args.serviceName,
        VpcEndpointType: args.vpcEndpointType,
        RouteTableIds: args.routeTableIds,
        SubnetIds: args.subnetIds,
        SecurityGroupIds: args.securityGroupIds,
        PrivateDnsEnabled: args.privateDnsEnabled,
        PolicyDocument: args.policy,
        TagSpecifications: tagged("vpc-endpoint", args.tags),
      }),
    );
    const id = given(VpcEndpoint?.VpcEndpointId, "VpcEndpointId");
    const arn = arnOf(cloud, "ec2", `vpc-endpoint/${id}`);
    if (args.vpcEndpointType === "Interface") {
      return {
        id,
        outputs: {
          arn,
          dnsEntries: (VpcEndpoint?.DnsEntries ?? []).map(({ DnsName, HostedZoneId }) => ({
            dnsName: DnsName,
            hostedZoneId: HostedZoneId,
          })),
          networkInterfaceIds: VpcEndpoint?.NetworkInterfaceIds ?? [],
        },
      };
    }
    const { PrefixLists } = await ec2.send(
      new DescribePrefixListsCommand({
        Filters: [{ Name: "prefix-list-name", Values: [args.serviceName] }],
      }),
    );
    const list = PrefixLists?.find(({ PrefixListName }) => PrefixListName === args.serviceName);
    return {
      id,
      outputs: {
        arn,
        prefixListId: given(list?.PrefixListId, `prefix list of ${args.serviceName}`),
        cidrBlocks: list?.Cidrs,
      },
    };
  },
);

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
    const id = given(FlowLogIds?.[0], "FlowLogIds");
    // the emulator takes no tags for a flow log as it is created
    if (args.tags !== undefined) {
      await ec2.send(new CreateTagsCommand({ Resources: [id], Tags: tagList(args.tags) }));
    }
    return { id, outputs: { arn: arnOf(cloud, "ec2", `vpc-flow-log/${id}`) } };
  },
);

/** EC2: what a network reaches by itself, and what it records. */
export const ec2EndpointTypes: ResourceTypes = {
  "aws:ec2/vpcEndpoint:VpcEndpoint": vpcEndpoint,
  "aws:ec2/flowLog:FlowLog": flowLog,
};
