import * as pulumi from "@pulumi/pulumi";
import type { ExistingNetwork, VpcComponentArgs } from "./vpc/args";
import { createNetwork } from "./vpc/new-network";

export type { ExistingNetwork, NewNetwork, VpcComponentArgs } from "./vpc/args";

/**
 * A network over two or three zones: public subnets for gateways, private ones for what nobody outside may reach, with
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
 *     cidrBlock: "10.20.0.0/16",
 *     zones: 3,
 *     excludeZoneIds: [],
 *     privateSubnetCidrs: null,
 *     publicSubnetCidrs: null,
 *     natGateways: "none",
 *     gatewayEndpoints: { s3: ["s3:PutObject"], dynamodb: ["dynamodb:PutItem"] },
 *     flowLogs: { retentionDays: 90, keyArn: keys.arns.data },
 *   },
 * });
 * export const subnetIds = network.privateSubnetIds;
 * ```
 */
export class VpcComponent extends pulumi.ComponentResource {
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
        : createNetwork(name, args, args.network, this);

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
}

/** What the component takes over of a network that it has not made. */
function existingNetwork(network: ExistingNetwork) {
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
