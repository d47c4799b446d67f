import * as ec2 from "@pulumi/aws/ec2";
import { getAvailabilityZonesOutput } from "@pulumi/aws/getAvailabilityZones";
import * as pulumi from "@pulumi/pulumi";
import { regional } from "../../core/context";
import { endpointPolicy } from "../../core/endpoint-policy";
import { resourceName } from "../../core/names";
import { namedTags } from "../../core/tags";
import { transformed } from "../../core/transform";
import type { StackContext } from "../../types";
import type { NewNetwork, VpcComponentArgs } from "./args";
import { createFlowLog } from "./flow-log";
import { partOf } from "./part-of";
import { subnetCidrs } from "./address-plan";
import { createSubnets } from "./subnets";
import { chosenZones, zonesOf } from "./zones";
import type { ZoneChoice } from "./zones";

const anywhere = "0.0.0.0/0";

/** Creates a network: its subnets, their ways out, its gateway endpoints and its flow log. */
export function createNetwork(
  name: string,
  args: VpcComponentArgs,
  plan: NewNetwork,
  parent: pulumi.Resource,
) {
  const { context, transform } = args;
  const child = { parent };
  const region = regional(context);
  const named = (part: string) => partOf(args.purpose, part);
  const tags = (part: string) => ({
    ...region,
    tags: namedTags(context.tags, resourceName(context, named(part))),
  });

  const vpc = new ec2.Vpc(
    `${name}-vpc`,
    transformed<ec2.VpcArgs>(
      {
        cidrBlock: plan.cidrBlock,
        enableDnsSupport: true,
        enableDnsHostnames: true,
        ...tags("vpc"),
      },
      transform?.vpc,
    ),
    child,
  );
  // without rules: what names no group of its own neither reaches nor is reached by anything
  new ec2.DefaultSecurityGroup(
    `${name}-default-group`,
    { vpcId: vpc.id, ...tags("default-locked") },
    child,
  );

  const cidrs = subnetCidrs(plan);
  const zones = availabilityZones(context, plan, parent);
  const subnets = { context, purpose: args.purpose, vpcId: vpc.id, zones };
  const publicSubnets = createSubnets(
    name,
    { ...subnets, kind: "public", cidrs: cidrs.public, transform: transform?.publicSubnet },
    parent,
  );
  const privateSubnets = createSubnets(
    name,
    { ...subnets, kind: "private", cidrs: cidrs.private, transform: transform?.privateSubnet },
    parent,
  );

  const gateway = new ec2.InternetGateway(
    `${name}-internet-gateway`,
    { vpcId: vpc.id, ...tags("internet-gateway") },
    child,
  );
  const publicTable = new ec2.RouteTable(
    `${name}-public-routes`,
    { vpcId: vpc.id, ...tags("public") },
    child,
  );
  new ec2.Route(
    `${name}-public-default-route`,
    {
      ...region,
      routeTableId: publicTable.id,
      destinationCidrBlock: anywhere,
      gatewayId: gateway.id,
    },
    child,
  );
  publicSubnets.forEach((subnet, zone) => {
    new ec2.RouteTableAssociation(
      `${name}-public-${String(zone + 1)}-association`,
      { ...region, routeTableId: publicTable.id, subnetId: subnet.id },
      child,
    );
  });

  const natCounts = { none: 0, single: 1, perAz: plan.zones };
  const nats = publicSubnets.slice(0, natCounts[plan.natGateways]).map((subnet, zone) => {
    const purpose = `nat-${String(zone + 1)}`;
    const dependsOn = [gateway];
    const address = new ec2.Eip(
      `${name}-${purpose}-address`,
      { domain: "vpc", ...tags(purpose) },
      { ...child, dependsOn },
    );
    return new ec2.NatGateway(
      `${name}-${purpose}`,
      { allocationId: address.id, subnetId: subnet.id, ...tags(purpose) },
      { ...child, dependsOn },
    );
  });
  const privateTables = privateSubnets.map((subnet, zone) => {
    const purpose = `private-${String(zone + 1)}`;
    const table = new ec2.RouteTable(
      `${name}-${purpose}-routes`,
      { vpcId: vpc.id, ...tags(purpose) },
      child,
    );
    new ec2.RouteTableAssociation(
      `${name}-${purpose}-association`,
      { ...region, routeTableId: table.id, subnetId: subnet.id },
      child,
    );
    const nat = nats[zone] ?? nats[0];
    if (nat !== undefined) {
      new ec2.Route(
        `${name}-${purpose}-default-route`,
        {
          ...region,
          routeTableId: table.id,
          destinationCidrBlock: anywhere,
          natGatewayId: nat.id,
        },
        child,
      );
    }
    return table;
  });

  const gatewayEndpoint = (service: "s3" | "dynamodb") =>
    new ec2.VpcEndpoint(
      `${name}-${service}-endpoint`,
      {
        vpcId: vpc.id,
        vpcEndpointType: "Gateway",
        serviceName: pulumi.interpolate`com.amazonaws.${context.aws.region}.${service}`,
        routeTableIds: privateTables.map(({ id }) => id),
        policy: endpointPolicy(context, plan.gatewayEndpoints[service]),
        ...tags(service),
      },
      child,
    );
  const flowLogGroup = createFlowLog(
    name,
    {
      context,
      vpcId: vpc.id,
      purpose: named("flow-logs"),
      logs: plan.flowLogs,
      transform: transform?.flowLog,
    },
    parent,
  );

  return {
    vpcId: vpc.id,
    vpcArn: vpc.arn,
    vpcCidr: vpc.cidrBlock,
    privateSubnetIds: pulumi.all(privateSubnets.map(({ id }) => id)),
    publicSubnetIds: pulumi.all(publicSubnets.map(({ id }) => id)),
    s3PrefixListId: gatewayEndpoint("s3").prefixListId,
    dynamoDbPrefixListId: gatewayEndpoint("dynamodb").prefixListId,
    natGatewayIds: pulumi.all(nats.map(({ id }) => id)),
    natPublicIps: pulumi.all(nats.map(({ publicIp }) => publicIp)),
    flowLogGroupArn: flowLogGroup.arn,
    flowLogGroupName: flowLogGroup.name,
  };
}

/** The names of the zones, none of them a Local Zone, which lacks most services. */
function availabilityZones(
  context: StackContext,
  choice: ZoneChoice,
  parent: pulumi.Resource,
): pulumi.Output<string[]> {
  const available = getAvailabilityZonesOutput(
    {
      ...regional(context),
      state: "available",
      filters: [{ name: "opt-in-status", values: ["opt-in-not-required"] }],
    },
    { parent },
  );
  return available.apply((found) => chosenZones(zonesOf(found), choice));
}
