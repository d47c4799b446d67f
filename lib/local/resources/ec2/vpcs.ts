import {
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteSubnetCommand,
  DeleteVpcCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  ModifySubnetAttributeCommand,
  ModifyVpcAttributeCommand,
} from "@aws-sdk/client-ec2";
import * as z from "zod";
import type { ResourceTypes } from "../../resource";
import { arnOf, creator, flag, required, tags, text } from "../creator";
import { byId, deletion } from "../deletion";
import { tagged } from "./tags";

const vpc = creator(
  {
    cidrBlock: z.string(),
    enableDnsHostnames: flag,
    enableDnsSupport: flag,
    instanceTenancy: z.enum(["default", "dedicated"]).optional(),
    tags,
  },
  async (args, cloud) => {
    const { ec2 } = cloud.clients;
    const { Vpc } = await ec2.send(
      new CreateVpcCommand({
        CidrBlock: args.cidrBlock,
        InstanceTenancy: args.instanceTenancy,
        TagSpecifications: tagged("vpc", args.tags),
      }),
    );
    const VpcId = required(Vpc?.VpcId, "VpcId");
    // EC2 takes one attribute a call
    for (const [attribute, Value] of [
      ["EnableDnsSupport", args.enableDnsSupport],
      ["EnableDnsHostnames", args.enableDnsHostnames],
    ] as const) {
      if (Value !== undefined) {
        await ec2.send(new ModifyVpcAttributeCommand({ VpcId, [attribute]: { Value } }));
      }
    }
    const Filters = [{ Name: "vpc-id", Values: [VpcId] }];
    const [{ SecurityGroups }, { RouteTables }] = await Promise.all([
      ec2.send(
        new DescribeSecurityGroupsCommand({
          Filters: [...Filters, { Name: "group-name", Values: ["default"] }],
        }),
      ),
      ec2.send(new DescribeRouteTablesCommand({ Filters })),
    ]);
    const mainRouteTableId = required(RouteTables?.[0]?.RouteTableId, "main route table");
    return {
      id: VpcId,
      outputs: {
        arn: arnOf(cloud, "ec2", `vpc/${VpcId}`),
        ownerId: cloud.accountId,
        defaultSecurityGroupId: required(SecurityGroups?.[0]?.GroupId, "default security group"),
        mainRouteTableId,
        defaultRouteTableId: mainRouteTableId,
      },
    };
  },
);

const subnet = creator(
  {
    vpcId: z.string(),
    cidrBlock: z.string(),
    availabilityZone: text,
    mapPublicIpOnLaunch: flag,
    tags,
  },
  async (args, cloud) => {
    const { ec2 } = cloud.clients;
    const { Subnet } = await ec2.send(
      new CreateSubnetCommand({
        VpcId: args.vpcId,
        CidrBlock: args.cidrBlock,
        AvailabilityZone: args.availabilityZone,
        TagSpecifications: tagged("subnet", args.tags),
      }),
    );
    const SubnetId = required(Subnet?.SubnetId, "SubnetId");
    await ec2.send(
      new ModifySubnetAttributeCommand({
        SubnetId,
        MapPublicIpOnLaunch: { Value: args.mapPublicIpOnLaunch ?? false },
      }),
    );
    return {
      id: SubnetId,
      outputs: {
        arn: arnOf(cloud, "ec2", `subnet/${SubnetId}`),
        availabilityZone: Subnet?.AvailabilityZone,
        availabilityZoneId: Subnet?.AvailabilityZoneId,
      },
    };
  },
);

/** VPCs and their subnets. */
export const vpcTypes: ResourceTypes = {
  "aws:ec2/vpc:Vpc": {
    create: vpc,
    replacedBy: ["cidrBlock"],
    delete: deletion(byId, ({ id }, { clients: { ec2 } }) =>
      ec2.send(new DeleteVpcCommand({ VpcId: id })),
    ),
  },
  "aws:ec2/subnet:Subnet": {
    create: subnet,
    replacedBy: ["vpcId", "cidrBlock", "availabilityZone"],
    delete: deletion(byId, ({ id }, { clients: { ec2 } }) =>
      ec2.send(new DeleteSubnetCommand({ SubnetId: id })),
    ),
  },
};
