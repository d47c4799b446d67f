import { paginateGetDomainNames } from "@aws-sdk/client-api-gateway";
import {
  DescribeAddressesCommand,
  paginateDescribeNatGateways,
  paginateDescribeSecurityGroups,
  paginateDescribeSubnets,
  paginateDescribeVpcEndpoints,
  paginateDescribeVpcs,
} from "@aws-sdk/client-ec2";
import { GetAccountSummaryCommand } from "@aws-sdk/client-iam";
import { GetAccountSettingsCommand } from "@aws-sdk/client-lambda";
import { DescribeAccountAttributesCommand } from "@aws-sdk/client-rds";
import { GetAccountLimitCommand } from "@aws-sdk/client-route-53";
import type { Clients } from "./clients";

/** What is used of a quota, and the quota where the service itself says it. */
export interface Usage {
  readonly used: number;
  readonly limit?: number;
}

/** What has to stay unreserved for functions that reserve nothing (API reference, PutFunctionConcurrency). */
const unreservedConcurrency = 100;

/** The concurrency that functions reserve, of what an account may reserve. */
export async function reservedConcurrency({ lambda }: Clients): Promise<Usage> {
  const { AccountLimit: limits } = await lambda.send(new GetAccountSettingsCommand({}));
  const all = answered(limits?.ConcurrentExecutions, "ConcurrentExecutions");
  const free = answered(limits?.UnreservedConcurrentExecutions, "UnreservedConcurrentExecutions");
  return { used: all - free, limit: Math.max(0, all - unreservedConcurrency) };
}

export async function networks({ ec2: client }: Clients): Promise<Usage> {
  return { used: await count(paginateDescribeVpcs({ client }, {}), ({ Vpcs }) => Vpcs) };
}

export async function addresses({ ec2 }: Clients): Promise<Usage> {
  const { Addresses } = await ec2.send(new DescribeAddressesCommand({}));
  return { used: answered(Addresses, "Addresses").length };
}

/** Of the zone that has most. */
export async function natGatewaysOfAZone({ ec2: client }: Clients): Promise<Usage> {
  // those that are deleted are listed for an hour
  const state = { Name: "state", Values: ["pending", "available", "deleting"] };
  const subnets: string[] = [];
  for await (const page of paginateDescribeNatGateways({ client }, { Filter: [state] }))
    subnets.push(...(page.NatGateways ?? []).map(({ SubnetId = "" }) => SubnetId));
  if (subnets.length === 0) return { used: 0 };
  const zones = new Map<string, string>();
  const asked = { SubnetIds: [...new Set(subnets)] };
  for await (const page of paginateDescribeSubnets({ client }, asked))
    for (const { SubnetId = "", AvailabilityZone = "" } of page.Subnets ?? [])
      zones.set(SubnetId, AvailabilityZone);
  return { used: mostOfOne(subnets.map((subnet) => zones.get(subnet))) };
}

export async function gatewayEndpoints({ ec2: client }: Clients): Promise<Usage> {
  const type = { Name: "vpc-endpoint-type", Values: ["Gateway"] };
  const pages = paginateDescribeVpcEndpoints({ client }, { Filters: [type] });
  return { used: await count(pages, ({ VpcEndpoints }) => VpcEndpoints) };
}

export async function securityGroups({ ec2: client }: Clients): Promise<Usage> {
  const pages = paginateDescribeSecurityGroups({ client }, {});
  return { used: await count(pages, ({ SecurityGroups }) => SecurityGroups) };
}

/** Custom domain names, which private ones do not count among. */
export const domainNames = (isPrivate: boolean) => async (clients: Clients) => {
  const pages = paginateGetDomainNames({ client: clients.apiGateway }, {});
  const used = await count(pages, ({ items = [] }) =>
    items.filter(
      ({ endpointConfiguration }) =>
        (endpointConfiguration?.types ?? []).includes("PRIVATE") === isPrivate,
    ),
  );
  return { used };
};

export async function roles({ iam }: Clients): Promise<Usage> {
  const { SummaryMap: all } = await iam.send(new GetAccountSummaryCommand({}));
  return {
    used: answered(all?.Roles, "Roles"),
    limit: answered(all?.RolesQuota, "RolesQuota"),
  };
}

/** One of the quotas of RDS, as it calls it. */
export const databaseQuota = (name: string) => async (clients: Clients) => {
  const { AccountQuotas } = await clients.rds.send(new DescribeAccountAttributesCommand({}));
  const quota = AccountQuotas?.find(({ AccountQuotaName }) => AccountQuotaName === name);
  return { used: answered(quota?.Used, name), limit: answered(quota?.Max, name) };
};

export async function hostedZones({ route53 }: Clients): Promise<Usage> {
  const { Count, Limit } = await route53.send(
    new GetAccountLimitCommand({ Type: "MAX_HOSTED_ZONES_BY_OWNER" }),
  );
  return { used: answered(Count, "Count"), limit: answered(Limit?.Value, "Limit") };
}

/** How often the most frequent value is there. */
export function mostOfOne(values: readonly unknown[]): number {
  const counts = new Map<unknown, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}

async function count<Page>(
  pages: AsyncIterable<Page>,
  items: (page: Page) => readonly unknown[] | undefined,
): Promise<number> {
  let total = 0;
  for await (const page of pages) total += items(page)?.length ?? 0;
  return total;
}

function answered<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`the answer has no ${name}`);
  return value;
}
