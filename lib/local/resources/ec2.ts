import { crc32 } from "node:zlib";
import {
  AllocateAddressCommand,
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateNatGatewayCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DescribeAddressesCommand,
  DescribeNatGatewaysCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  ModifySubnetAttributeCommand,
  ModifyVpcAttributeCommand,
} from "@aws-sdk/client-ec2";
import type { ResourceType, TagSpecification } from "@aws-sdk/client-ec2";
import * as z from "zod";
import type { ResourceTypes } from "../resource";
import { arnOf, creator, flag, given, ready, tagList, tags, text } from "./creator";

/** Tags as EC2 takes them when it creates something. */
export function tagged(
  ResourceType: ResourceType,
  byKey: Readonly<Record<string, string>> | undefined,
): TagSpecification[] | undefined {
  return byKey && [{ ResourceType, Tags: tagList(byKey) }];
}

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
    const VpcId = given(Vpc?.VpcId, "VpcId");
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
    const mainRouteTableId = given(RouteTables?.[0]?.RouteTableId, "main route table");
    return {
      id: VpcId,
      outputs: {
        arn: arnOf(cloud, "ec2", `vpc/${VpcId}`),
        ownerId: cloud.accountId,
        defaultSecurityGroupId: given(SecurityGroups?.[0]?.GroupId, "default security group"),
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
    const SubnetId = given(Subnet?.SubnetId, "SubnetId");
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

const internetGateway = creator({ vpcId: text, tags }, async (args, cloud) => {
  const { ec2 } = cloud.clients;
  const { InternetGateway } = await ec2.send(
    new CreateInternetGatewayCommand({ TagSpecifications: tagged("internet-gateway", args.tags) }),
  );
  const InternetGatewayId = given(InternetGateway?.InternetGatewayId, "InternetGatewayId");
  if (args.vpcId !== undefined) {
    await ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId, VpcId: args.vpcId }));
  }
  return {
    id: InternetGatewayId,
    outputs: { arn: arnOf(cloud, "ec2", `internet-gateway/${InternetGatewayId}`) },
  };
});

const eip = creator({ domain: z.literal("vpc"), tags }, async (args, cloud) => {
  const address = await cloud.clients.ec2.send(
    new AllocateAddressCommand({
      Domain: args.domain,
      TagSpecifications: tagged("elastic-ip", args.tags),
    }),
  );
  const id = given(address.AllocationId, "AllocationId");
  return {
    id,
    outputs: {
      allocationId: id,
      arn: arnOf(cloud, "ec2", `elastic-ip/${id}`),
      publicIp: given(address.PublicIp, "PublicIp"),
    },
  };
});

const natGateway = creator(
  {
    subnetId: z.string(),
    allocationId: text,
    connectivityType: z.enum(["public", "private"]).optional(),
    tags,
  },
  async (args, cloud) => {
    const { ec2 } = cloud.clients;
    const { NatGateway } = await ec2.send(
      new CreateNatGatewayCommand({
        SubnetId: args.subnetId,
        AllocationId: args.allocationId,
        ConnectivityType: args.connectivityType,
        TagSpecifications: tagged("natgateway", args.tags),
      }),
    );
    const id = given(NatGateway?.NatGatewayId, "NatGatewayId");
    await ready(`NAT gateway ${id}`, async () => {
      const { NatGateways } = await ec2.send(
        new DescribeNatGatewaysCommand({ NatGatewayIds: [id] }),
      );
      return NatGateways?.find(({ State }) => State === "available");
    });
    if (args.allocationId === undefined) return { id, outputs: {} };
    // the emulator's NAT gateways do not tell their addresses
    const { Addresses } = await ec2.send(
      new DescribeAddressesCommand({ AllocationIds: [args.allocationId] }),
    );
    return { id, outputs: { publicIp: given(Addresses?.[0]?.PublicIp, "PublicIp") } };
  },
);

const routeTable = creator({ vpcId: z.string(), tags }, async (args, cloud) => {
  const { RouteTable } = await cloud.clients.ec2.send(
    new CreateRouteTableCommand({
      VpcId: args.vpcId,
      TagSpecifications: tagged("route-table", args.tags),
    }),
  );
  const id = given(RouteTable?.RouteTableId, "RouteTableId");
  return { id, outputs: { arn: arnOf(cloud, "ec2", `route-table/${id}`) } };
});

const route = creator(
  {
    routeTableId: z.string(),
    destinationCidrBlock: z.string(),
    gatewayId: text,
    natGatewayId: text,
  },
  async (args, cloud) => {
    await cloud.clients.ec2.send(
      new CreateRouteCommand({
        RouteTableId: args.routeTableId,
        DestinationCidrBlock: args.destinationCidrBlock,
        GatewayId: args.gatewayId,
        NatGatewayId: args.natGatewayId,
      }),
    );
    return {
      id: `r-${args.routeTableId}${String(crc32(args.destinationCidrBlock))}`,
      outputs: { origin: "CreateRoute", state: "active" },
    };
  },
);

const routeTableAssociation = creator(
  { routeTableId: z.string(), subnetId: z.string() },
  async (args, cloud) => {
    const { AssociationId } = await cloud.clients.ec2.send(
      new AssociateRouteTableCommand({ RouteTableId: args.routeTableId, SubnetId: args.subnetId }),
    );
    return { id: given(AssociationId, "AssociationId"), outputs: {} };
  },
);

/** EC2: the network itself. */
export const ec2Types: ResourceTypes = {
  "aws:ec2/vpc:Vpc": vpc,
  "aws:ec2/subnet:Subnet": subnet,
  "aws:ec2/internetGateway:InternetGateway": internetGateway,
  "aws:ec2/eip:Eip": eip,
  "aws:ec2/natGateway:NatGateway": natGateway,
  "aws:ec2/routeTable:RouteTable": routeTable,
  "aws:ec2/route:Route": route,
  "aws:ec2/routeTableAssociation:RouteTableAssociation": routeTableAssociation,
};
