import type { FactsByType } from "./facts";

const routing = { notNeeded: "routing: security groups decide what may pass" } as const;
const freeRoutes = { free: "routes are free" } as const;
const freeGroups = { free: "security groups are free" } as const;
const readRule = { actions: ["ec2:DescribeSecurityGroupRules", "ec2:DescribeTags"] } as const;

/** What is known of the resource types of EC2, which networks are part of. */
export const ec2Facts: FactsByType = {
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
    nameLimit: undefined,
    holdsData: false,
    cost: freeGroups,
    rules: "covered",
    drawn: "detail",
    reads: { actions: ["ec2:DescribeSecurityGroups"] },
  },
  "aws:ec2/eip:Eip": {
    nameLimit: undefined,
    holdsData: false,
    cost: "charged",
    rules: routing,
    drawn: "detail",
    reads: { actions: ["ec2:DescribeAddresses", "ec2:DescribeAddressesAttribute"] },
  },
  "aws:ec2/flowLog:FlowLog": {
    nameLimit: undefined,
    holdsData: false,
    cost: { free: "charged as logs, at its log group" },
    rules: { notNeeded: "evaluated with its VPC" },
    drawn: "detail",
    reads: { actions: ["ec2:DescribeFlowLogs"] },
  },
  "aws:ec2/internetGateway:InternetGateway": {
    nameLimit: undefined,
    holdsData: false,
    cost: { free: "internet gateways are free" },
    rules: routing,
    drawn: "internet-gateway",
    reads: { actions: ["ec2:DescribeInternetGateways"] },
  },
  "aws:ec2/natGateway:NatGateway": {
    nameLimit: undefined,
    holdsData: false,
    cost: "charged",
    rules: routing,
    drawn: "nat",
    reads: { actions: ["ec2:DescribeNatGateways"] },
  },
  "aws:ec2/route:Route": {
    nameLimit: undefined,
    holdsData: false,
    cost: freeRoutes,
    rules: routing,
    drawn: "read",
    reads: { actions: ["ec2:DescribeRouteTables"] },
  },
  "aws:ec2/routeTable:RouteTable": {
    nameLimit: undefined,
    holdsData: false,
    cost: freeRoutes,
    rules: routing,
    drawn: "read",
    reads: { actions: ["ec2:DescribeRouteTables"] },
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    nameLimit: undefined,
    holdsData: false,
    cost: freeRoutes,
    rules: routing,
    drawn: "read",
    reads: { actions: ["ec2:DescribeRouteTables"] },
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    nameLimit: { argument: "name", max: 255 },
    holdsData: false,
    cost: freeGroups,
    rules: "covered",
    drawn: "read",
    reads: { actions: ["ec2:DescribeSecurityGroups"] },
  },
  "aws:ec2/subnet:Subnet": {
    nameLimit: undefined,
    holdsData: false,
    cost: { free: "subnets are free" },
    rules: "covered",
    drawn: "read",
    reads: { actions: ["ec2:DescribeSubnets"] },
  },
  "aws:ec2/vpc:Vpc": {
    nameLimit: undefined,
    holdsData: false,
    cost: { free: "VPCs are free" },
    rules: "covered",
    drawn: "read",
    reads: { actions: ["ec2:DescribeNetworkAcls", "ec2:DescribeVpcAttribute", "ec2:DescribeVpcs"] },
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    nameLimit: undefined,
    holdsData: false,
    cost: "charged",
    rules: "covered",
    drawn: "endpoint",
    reads: { actions: ["ec2:DescribePrefixLists", "ec2:DescribeVpcEndpoints"] },
  },
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {
    nameLimit: undefined,
    holdsData: false,
    cost: freeGroups,
    rules: "covered",
    drawn: "read",
    reads: readRule,
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    nameLimit: undefined,
    holdsData: false,
    cost: freeGroups,
    rules: "covered",
    drawn: "read",
    reads: readRule,
  },
};
