import {
  DescribeFlowLogsCommand,
  DescribeNatGatewaysCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
} from "@aws-sdk/client-ec2";
import { aws, list, text } from "./deployed";

const ofVpc = [{ Name: "vpc-id", Values: [text("vpcId")] }];

describe("the network", () => {
  it("is the VPC that the outputs name, with the configured block", async () => {
    const { Vpcs = [] } = await aws.ec2.send(new DescribeVpcsCommand({ VpcIds: [text("vpcId")] }));

    expect(text("vpcId")).toMatch(/^vpc-[0-9a-f]{8,17}$/);
    expect(Vpcs).toHaveLength(1);
    expect(Vpcs[0]?.CidrBlock).toBe(text("vpcCidr"));
  });

  it("has three private and three public subnets, a pair in each of three zones, none of which assigns public addresses", async () => {
    const ids = [...list("privateSubnetIds"), ...list("publicSubnetIds")];
    const { Subnets = [] } = await aws.ec2.send(new DescribeSubnetsCommand({ SubnetIds: ids }));
    const zones = (names: string[]) =>
      new Set(
        Subnets.filter((s) => names.includes(s.SubnetId ?? "")).map((s) => s.AvailabilityZone),
      );

    expect(new Set(ids).size).toBe(6);
    for (const id of ids) expect(id).toMatch(/^subnet-[0-9a-f]{8,17}$/);
    expect(zones(list("privateSubnetIds")).size).toBe(3);
    expect(zones(list("publicSubnetIds")).size).toBe(3);
    for (const subnet of Subnets) {
      expect(subnet.VpcId).toBe(text("vpcId"));
      expect(subnet.MapPublicIpOnLaunch).toBe(false);
    }
  });

  it("routes private subnets to NAT gateways only, and to none where there is none", async () => {
    const [{ RouteTables = [] }, { NatGateways = [] }] = await Promise.all([
      aws.ec2.send(new DescribeRouteTablesCommand({ Filters: ofVpc })),
      aws.ec2.send(new DescribeNatGatewaysCommand({ Filter: ofVpc })),
    ]);
    const tablesOf = list("privateSubnetIds").map((id) =>
      RouteTables.find((table) => table.Associations?.some(({ SubnetId }) => SubnetId === id)),
    );
    const available = NatGateways.filter(({ State }) => State === "available");

    expect(available).toHaveLength(list("natPublicIps").length);
    for (const table of tablesOf) {
      const ways = (table?.Routes ?? []).filter((r) => r.DestinationCidrBlock === "0.0.0.0/0");
      expect(table).toBeDefined();
      expect(ways.map(({ GatewayId }) => GatewayId?.startsWith("igw-") ?? false)).not.toContain(
        true,
      );
      expect(ways).toHaveLength(available.length === 0 ? 0 : 1);
    }
  });

  it("reaches S3 and DynamoDB by gateway endpoints, Secrets Manager by an interface endpoint", async () => {
    const { VpcEndpoints = [] } = await aws.ec2.send(
      new DescribeVpcEndpointsCommand({ Filters: ofVpc }),
    );
    const kinds = VpcEndpoints.map((e) => [e.ServiceName?.split(".").at(-1), e.VpcEndpointType]);

    expect(kinds.sort()).toEqual([
      ["dynamodb", "Gateway"],
      ["s3", "Gateway"],
      ["secretsmanager", "Interface"],
    ]);
  });

  it("records its flows", async () => {
    const { FlowLogs = [] } = await aws.ec2.send(
      new DescribeFlowLogsCommand({ Filter: [{ Name: "resource-id", Values: [text("vpcId")] }] }),
    );

    expect(FlowLogs.map(({ LogDestination }) => LogDestination)).toEqual([text("flowLogGroupArn")]);
  });

  it("opens 5432 and 443 between groups only, and leaves the default group shut", async () => {
    const rulesOf = async (group: string) => {
      const { SecurityGroupRules = [] } = await aws.ec2.send(
        new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: "group-id", Values: [group] }] }),
      );
      return SecurityGroupRules;
    };
    const lambda = text("lambdaSecurityGroupId");
    const database = await rulesOf(text("databaseSecurityGroupId"));
    const endpoint = await rulesOf(text("endpointSecurityGroupId"));
    const { SecurityGroups = [] } = await aws.ec2.send(
      new DescribeSecurityGroupsCommand({
        Filters: [...ofVpc, { Name: "group-name", Values: ["default"] }],
      }),
    );

    for (const [rules, port] of [
      [database, 5432],
      [endpoint, 443],
    ] as const) {
      expect(rules).toHaveLength(1);
      expect(rules[0]).toMatchObject({ IsEgress: false, FromPort: port, ToPort: port });
      expect(rules[0]?.ReferencedGroupInfo?.GroupId).toBe(lambda);
      expect(rules[0]?.Description).toBeTruthy();
    }
    for (const rule of await rulesOf(lambda)) {
      expect(rule.IsEgress).toBe(true);
      expect(rule.CidrIpv4).toBeUndefined();
      expect([443, 5432]).toContain(rule.ToPort);
    }
    expect(SecurityGroups).toHaveLength(1);
    expect(SecurityGroups[0]?.IpPermissions ?? []).toEqual([]);
    expect(SecurityGroups[0]?.IpPermissionsEgress ?? []).toEqual([]);
  });
});
