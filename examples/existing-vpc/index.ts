import * as ec2 from "@pulumi/aws/ec2";
import { getRegionOutput } from "@pulumi/aws/getRegion";
import * as pulumi from "@pulumi/pulumi";
import { PaymentStack, getEnvironmentConfig } from "payment-stack";

const settings = new pulumi.Config();
const vpcId = settings.require("vpcId");
const privateSubnetIds = settings.requireObject<string[]>("privateSubnetIds");
if (privateSubnetIds.length < 2) {
  throw new pulumi.RunError(
    `privateSubnetIds: found ${String(privateSubnetIds.length)}; RDS requires one in each of two zones or more`,
  );
}
const config = getEnvironmentConfig("staging", { environmentSuffix: pulumi.getStack() });

const vpc = ec2.getVpcOutput({ id: vpcId });
/** An endpoint of the network; the deployment fails here if there is none. */
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
    privateSubnetIds,
    publicSubnetIds: [],
    s3PrefixListId: endpoint("s3", "Gateway").prefixListId,
    dynamoDbPrefixListId: endpoint("dynamodb", "Gateway").prefixListId,
    endpointSecurityGroupId: endpoint("secretsmanager", "Interface").securityGroupIds.apply(
      // there is at least one
      ([groupId]) => String(groupId),
    ),
  },
});

export const apiEndpoint = payments.outputs.apiEndpoint;
export const dbEndpoint = payments.outputs.dbEndpoint;
