import { crc32 } from "node:zlib";
import {
  AssociateRouteTableCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  DeleteRouteCommand,
  DeleteRouteTableCommand,
  DisassociateRouteTableCommand,
} from "@aws-sdk/client-ec2";
import * as z from "zod";
import type { ResourceTypes } from "../../resource";
import { arnOf, creator, required, tags, text } from "../creator";
import { byId, deletion } from "../deletion";
import { tagged } from "./tags";

const routeTable = creator({ vpcId: z.string(), tags }, async (args, cloud) => {
  const { RouteTable } = await cloud.clients.ec2.send(
    new CreateRouteTableCommand({
      VpcId: args.vpcId,
      TagSpecifications: tagged("route-table", args.tags),
    }),
  );
  const id = required(RouteTable?.RouteTableId, "RouteTableId");
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
    return { id: required(AssociationId, "AssociationId"), outputs: {} };
  },
);

/** Route tables and their routes. */
export const routeTypes: ResourceTypes = {
  "aws:ec2/routeTable:RouteTable": {
    create: routeTable,
    replacedBy: ["vpcId"],
    delete: deletion(byId, ({ id }, { clients: { ec2 } }) =>
      ec2.send(new DeleteRouteTableCommand({ RouteTableId: id })),
    ),
  },
  "aws:ec2/route:Route": {
    create: route,
    replacedBy: ["routeTableId", "destinationCidrBlock"],
    delete: deletion(
      { routeTableId: z.string(), destinationCidrBlock: z.string() },
      (route, { clients: { ec2 } }) =>
        ec2.send(
          new DeleteRouteCommand({
            RouteTableId: route.routeTableId,
            DestinationCidrBlock: route.destinationCidrBlock,
          }),
        ),
    ),
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    create: routeTableAssociation,
    replacedBy: ["subnetId"],
    delete: deletion(byId, ({ id }, { clients: { ec2 } }) =>
      ec2.send(new DisassociateRouteTableCommand({ AssociationId: id })),
    ),
  },
};
