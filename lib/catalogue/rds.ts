import type { FactsByType } from "./facts";

/** What is known of the resource types of RDS. */
export const rdsFacts: FactsByType = {
  "aws:rds/instance:Instance": {
    nameLimit: { argument: "identifier", max: 63 },
    holdsData: true,
    cost: "charged",
    rules: "covered",
    drawn: "database",
    reads: { actions: ["rds:DescribeDBInstances", "rds:ListTagsForResource"] },
  },
  "aws:rds/parameterGroup:ParameterGroup": {
    nameLimit: { argument: "name", max: 255 },
    holdsData: false,
    cost: { free: "part of the database" },
    rules: { notNeeded: "evaluated with its database" },
    drawn: "detail",
    reads: { actions: ["rds:DescribeDBParameterGroups", "rds:DescribeDBParameters"] },
  },
  "aws:rds/subnetGroup:SubnetGroup": {
    nameLimit: { argument: "name", max: 255 },
    holdsData: false,
    cost: { free: "part of the database" },
    rules: { notNeeded: "names subnets, which are evaluated themselves" },
    drawn: "read",
    reads: { actions: ["rds:DescribeDBSubnetGroups"] },
  },
};
