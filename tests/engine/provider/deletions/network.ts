import {
  DeleteFlowLogsCommand,
  DeleteInternetGatewayCommand,
  DeleteNatGatewayCommand,
  DeleteRouteCommand,
  DeleteRouteTableCommand,
  DeleteSecurityGroupCommand,
  DeleteSubnetCommand,
  DeleteVpcCommand,
  DeleteVpcEndpointsCommand,
  DescribeNatGatewaysCommand,
  DetachInternetGatewayCommand,
  DisassociateRouteTableCommand,
  ReleaseAddressCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from "@aws-sdk/client-ec2";
import {
  ChangeResourceRecordSetsCommand,
  DeleteHostedZoneCommand,
  ListResourceRecordSetsCommand,
} from "@aws-sdk/client-route-53";
import * as z from "zod";
import { ready } from "../../../../lib/local/resources/creator";
import { byId, deletion, forgotten } from "./deletion";
import type { Deletions } from "./deletion";

/** As the provider does; and the emulator takes a rule away with another of the same ports. */
async function unlessGone(revocation: Promise<unknown>): Promise<void> {
  try {
    await revocation;
  } catch (error) {
    if (!(error instanceof Error && error.name === "InvalidSecurityGroupRuleId.NotFound"))
      throw error;
  }
}

const ruleShape = { ...byId, securityGroupId: z.string() };

/** VPC, what is in it, and the zone of its names. */
export const networkDeletions: Deletions = {
  "aws:ec2/vpc:Vpc": deletion(byId, ({ id }, { clients: { ec2 } }) =>
    ec2.send(new DeleteVpcCommand({ VpcId: id })),
  ),
  "aws:ec2/subnet:Subnet": deletion(byId, ({ id }, { clients: { ec2 } }) =>
    ec2.send(new DeleteSubnetCommand({ SubnetId: id })),
  ),
  "aws:ec2/internetGateway:InternetGateway": deletion(
    { ...byId, vpcId: z.string() },
    async ({ id, vpcId }, { clients: { ec2 } }) => {
      await ec2.send(new DetachInternetGatewayCommand({ InternetGatewayId: id, VpcId: vpcId }));
      await ec2.send(new DeleteInternetGatewayCommand({ InternetGatewayId: id }));
    },
  ),
  "aws:ec2/eip:Eip": deletion(byId, ({ id }, { clients: { ec2 } }) =>
    ec2.send(new ReleaseAddressCommand({ AllocationId: id })),
  ),
  "aws:ec2/natGateway:NatGateway": deletion(byId, async ({ id }, { clients: { ec2 } }) => {
    await ec2.send(new DeleteNatGatewayCommand({ NatGatewayId: id }));
    await ready(`end of NAT gateway ${id}`, async () => {
      const { NatGateways = [] } = await ec2.send(
        new DescribeNatGatewaysCommand({ NatGatewayIds: [id] }),
      );
      return NatGateways.every(({ State }) => State === "deleted") || undefined;
    });
  }),
  "aws:ec2/routeTable:RouteTable": deletion(byId, ({ id }, { clients: { ec2 } }) =>
    ec2.send(new DeleteRouteTableCommand({ RouteTableId: id })),
  ),
  "aws:ec2/route:Route": deletion(
    { routeTableId: z.string(), destinationCidrBlock: z.string() },
    (route, { clients: { ec2 } }) =>
      ec2.send(
        new DeleteRouteCommand({
          RouteTableId: route.routeTableId,
          DestinationCidrBlock: route.destinationCidrBlock,
        }),
      ),
  ),
  "aws:ec2/routeTableAssociation:RouteTableAssociation": deletion(
    byId,
    ({ id }, { clients: { ec2 } }) =>
      ec2.send(new DisassociateRouteTableCommand({ AssociationId: id })),
  ),
  "aws:ec2/vpcEndpoint:VpcEndpoint": deletion(byId, ({ id }, { clients: { ec2 } }) =>
    ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [id] })),
  ),
  "aws:ec2/flowLog:FlowLog": deletion(byId, ({ id }, { clients: { ec2 } }) =>
    ec2.send(new DeleteFlowLogsCommand({ FlowLogIds: [id] })),
  ),
  "aws:ec2/securityGroup:SecurityGroup": deletion(byId, ({ id }, { clients: { ec2 } }) =>
    ec2.send(new DeleteSecurityGroupCommand({ GroupId: id })),
  ),
  // it is the VPC's
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": forgotten,
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": deletion(
    ruleShape,
    ({ id, securityGroupId }, { clients: { ec2 } }) =>
      unlessGone(
        ec2.send(
          new RevokeSecurityGroupIngressCommand({
            GroupId: securityGroupId,
            SecurityGroupRuleIds: [id],
          }),
        ),
      ),
  ),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": deletion(
    ruleShape,
    ({ id, securityGroupId }, { clients: { ec2 } }) =>
      unlessGone(
        ec2.send(
          new RevokeSecurityGroupEgressCommand({
            GroupId: securityGroupId,
            SecurityGroupRuleIds: [id],
          }),
        ),
      ),
  ),
  "aws:route53/zone:Zone": deletion(byId, ({ id }, { clients: { route53 } }) =>
    route53.send(new DeleteHostedZoneCommand({ Id: id })),
  ),
  "aws:route53/record:Record": deletion(
    { zoneId: z.string(), name: z.string(), type: z.string() },
    async ({ zoneId, name, type }, { clients: { route53 } }) => {
      const { ResourceRecordSets = [] } = await route53.send(
        new ListResourceRecordSetsCommand({ HostedZoneId: zoneId }),
      );
      const record = ResourceRecordSets.find(
        (found) => found.Type === type && found.Name?.replace(/\.$/, "") === name,
      );
      if (record === undefined) throw new Error(`there is no record ${name} of type ${type}`);
      await route53.send(
        new ChangeResourceRecordSetsCommand({
          HostedZoneId: zoneId,
          ChangeBatch: { Changes: [{ Action: "DELETE", ResourceRecordSet: record }] },
        }),
      );
    },
  ),
};
