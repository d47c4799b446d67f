import { stillToMake } from "./check";
import type { Context } from "./check";
import type { Clients } from "./clients";
import {
  addresses,
  databaseQuota,
  domainNames,
  gatewayEndpoints,
  hostedZones,
  mostOfOne,
  natGatewaysOfAZone,
  networks,
  reservedConcurrency,
  roles,
  securityGroups,
} from "./quota-usage";
import type { Usage } from "./quota-usage";

/** A quota of the account, in the region unless its service has none. */
export interface Quota {
  /** As the Service Quotas console calls it. */
  readonly name: string;
  /** The service's code in Service Quotas. */
  readonly service: string;
  /** The quota's code there. */
  readonly code: string;
  /** What AWS grants an account that has asked for nothing. */
  readonly byDefault: number;
  /** What a deployment would add. */
  readonly needed: (context: Context) => number;
  readonly usage: (clients: Clients) => Promise<Usage>;
  /** The IAM actions of {@link usage}. */
  readonly permissions: readonly string[];
}

const functionType = "aws:lambda/function:Function";

const isGateway = ({ vpcEndpointType }: Readonly<Record<string, unknown>>) =>
  vpcEndpointType === undefined || vpcEndpointType === "Gateway";
const isPrivate = ({ endpointConfiguration }: Readonly<Record<string, unknown>>) =>
  JSON.stringify(endpointConfiguration).includes("PRIVATE");
const not =
  (matches: typeof isPrivate): typeof isPrivate =>
  (properties) =>
    !matches(properties);

/** One resource of a type takes one of the quota. */
const each = (type: string, matches?: typeof isPrivate) => (context: Context) =>
  stillToMake(context, type, matches);

function sum(values: readonly unknown[]): number {
  return values.reduce<number>(
    (total, value) => total + Math.max(0, typeof value === "number" ? value : 0),
    0,
  );
}

/** What the functions reserve beyond what those reserve that are there. */
function concurrencyToReserve({ graph, state }: Context): number {
  const wanted = graph
    .ofType(functionType)
    .map((one) => one.inputs["reservedConcurrentExecutions"]);
  const there =
    "graph" in state
      ? state.graph
          .ofType(functionType)
          .map(({ properties }) => properties["reservedConcurrentExecutions"])
      : [];
  return Math.max(0, sum(wanted) - sum(there));
}

function natGatewaysToMake(context: Context): number {
  const { graph } = context;
  const type = "aws:ec2/natGateway:NatGateway";
  if (stillToMake(context, type) === 0) return 0;
  const zones = graph
    .ofType(type)
    .flatMap((gateway) => graph.referredToBy(gateway, "subnetId"))
    .map(({ inputs }) => inputs["availabilityZone"]);
  return mostOfOne(zones);
}

function storageToMake(context: Context): number {
  const type = "aws:rds/instance:Instance";
  if (stillToMake(context, type) === 0) return 0;
  return sum(context.graph.ofType(type).map(({ inputs }) => inputs["allocatedStorage"]));
}

const rdsPermission = ["rds:DescribeAccountAttributes"];

/**
 * The quotas that a stack comes near in a new account, or in one that has several stacks. Names, codes and defaults are
 * those of Service Quotas and of each service's page "endpoints and quotas" in the AWS General Reference. Left out are
 * those that a stack takes next to nothing of: log groups, alarms, tables, functions, keys, buckets, topics. The ten
 * resource policies of CloudWatch Logs need no counting any more: since March 2026 WAF's are part of the log group.
 */
export const quotas: readonly Quota[] = [
  {
    name: "Concurrent executions that can be reserved",
    service: "lambda",
    code: "L-B99A9384",
    byDefault: 900,
    needed: concurrencyToReserve,
    usage: reservedConcurrency,
    permissions: ["lambda:GetAccountSettings"],
  },
  {
    name: "VPCs per Region",
    service: "vpc",
    code: "L-F678F1CE",
    byDefault: 5,
    needed: each("aws:ec2/vpc:Vpc"),
    usage: networks,
    permissions: ["ec2:DescribeVpcs"],
  },
  {
    name: "EC2-VPC Elastic IPs",
    service: "ec2",
    code: "L-0263D0A3",
    byDefault: 5,
    needed: each("aws:ec2/eip:Eip"),
    usage: addresses,
    permissions: ["ec2:DescribeAddresses"],
  },
  {
    name: "NAT gateways per Availability Zone",
    service: "vpc",
    code: "L-FE5A380F",
    byDefault: 5,
    needed: natGatewaysToMake,
    usage: natGatewaysOfAZone,
    permissions: ["ec2:DescribeNatGateways", "ec2:DescribeSubnets"],
  },
  {
    name: "Gateway VPC endpoints per Region",
    service: "vpc",
    code: "L-1B52E74A",
    byDefault: 20,
    needed: each("aws:ec2/vpcEndpoint:VpcEndpoint", isGateway),
    usage: gatewayEndpoints,
    permissions: ["ec2:DescribeVpcEndpoints"],
  },
  {
    name: "Interface VPC endpoints per VPC",
    service: "vpc",
    code: "L-29B6F2EB",
    byDefault: 50,
    needed: each("aws:ec2/vpcEndpoint:VpcEndpoint", not(isGateway)),
    // the stack's network is its own
    usage: () => Promise.resolve({ used: 0 }),
    permissions: [],
  },
  {
    name: "VPC security groups per Region",
    service: "vpc",
    code: "L-E79EC296",
    byDefault: 2500,
    needed: each("aws:ec2/securityGroup:SecurityGroup"),
    usage: securityGroups,
    permissions: ["ec2:DescribeSecurityGroups"],
  },
  {
    name: "Public custom domain names per account per Region",
    service: "apigateway",
    code: "L-A93447B8",
    byDefault: 120,
    needed: each("aws:apigateway/domainName:DomainName", not(isPrivate)),
    usage: domainNames(false),
    permissions: ["apigateway:GET"],
  },
  {
    name: "Private custom domain names per account per Region",
    service: "apigateway",
    code: "L-24E7E662",
    byDefault: 50,
    needed: each("aws:apigateway/domainName:DomainName", isPrivate),
    usage: domainNames(true),
    permissions: ["apigateway:GET"],
  },
  {
    name: "Hosted zones",
    service: "route53",
    code: "L-4EA4796A",
    byDefault: 500,
    needed: each("aws:route53/zone:Zone"),
    usage: hostedZones,
    permissions: ["route53:GetAccountLimit"],
  },
  {
    name: "Roles per account",
    service: "iam",
    code: "L-FE177D64",
    byDefault: 1000,
    needed: each("aws:iam/role:Role"),
    usage: roles,
    permissions: ["iam:GetAccountSummary"],
  },
  {
    name: "DB instances",
    service: "rds",
    code: "L-7B6409FD",
    byDefault: 40,
    needed: each("aws:rds/instance:Instance"),
    usage: databaseQuota("DBInstances"),
    permissions: rdsPermission,
  },
  {
    name: "Total storage for all DB instances (GiB)",
    service: "rds",
    code: "L-7ADDB58A",
    byDefault: 100_000,
    needed: storageToMake,
    usage: databaseQuota("AllocatedStorage"),
    permissions: rdsPermission,
  },
  {
    name: "Parameter groups",
    service: "rds",
    code: "L-DE55804A",
    byDefault: 50,
    needed: each("aws:rds/parameterGroup:ParameterGroup"),
    usage: databaseQuota("DBParameterGroups"),
    permissions: rdsPermission,
  },
  {
    name: "DB subnet groups",
    service: "rds",
    code: "L-48C6BF61",
    byDefault: 50,
    needed: each("aws:rds/subnetGroup:SubnetGroup"),
    usage: databaseQuota("DBSubnetGroups"),
    permissions: rdsPermission,
  },
];
