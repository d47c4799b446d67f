import * as ec2 from "@pulumi/aws/ec2";
import { getRegionOutput } from "@pulumi/aws/getRegion";
import * as pulumi from "@pulumi/pulumi";
import { PaymentStack, getEnvironmentConfig } from "payment-stack";

const vpcId = new pulumi.Config().require("vpcId");
const config = getEnvironmentConfig("staging", { environmentSuffix: pulumi.getStack() });

const vpc = ec2.getVpcOutput({ id: vpcId });
const privateSubnets = ec2.getSubnetsOutput({
  filters: [
    { name: "vpc-id", values: [vpcId] },
    { name: "tag:Tier", values: ["private"] },
  ],
});

/** An endpoint of the network; the deployment stops here if there is none. */
const endpoint = (service: string, type: "Gateway" | "Interface") =>
  ec2.getVpcEndpointOutput({
    vpcId,
    serviceName: pulumi.interpolate`com.amazonaws.${getRegionOutput().region}.${service}`,
    filters: [{ name: "vpc-endpoint-type", values: [type] }],
  });

const payments = new PaymentStack("payments", {
  config,
  network: {
    vpcId: vpc.id,
    vpcCidr: vpc.cidrBlock,
    privateSubnetIds: privateSubnets.ids.apply(twoOrMore),
    publicSubnetIds: [],
    s3PrefixListId: endpoint("s3", "Gateway").prefixListId,
    dynamoDbPrefixListId: endpoint("dynamodb", "Gateway").prefixListId,
    endpointSecurityGroupId: endpoint("secretsmanager", "Interface").securityGroupIds.apply(first),
  },
});

export const apiEndpoint = payments.outputs.apiEndpoint;
export const dbEndpoint = payments.outputs.dbEndpoint;

function twoOrMore(subnetIds: string[]): string[] {
  if (subnetIds.length < 2) {
    throw new pulumi.RunError(
      `found ${String(subnetIds.length)} subnets tagged Tier=private in ${vpcId}; RDS wants one in each of two zones or more`,
    );
  }
  return subnetIds;
}

function first([groupId]: string[]): string {
  if (groupId === undefined) {
    throw new pulumi.RunError(`the endpoint for Secrets Manager in ${vpcId} has no security group`);
  }
  return groupId;
}
