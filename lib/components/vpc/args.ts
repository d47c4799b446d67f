import type * as ec2 from "@pulumi/aws/ec2";
import type * as pulumi from "@pulumi/pulumi";
import type { EndpointNeeds } from "../../core/endpoint-policy";
import type { LogGroupChoice, StackContext, Transform } from "../../types";
import type { AddressPlan } from "./address-plan";

/** A network to be made. */
export type NewNetwork = AddressPlan & NewNetworkParts;

interface NewNetworkParts {
  /** The ids of availability zones to stay out of, beside those that are known to lack what a stack needs. */
  readonly excludeZoneIds: readonly string[];
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

/** Arguments of `VpcComponent`. */
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
