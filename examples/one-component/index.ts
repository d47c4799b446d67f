import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";
import {
  KeysComponent,
  VpcComponent,
  addressPlan,
  getEnvironmentConfig,
  stackContext,
} from "payment-stack";

/** A tag of the private subnets, to look them up by. */
const privateTier = { Tier: "private" };

const config = getEnvironmentConfig("dev", {
  environmentSuffix: `payouts-${pulumi.getStack()}`,
  overrides: {
    network: { cidrBlock: "10.20.0.0/16" },
    tags: { Project: "payouts", Owner: "payouts-team" },
  },
});
const context = stackContext(config);

const keys = new KeysComponent("payouts-keys", {
  context,
  keys: { logs: { description: "flow logs", uses: [{ logs: true }] } },
});
const network = new VpcComponent("payouts-network", {
  context,
  network: {
    ...addressPlan(config.network),
    natGateways: "none",
    gatewayEndpoints: { s3: ["s3:PutObject"], dynamodb: ["dynamodb:GetItem"] },
    flowLogs: { retentionDays: 365, keyArn: keys.arns.logs },
  },
  transform: {
    // a partial of the child's arguments is enough for a single value; a function gets the existing ones
    privateSubnet: (subnet) => ({
      ...subnet,
      tags: pulumi.output(subnet.tags).apply((tags) => ({ ...tags, ...privateTier })),
    }),
  },
});

// this program's own resources: jobs that write their reports to S3, and reach nothing else
const jobs = new ec2.SecurityGroup("payout-jobs", {
  description: "Jobs that pay out",
  vpcId: network.vpcId,
  tags: { ...context.tags, Name: "payout-jobs" },
});
new vpc.SecurityGroupEgressRule("payout-jobs-to-s3", {
  description: "Jobs write reports to S3 by its gateway endpoint",
  securityGroupId: jobs.id,
  prefixListId: network.s3PrefixListId,
  ipProtocol: "tcp",
  fromPort: 443,
  toPort: 443,
  tags: { ...context.tags, Name: "payout-jobs-to-s3" },
});

export const vpcId = network.vpcId;
export const jobSubnetIds = network.privateSubnetIds;
export const jobSecurityGroupId = jobs.id;
export const flowLogGroupName = network.flowLogGroupName;
