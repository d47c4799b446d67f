import {
  AllocateAddressCommand,
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateNatGatewayCommand,
  DeleteInternetGatewayCommand,
  DeleteNatGatewayCommand,
  DescribeAddressesCommand,
  DescribeNatGatewaysCommand,
  DetachInternetGatewayCommand,
  ReleaseAddressCommand,
} from "@aws-sdk/client-ec2";
import * as z from "zod";
import type { ResourceTypes } from "../../resource";
import { arnOf, creator, required, tags, text, waitUntilReady } from "../creator";
import { byId, deletion } from "../deletion";
import { refusal } from "../refusal";
import { tagged } from "./tags";
import { isAnyConstrained } from "./zones";

const internetGateway = creator({ vpcId: text, tags }, async (args, cloud) => {
  const { ec2 } = cloud.clients;
  const { InternetGateway } = await ec2.send(
    new CreateInternetGatewayCommand({ TagSpecifications: tagged("internet-gateway", args.tags) }),
  );
  const InternetGatewayId = required(InternetGateway?.InternetGatewayId, "InternetGatewayId");
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
  const id = required(address.AllocationId, "AllocationId");
  return {
    id,
    outputs: {
      allocationId: id,
      arn: arnOf(cloud, "ec2", `elastic-ip/${id}`),
      publicIp: required(address.PublicIp, "PublicIp"),
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
    // VPC User Guide, NAT gateways, troubleshooting: "Availability Zone is unsupported"
    if (await isAnyConstrained([args.subnetId], cloud)) {
      throw refusal("NotAvailableInZone", "Nat Gateway is not available in this availability zone");
    }
    const { NatGateway } = await ec2.send(
      new CreateNatGatewayCommand({
        SubnetId: args.subnetId,
        AllocationId: args.allocationId,
        ConnectivityType: args.connectivityType,
        TagSpecifications: tagged("natgateway", args.tags),
      }),
    );
    const id = required(NatGateway?.NatGatewayId, "NatGatewayId");
    await waitUntilReady(`NAT gateway ${id}`, async () => {
      const { NatGateways } = await ec2.send(
        new DescribeNatGatewaysCommand({ NatGatewayIds: [id] }),
      );
      return NatGateways?.find(({ State }) => State === "available");
    });
    if (args.allocationId === undefined) return { id, outputs: {} };
    // the emulator's NAT gateways come without their addresses
    const { Addresses } = await ec2.send(
      new DescribeAddressesCommand({ AllocationIds: [args.allocationId] }),
    );
    return { id, outputs: { publicIp: required(Addresses?.[0]?.PublicIp, "PublicIp") } };
  },
);

/** The ways from a VPC to the internet. */
export const gatewayTypes: ResourceTypes = {
  "aws:ec2/internetGateway:InternetGateway": {
    create: internetGateway,
    replacedBy: [],
    delete: deletion(
      { ...byId, vpcId: z.string() },
      async ({ id, vpcId }, { clients: { ec2 } }) => {
        await ec2.send(new DetachInternetGatewayCommand({ InternetGatewayId: id, VpcId: vpcId }));
        await ec2.send(new DeleteInternetGatewayCommand({ InternetGatewayId: id }));
      },
    ),
  },
  "aws:ec2/eip:Eip": {
    create: eip,
    replacedBy: ["domain"],
    delete: deletion(byId, ({ id }, { clients: { ec2 } }) =>
      ec2.send(new ReleaseAddressCommand({ AllocationId: id })),
    ),
  },
  "aws:ec2/natGateway:NatGateway": {
    create: natGateway,
    replacedBy: ["subnetId", "allocationId", "connectivityType"],
    delete: deletion(byId, async ({ id }, { clients: { ec2 } }) => {
      await ec2.send(new DeleteNatGatewayCommand({ NatGatewayId: id }));
      await waitUntilReady(`end of NAT gateway ${id}`, async () => {
        const { NatGateways = [] } = await ec2.send(
          new DescribeNatGatewaysCommand({ NatGatewayIds: [id] }),
        );
        return NatGateways.every(({ State }) => State === "deleted") || undefined;
      });
    }),
  },
};
