import { APIGatewayClient, GetDomainNamesCommand } from "@aws-sdk/client-api-gateway";
import {
  DescribeAddressesCommand,
  DescribeNatGatewaysCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { GetAccountSummaryCommand, IAMClient } from "@aws-sdk/client-iam";
import { GetAccountSettingsCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { DescribeAccountAttributesCommand, RDSClient } from "@aws-sdk/client-rds";
import { GetAccountLimitCommand, Route53Client } from "@aws-sdk/client-route-53";
import { GetServiceQuotaCommand, ServiceQuotasClient } from "@aws-sdk/client-service-quotas";
import { mockClient } from "aws-sdk-client-mock";
import type { Context } from "../../../bin/preflight/check";
import { quotaCheck } from "../../../bin/preflight/checks/quotas";
import { quotas } from "../../../bin/preflight/quota-table";
import { ProgramGraph } from "../../../lib/graph/program-graph";
import { recordedGraph } from "../../../lib/policy/sources/recorded";
import { denied, findingsOf, firstDeployment, lines } from "./context";

const apiGateway = mockClient(APIGatewayClient);
const ec2 = mockClient(EC2Client);
const iam = mockClient(IAMClient);
const lambda = mockClient(LambdaClient);
const rds = mockClient(RDSClient);
const route53 = mockClient(Route53Client);
const serviceQuotas = mockClient(ServiceQuotasClient);

/** Concurrency of which enough can be reserved. */
const plenty = { ConcurrentExecutions: 5_000, UnreservedConcurrentExecutions: 5_000 };

let context: Context;
beforeAll(async () => {
  context = await firstDeployment();
});
beforeEach(() => {
  for (const mock of [apiGateway, ec2, iam, lambda, rds, route53, serviceQuotas]) mock.reset();
  apiGateway.on(GetDomainNamesCommand).resolves({ items: [] });
  ec2.on(DescribeVpcsCommand).resolves({ Vpcs: [{}] });
  ec2.on(DescribeAddressesCommand).resolves({ Addresses: [] });
  ec2.on(DescribeNatGatewaysCommand).resolves({ NatGateways: [] });
  ec2.on(DescribeVpcEndpointsCommand).resolves({ VpcEndpoints: [] });
  ec2.on(DescribeSecurityGroupsCommand).resolves({ SecurityGroups: [{}] });
  iam.on(GetAccountSummaryCommand).resolves({ SummaryMap: { Roles: 20, RolesQuota: 1_000 } });
  lambda.on(GetAccountSettingsCommand).resolves({ AccountLimit: plenty });
  rds.on(DescribeAccountAttributesCommand).resolves({
    AccountQuotas: ["DBInstances", "AllocatedStorage", "DBParameterGroups", "DBSubnetGroups"].map(
      (AccountQuotaName) => ({ AccountQuotaName, Used: 1, Max: 100 }),
    ),
  });
  route53
    .on(GetAccountLimitCommand)
    .resolves({ Count: 1, Limit: { Type: "MAX_HOSTED_ZONES_BY_OWNER", Value: 500 } });
  serviceQuotas.on(GetServiceQuotaCommand).resolves({ Quota: { Value: 10 } });
});

const check = (changes: Partial<Context> = {}) =>
  findingsOf(quotaCheck, { ...context, ...changes });

describe("the quotas of an account", () => {
  it("are enough for a first deployment where there is little else", async () => {
    const found = await check();

    expect(lines(found, "problem")).toEqual([]);
    expect(lines(found, "warning")).toEqual([]);
    expect(lines(found, "ok")).toContain("VPCs per Region: 1 more needed, 1 of 10 used");
  });

  it("are not, where the deployment would go beyond one: with what is missing, and where to ask for it", async () => {
    ec2.on(DescribeVpcsCommand).resolves({ Vpcs: Array.from({ length: 10 }, () => ({})) });
    const found = await check();

    expect(lines(found, "problem")).toEqual(["VPCs per Region: 1 more needed, 10 of 10 used"]);
    expect(found.find(({ level }) => level === "problem")?.whatToDo).toBe(
      "ask for 1 more, or free them: " +
        "https://console.aws.amazon.com/servicequotas/home/services/vpc/quotas/L-F678F1CE?region=eu-central-1",
    );
  });

  it("leave a hundred executions unreserved: a new account has none to reserve", async () => {
    lambda.on(GetAccountSettingsCommand).resolves({
      AccountLimit: { ConcurrentExecutions: 10, UnreservedConcurrentExecutions: 10 },
    });
    const [problem = ""] = lines(await check(), "problem");

    expect(problem).toMatch(/^Concurrent executions that can be reserved: \d+ more needed, 0 of 0/);
  });

  it("count what others have reserved", async () => {
    lambda.on(GetAccountSettingsCommand).resolves({
      AccountLimit: { ConcurrentExecutions: 5_000, UnreservedConcurrentExecutions: 150 },
    });

    expect(lines(await check(), "problem").join()).toContain("4850 of 4900 used");
  });

  it("count a zone's NAT gateways, those that are deleted not", async () => {
    ec2.on(DescribeNatGatewaysCommand).resolves({
      NatGateways: ["a", "a", "b"].map((SubnetId) => ({ SubnetId })),
    });
    ec2.on(DescribeSubnetsCommand).resolves({
      Subnets: ["a", "b"].map((one) => ({ SubnetId: one, AvailabilityZone: `zone-${one}` })),
    });
    const [subnet] = context.graph.ofType("aws:ec2/subnet:Subnet");
    if (subnet === undefined) throw new Error("the stack has no subnet");
    const type = "aws:ec2/natGateway:NatGateway";
    const urn = `${subnet.urn}-gateway`;
    const gateway = { ...subnet, type, urn, propertyDependencies: { subnetId: [subnet.urn] } };
    const graph = new ProgramGraph(context.graph.result, [subnet, gateway]);

    expect(lines(await check({ graph }), "ok")).toEqual([
      "NAT gateways per Availability Zone: 1 more needed, 2 of 10 used",
    ]);
    expect(ec2.commandCalls(DescribeNatGatewaysCommand)[0]?.args[0].input).toEqual({
      Filter: [{ Name: "state", Values: ["pending", "available", "deleting"] }],
    });
  });

  it("tell public domain names from private ones", async () => {
    const of = (type: "REGIONAL" | "PRIVATE") => ({ endpointConfiguration: { types: [type] } });
    apiGateway
      .on(GetDomainNamesCommand)
      .resolves({ items: [of("REGIONAL"), of("PRIVATE"), of("PRIVATE")] });

    expect(lines(await check(), "ok").join("\n")).toMatch(
      /Public custom domain names .*, 1 of 10 used/,
    );
  });

  it("need nothing for what the stack has already", async () => {
    ec2.on(DescribeVpcsCommand).resolves({ Vpcs: Array.from({ length: 10 }, () => ({})) });

    expect(await check({ state: { graph: recordedGraph(context.graph) } })).toEqual([]);
  });

  it("may be enough after all, where it is not known what the stack has", async () => {
    expect(lines(await check({ state: { unknown: "no CLI" } }), "ok").join("\n")).toContain(
      "1 more needed for a first deployment, 1 of 10 used",
    );
  });

  it("are AWS's defaults, where the account's own may not be asked", async () => {
    serviceQuotas.on(GetServiceQuotaCommand).rejects(denied("servicequotas:GetServiceQuota"));

    expect(lines(await check(), "ok").join("\n")).toContain(
      "VPCs per Region: 1 more needed, 1 of 5 used (AWS's default: the account's own could not be asked)",
    );
  });

  it("are not known, where what is there may not be asked; the others are", async () => {
    rds.on(DescribeAccountAttributesCommand).rejects(denied("rds:DescribeAccountAttributes"));
    const found = await check();

    expect(lines(found, "warning")).toEqual([
      "DB instances, Total storage for all DB instances (GiB), Parameter groups, DB subnet groups: " +
        "could not be asked: not permitted",
    ]);
    expect(lines(found, "ok").join("\n")).toContain("VPCs per Region");
  });

  it("are not known either, where an answer lacks them", async () => {
    lambda.on(GetAccountSettingsCommand).resolves({});

    expect(lines(await check(), "warning")).toEqual([
      "Concurrent executions that can be reserved: could not be asked: Error: the answer has no ConcurrentExecutions",
    ]);
  });

  it("have codes of their own", () => {
    const codes = quotas.map(({ code }) => code);

    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) expect(code).toMatch(/^L-[0-9A-F]{8}$/);
  });
});
