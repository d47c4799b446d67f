import type { FactsByType } from "./facts";
import { deleteInterfaces } from "./security-groups";

const routing = { notNeeded: "routing: security groups decide what may pass" } as const;
const freeRoutes = { free: "routes are free" } as const;

/** What is known of the resource types of EC2 that make a network. */
export const ec2Facts: FactsByType = {
  "aws:ec2/eip:Eip": {
    nameLimit: undefined,
    holdsData: false,
    cost: "charged",
    rules: routing,
    drawn: "detail",
    reads: [{ actions: ["ec2:DescribeAddresses", "ec2:DescribeAddressesAttribute"] }],
    writes: [{ actions: ["ec2:CreateTags", "ec2:DeleteTags", "ec2:AllocateAddress"] }],
    deletes: [{ actions: ["ec2:DisassociateAddress", "ec2:ReleaseAddress"] }],
  },
  "aws:ec2/flowLog:FlowLog": {
    nameLimit: undefined,
    holdsData: false,
    cost: { free: "charged as logs, at its log group" },
    rules: { notNeeded: "evaluated with its VPC" },
    drawn: "detail",
    reads: [{ actions: ["ec2:DescribeFlowLogs"] }],
    writes: [
      {
        actions: [
          "ec2:CreateTags",
          "ec2:DeleteTags",
          "ec2:CreateFlowLogs",
          "logs:CreateLogDelivery",
        ],
      },
    ],
    deletes: [{ actions: ["ec2:DeleteFlowLogs", "logs:DeleteLogDelivery"] }],
  },
  "aws:ec2/internetGateway:InternetGateway": {
    nameLimit: undefined,
    holdsData: false,
    cost: { free: "internet gateways are free" },
    rules: routing,
    drawn: "internet-gateway",
    reads: [{ actions: ["ec2:DescribeInternetGateways"] }],
    writes: [
      {
        actions: [
          "ec2:CreateTags",
          "ec2:DeleteTags",
          "ec2:AttachInternetGateway",
          "ec2:CreateInternetGateway",
          "ec2:DetachInternetGateway",
        ],
      },
    ],
    deletes: [{ actions: ["ec2:DeleteInternetGateway", "ec2:DetachInternetGateway"] }],
  },
  "aws:ec2/natGateway:NatGateway": {
    nameLimit: undefined,
    holdsData: false,
    cost: "charged",
    rules: routing,
    drawn: "nat",
    reads: [{ actions: ["ec2:DescribeNatGateways"] }],
    writes: [{ actions: ["ec2:CreateTags", "ec2:DeleteTags", "ec2:CreateNatGateway"] }],
    deletes: [{ actions: ["ec2:DeleteNatGateway"] }],
  },
  "aws:ec2/route:Route": {
    nameLimit: undefined,
    holdsData: false,
    cost: freeRoutes,
    rules: routing,
    drawn: "read",
    reads: [{ actions: ["ec2:DescribeRouteTables"] }],
    writes: [{ actions: ["ec2:CreateRoute", "ec2:ReplaceRoute"] }],
    deletes: [{ actions: ["ec2:DeleteRoute"] }],
  },
  "aws:ec2/routeTable:RouteTable": {
    nameLimit: undefined,
    holdsData: false,
    cost: freeRoutes,
    rules: routing,
    drawn: "read",
    reads: [{ actions: ["ec2:DescribeRouteTables"] }],
    writes: [{ actions: ["ec2:CreateTags", "ec2:DeleteTags", "ec2:CreateRouteTable"] }],
    deletes: [{ actions: ["ec2:DeleteRouteTable", "ec2:DisassociateRouteTable"] }],
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    nameLimit: undefined,
    holdsData: false,
    cost: freeRoutes,
    rules: routing,
    drawn: "read",
    reads: [{ actions: ["ec2:DescribeRouteTables"] }],
    writes: [{ actions: ["ec2:AssociateRouteTable", "ec2:ReplaceRouteTableAssociation"] }],
    deletes: [{ actions: ["ec2:DisassociateRouteTable"] }],
  },
  "aws:ec2/subnet:Subnet": {
    nameLimit: undefined,
    holdsData: false,
    cost: { free: "subnets are free" },
    rules: "covered",
    drawn: "read",
    reads: [{ actions: ["ec2:DescribeSubnets"] }],
    writes: [
      {
        actions: [
          "ec2:CreateTags",
          "ec2:DeleteTags",
          "ec2:CreateSubnet",
          "ec2:ModifySubnetAttribute",
        ],
      },
    ],
    deletes: [deleteInterfaces, { actions: ["ec2:DeleteSubnet"] }],
  },
  "aws:ec2/vpc:Vpc": {
    nameLimit: undefined,
    holdsData: false,
    cost: { free: "VPCs are free" },
    rules: "covered",
    drawn: "read",
    reads: [
      {
        actions: [
          "ec2:DescribeNetworkAcls",
          "ec2:DescribeRouteTables",
          "ec2:DescribeSecurityGroups",
          "ec2:DescribeVpcAttribute",
          "ec2:DescribeVpcs",
        ],
      },
    ],
    writes: [
      { actions: ["ec2:CreateTags", "ec2:DeleteTags", "ec2:CreateVpc", "ec2:ModifyVpcAttribute"] },
    ],
    deletes: [{ actions: ["ec2:DeleteVpc"] }],
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    nameLimit: undefined,
    holdsData: false,
    cost: "charged",
    rules: "covered",
    drawn: "endpoint",
    // an interface endpoint's subnets are those of its network interfaces
    reads: [
      {
        actions: [
          "ec2:DescribeNetworkInterfaces",
          "ec2:DescribePrefixLists",
          "ec2:DescribeVpcEndpoints",
        ],
      },
    ],
    // for its private DNS names it associates a zone of AWS
    writes: [
      {
        actions: [
          "ec2:CreateTags",
          "ec2:DeleteTags",
          "ec2:CreateVpcEndpoint",
          "ec2:ModifyVpcEndpoint",
          "route53:AssociateVPCWithHostedZone",
        ],
      },
    ],
    deletes: [{ actions: ["ec2:DeleteVpcEndpoints"] }],
  },
};
