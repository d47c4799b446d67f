import type { FactsByType } from "./facts";

const freeGroups = { free: "security groups are free" } as const;
const readRule = { actions: ["ec2:DescribeSecurityGroupRules", "ec2:DescribeTags"] } as const;

/** Lambda leaves network interfaces behind, which the provider deletes with what they are in. */
export const deleteInterfaces = {
  actions: [
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DetachNetworkInterface",
  ],
} as const;

/** What is known of the resource types of security groups. */
export const securityGroupFacts: FactsByType = {
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
    nameLimit: undefined,
    holdsData: false,
    cost: freeGroups,
    rules: "covered",
    drawn: "detail",
    reads: [{ actions: ["ec2:DescribeSecurityGroups"] }],
    writes: [
      {
        actions: [
          "ec2:CreateTags",
          "ec2:DeleteTags",
          "ec2:AuthorizeSecurityGroupEgress",
          "ec2:AuthorizeSecurityGroupIngress",
          "ec2:DescribeSecurityGroupRules",
          "ec2:RevokeSecurityGroupEgress",
          "ec2:RevokeSecurityGroupIngress",
        ],
      },
    ],
    deletes: [],
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    nameLimit: { argument: "name", max: 255 },
    holdsData: false,
    cost: freeGroups,
    rules: "covered",
    drawn: "read",
    reads: [{ actions: ["ec2:DescribeSecurityGroups"] }],
    writes: [
      {
        actions: [
          "ec2:CreateTags",
          "ec2:DeleteTags",
          "ec2:CreateSecurityGroup",
          "ec2:RevokeSecurityGroupEgress",
        ],
      },
    ],
    deletes: [deleteInterfaces, { actions: ["ec2:DeleteSecurityGroup"] }],
  },
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {
    nameLimit: undefined,
    holdsData: false,
    cost: freeGroups,
    rules: "covered",
    drawn: "read",
    reads: [readRule],
    writes: [
      {
        actions: [
          "ec2:CreateTags",
          "ec2:DeleteTags",
          "ec2:AuthorizeSecurityGroupEgress",
          "ec2:ModifySecurityGroupRules",
        ],
      },
    ],
    deletes: [{ actions: ["ec2:RevokeSecurityGroupEgress"] }],
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    nameLimit: undefined,
    holdsData: false,
    cost: freeGroups,
    rules: "covered",
    drawn: "read",
    reads: [readRule],
    writes: [
      {
        actions: [
          "ec2:CreateTags",
          "ec2:DeleteTags",
          "ec2:AuthorizeSecurityGroupIngress",
          "ec2:ModifySecurityGroupRules",
        ],
      },
    ],
    deletes: [{ actions: ["ec2:RevokeSecurityGroupIngress"] }],
  },
};
