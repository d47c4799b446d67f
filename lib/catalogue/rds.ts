import type { FactsByType } from "./facts";

/** RDS looks at the network with the caller's permissions. */
const lookAround = {
  actions: [
    "ec2:DescribeAccountAttributes",
    "ec2:DescribeAvailabilityZones",
    "ec2:DescribeInternetGateways",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSubnets",
    "ec2:DescribeVpcAttribute",
    "ec2:DescribeVpcs",
  ],
} as const;

/** What is known of the resource types of RDS. */
export const rdsFacts: FactsByType = {
  "aws:rds/instance:Instance": {
    nameLimit: { argument: "identifier", max: 63 },
    holdsData: true,
    cost: "charged",
    rules: "covered",
    drawn: "database",
    reads: [{ actions: ["rds:DescribeDBInstances", "rds:ListTagsForResource"] }],
    writes: [
      {
        actions: [
          "rds:AddTagsToResource",
          "rds:CreateDBInstance",
          "rds:ModifyDBInstance",
          "rds:RemoveTagsFromResource",
        ],
        on: "rds",
      },
      lookAround,
      {
        actions: [
          "secretsmanager:CreateSecret",
          "secretsmanager:RotateSecret",
          "secretsmanager:TagResource",
        ],
        on: "masterSecrets",
      },
    ],
    deletes: [
      {
        actions: ["rds:AddTagsToResource", "rds:CreateDBSnapshot", "rds:DeleteDBInstance"],
        on: "rds",
      },
    ],
    linkedRoleOf: "rds.amazonaws.com",
  },
  "aws:rds/parameterGroup:ParameterGroup": {
    nameLimit: { argument: "name", max: 255 },
    holdsData: false,
    cost: { free: "part of the database" },
    rules: { notNeeded: "evaluated with its database" },
    drawn: "detail",
    reads: [
      {
        actions: [
          "rds:DescribeDBParameterGroups",
          "rds:DescribeDBParameters",
          "rds:ListTagsForResource",
        ],
      },
    ],
    writes: [
      {
        actions: [
          "rds:AddTagsToResource",
          "rds:CreateDBParameterGroup",
          "rds:ModifyDBParameterGroup",
          "rds:RemoveTagsFromResource",
          "rds:ResetDBParameterGroup",
        ],
        on: "rds",
      },
    ],
    deletes: [{ actions: ["rds:DeleteDBParameterGroup"], on: "rds" }],
  },
  "aws:rds/subnetGroup:SubnetGroup": {
    nameLimit: { argument: "name", max: 255 },
    holdsData: false,
    cost: { free: "part of the database" },
    rules: { notNeeded: "names subnets, which are evaluated themselves" },
    drawn: "read",
    reads: [{ actions: ["rds:DescribeDBSubnetGroups", "rds:ListTagsForResource"] }],
    writes: [
      {
        actions: [
          "rds:AddTagsToResource",
          "rds:CreateDBSubnetGroup",
          "rds:ModifyDBSubnetGroup",
          "rds:RemoveTagsFromResource",
        ],
        on: "rds",
      },
      lookAround,
    ],
    deletes: [{ actions: ["rds:DeleteDBSubnetGroup"], on: "rds" }],
  },
};
