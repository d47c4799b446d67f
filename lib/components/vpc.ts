import * as ec2 from "@pulumi/aws/ec2";
import { getAvailabilityZonesOutput } from "@pulumi/aws/getAvailabilityZones";
import * as pulumi from "@pulumi/pulumi";
import { regional } from "../core/context";
import { endpointPolicy } from "../core/endpoint-policy";
import type { EndpointNeeds } from "../core/endpoint-policy";
import { resourceName } from "../core/names";
import { createFlowLog } from "./vpc/flow-log";
import { firstZones, subnetCidrs, zoneCount } from "./vpc/subnets";
import type { AddressPlan } from "./vpc/subnets";
import { namedTags } from "../core/tags";
import { transformed } from "../core/transform";
import type { LogGroupChoice, StackContext, Transform } from "../types";

/** A network to be made. */
export interface NewNetwork extends AddressPlan {
  /** The private subnets' ways to the internet: none, one for all, or one in each zone. */
  readonly natGateways: "none" | "single" | "perAz";
  /** What the gateway endpoints let through: one action or more each. */
  readonly gatewayEndpoints: EndpointNeeds<"s3" | "dynamodb">;
  /** Where the flows are logged. */
  readonly flowLogs: LogGroupChoice;
}

/** A network that is there already, and whose owner logs its flows. */
export interface ExistingNetwork {
  readonly vpcId: pulumi.Input<string>;
  readonly vpcCidr?: pulumi.Input<string>;
  /** RDS wants two zones or more. */
  readonly privateSubnetIds: pulumi.Input<pulumi.Input<string>[]>;
  readonly publicSubnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Of the gateway endpoint, which the private subnets' route tables must name. */
  readonly s3PrefixListId: pulumi.Input<string>;
  /** Of the gateway endpoint, which the private subnets' route tables must name. */
  readonly dynamoDbPrefixListId: pulumi.Input<string>;
}

/** Arguments of {@link VpcComponent}. */
export interface VpcComponentArgs {
  readonly context: StackContext;
  /** Distinguishes the network from another of the stack, as a part of its names: `replica`; by default nothing. */
  readonly purpose?: string;
  readonly network: NewNetwork | { readonly existing: ExistingNetwork };
  /** Changes to what is made; an existing network stays as it is. */
  readonly transform?: {
    readonly vpc?: Transform<ec2.VpcArgs>;
    readonly publicSubnet?: Transform<ec2.SubnetArgs>;
    readonly privateSubnet?: Transform<ec2.SubnetArgs>;
    readonly flowLog?: Transform<ec2.FlowLogArgs>;
  };
}

/** What is known of a network; undefined is what only its owner knows. */
interface NetworkOutputs {
  readonly vpcId: pulumi.Output<string>;
  readonly vpcArn: pulumi.Output<string> | undefined;
  readonly vpcCidr: pulumi.Output<string> | undefined;
  readonly privateSubnetIds: pulumi.Output<string[]>;
  readonly publicSubnetIds: pulumi.Output<string[]>;
  readonly s3PrefixListId: pulumi.Output<string>;
  readonly dynamoDbPrefixListId: pulumi.Output<string>;
  readonly natGatewayIds: pulumi.Output<string[]>;
  readonly natPublicIps: pulumi.Output<string[]>;
  readonly flowLogGroupArn: pulumi.Output<string> | undefined;
  readonly flowLogGroupName: pulumi.Output<string> | undefined;
}

/**
 * A network over three zones: public subnets for gateways, private ones for what nobody outside may reach, with
 * ways of their own to S3 and DynamoDB, and a log of every flow.
 *
 * ### Cost
 *
 * Each NAT gateway: `natGateway.hour` 0.045 USD (32.85 USD a month), and data by the GB; its address:
 * `publicAddress.hour` 0.005 USD (3.65 USD a month). A GB of the flow log: `logs.ingested` 0.5 USD. The gateway
 * endpoints are free, as is all else.
 *
 * @example
 * ```ts
 * import { VpcComponent } from "payment-stack";
 *
 * const network = new VpcComponent("network", {
 *   context,
 *   network: {
 *     ...config.network,
 *     cidrBlock: "10.20.0.0/16",
 *     gatewayEndpoints: { s3: ["s3:PutObject"], dynamodb: ["dynamodb:PutItem"] },
 *     flowLogs: { retentionDays: 90, keyArn: keys.arns.data },
 *   },
 * });
 * export const subnetIds = network.privateSubnetIds;
 * ```
 */
export class VpcComponent extends pulumi.ComponentResource implements NetworkOutputs {
  readonly vpcId: pulumi.Output<string>;
  /** Undefined for an existing network: it may be another account's. */
  readonly vpcArn: pulumi.Output<string> | undefined;
  /** Undefined for an existing network without it. */
  readonly vpcCidr: pulumi.Output<string> | undefined;
  /** One a zone. */
  readonly privateSubnetIds: pulumi.Output<string[]>;
  /** One a zone. */
  readonly publicSubnetIds: pulumi.Output<string[]>;
  /** S3's addresses, as a security group rule names them. */
  readonly s3PrefixListId: pulumi.Output<string>;
  /** DynamoDB's addresses, as a security group rule names them. */
  readonly dynamoDbPrefixListId: pulumi.Output<string>;
  /** Those that the component made: none, one, or one a zone. */
  readonly natGatewayIds: pulumi.Output<string[]>;
  /** Where calls to the internet come from, in the order of {@link natGatewayIds}. */
  readonly natPublicIps: pulumi.Output<string[]>;
  /** Undefined for an existing network, whose owner logs its flows. */
  readonly flowLogGroupArn: pulumi.Output<string> | undefined;
  readonly flowLogGroupName: pulumi.Output<string> | undefined;

  constructor(name: string, args: VpcComponentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("payments:network:Vpc", name, {}, opts);
    const network =
      "existing" in args.network
        ? existingNetwork(args.network.existing)
        : this.createNetwork(name, args, args.network);

    this.vpcId = network.vpcId;
    this.vpcArn = network.vpcArn;
    this.vpcCidr = network.vpcCidr;
    this.privateSubnetIds = network.privateSubnetIds;
    this.publicSubnetIds = network.publicSubnetIds;
    this.s3PrefixListId = network.s3PrefixListId;
    this.dynamoDbPrefixListId = network.dynamoDbPrefixListId;
    this.natGatewayIds = network.natGatewayIds;
    this.natPublicIps = network.natPublicIps;
    this.flowLogGroupArn = network.flowLogGroupArn;
    this.flowLogGroupName = network.flowLogGroupName;
    this.registerOutputs(network);
  }

  private createNetwork(name: string, args: VpcComponentArgs, plan: NewNetwork): NetworkOutputs {
    const { context, transform } = args;
    const child = { parent: this };
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
    const publicSubnets = this.createSubnets(name, args, {
      vpc,
      kind: "public",
      cidrs: cidrs.public,
      transform: transform?.publicSubnet,
    });
    const privateSubnets = this.createSubnets(name, args, {
      vpc,
      kind: "private",
      cidrs: cidrs.private,
      transform: transform?.privateSubnet,
    });

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
      this,
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

  private createSubnets(
    name: string,
    { context, purpose }: VpcComponentArgs,
    args: {
      vpc: ec2.Vpc;
      kind: "public" | "private";
      cidrs: readonly string[];
      transform: Transform<ec2.SubnetArgs> | undefined;
    },
  ): ec2.Subnet[] {
    const zones = availabilityZones(context, this);
    return args.cidrs.map((cidrBlock, zone) => {
      const part = `${args.kind}-${String(zone + 1)}`;
      return new ec2.Subnet(
        `${name}-${part}`,
        transformed<ec2.SubnetArgs>(
          {
            ...regional(context),
            vpcId: args.vpc.id,
            cidrBlock,
            availabilityZone: zones.apply((names) => String(names[zone])),
            mapPublicIpOnLaunch: false,
            tags: namedTags(context.tags, resourceName(context, partOf(purpose, part))),
          },
          args.transform,
        ),
        // a zone that AWS adds or withdraws must not replace a subnet with all that is in it
        { parent: this, ignoreChanges: ["availabilityZone"] },
      );
    });
  }
}

/** A part of the network by its name, with the network's purpose if it has one. */
function partOf(purpose: string | undefined, part: string): string {
  return purpose === undefined ? part : `${purpose}-${part}`;
}

const anywhere = "0.0.0.0/0";
const natCounts = { none: 0, single: 1, perAz: zoneCount };

/** The names of the region's first zones, without Local Zones, which lack most services. */
function availabilityZones(
  context: StackContext,
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
  return available.names.apply(firstZones);
}

function existingNetwork(network: ExistingNetwork): NetworkOutputs {
  return {
    vpcId: pulumi.output(network.vpcId),
    vpcArn: undefined,
    vpcCidr: network.vpcCidr === undefined ? undefined : pulumi.output(network.vpcCidr),
    privateSubnetIds: pulumi.output(network.privateSubnetIds),
    publicSubnetIds: pulumi.output(network.publicSubnetIds),
    s3PrefixListId: pulumi.output(network.s3PrefixListId),
    dynamoDbPrefixListId: pulumi.output(network.dynamoDbPrefixListId),
    natGatewayIds: pulumi.output([]),
    natPublicIps: pulumi.output([]),
    flowLogGroupArn: undefined,
    flowLogGroupName: undefined,
  };
}
