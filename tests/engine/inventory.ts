import { ListCertificatesCommand } from "@aws-sdk/client-acm";
import { GetDomainNamesCommand, GetRestApisCommand } from "@aws-sdk/client-api-gateway";
import { DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import {
  DescribeLogGroupsCommand,
  DescribeResourcePoliciesCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { ListUserPoolsCommand } from "@aws-sdk/client-cognito-identity-provider";
import { ListBackupsCommand, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import {
  DescribeAddressesCommand,
  DescribeFlowLogsCommand,
  DescribeInternetGatewaysCommand,
  DescribeNatGatewaysCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
} from "@aws-sdk/client-ec2";
import { ListRulesCommand } from "@aws-sdk/client-eventbridge";
import { ListPoliciesCommand, ListRolesCommand } from "@aws-sdk/client-iam";
import {
  DescribeKeyCommand,
  KeyState,
  ListAliasesCommand,
  ListKeysCommand,
} from "@aws-sdk/client-kms";
import { ListEventSourceMappingsCommand, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import {
  DescribeDBInstancesCommand,
  DescribeDBParameterGroupsCommand,
  DescribeDBSnapshotsCommand,
  DescribeDBSubnetGroupsCommand,
} from "@aws-sdk/client-rds";
import { ListHostedZonesCommand } from "@aws-sdk/client-route-53";
import { ListBucketsCommand } from "@aws-sdk/client-s3";
import { ListSecretsCommand } from "@aws-sdk/client-secrets-manager";
import { ListSubscriptionsCommand, ListTopicsCommand } from "@aws-sdk/client-sns";
import type { AwsClients } from "../../lib/local/clients";

/** Ids or names of one kind of thing. */
type Lister = (clients: AwsClients) => Promise<readonly (string | undefined)[]>;

/**
 * How everything of an account and region is listed that a stack can leave behind; but for dashboards, of
 * which the SDK cannot read the emulator's list.
 */
const listers: Readonly<Record<string, Lister>> = {
  address: async ({ ec2 }) =>
    (await ec2.send(new DescribeAddressesCommand({}))).Addresses?.map((one) => one.AllocationId) ??
    [],
  alarm: async ({ cloudWatch }) =>
    (await cloudWatch.send(new DescribeAlarmsCommand({}))).MetricAlarms?.map(
      (one) => one.AlarmName,
    ) ?? [],
  alias: async ({ kms }) =>
    (await kms.send(new ListAliasesCommand({}))).Aliases?.map((one) => one.AliasName) ?? [],
  api: async ({ apiGateway }) =>
    (await apiGateway.send(new GetRestApisCommand({}))).items?.map((one) => one.name) ?? [],
  backup: async ({ dynamoDb }) =>
    (await dynamoDb.send(new ListBackupsCommand({}))).BackupSummaries?.map(
      (one) => one.BackupName,
    ) ?? [],
  bucket: async ({ s3 }) =>
    (await s3.send(new ListBucketsCommand({}))).Buckets?.map((one) => one.Name) ?? [],
  certificate: async ({ acm }) =>
    (await acm.send(new ListCertificatesCommand({}))).CertificateSummaryList?.map(
      (one) => one.CertificateArn,
    ) ?? [],
  database: async ({ rds }) =>
    (await rds.send(new DescribeDBInstancesCommand({}))).DBInstances?.map(
      (one) => one.DBInstanceIdentifier,
    ) ?? [],
  domain: async ({ apiGateway }) =>
    (await apiGateway.send(new GetDomainNamesCommand({}))).items?.map((one) => one.domainName) ??
    [],
  endpoint: async ({ ec2 }) =>
    (await ec2.send(new DescribeVpcEndpointsCommand({}))).VpcEndpoints?.map(
      (one) => one.VpcEndpointId,
    ) ?? [],
  "event source mapping": async ({ lambda }) =>
    (await lambda.send(new ListEventSourceMappingsCommand({}))).EventSourceMappings?.map(
      (one) => one.UUID,
    ) ?? [],
  "flow log": async ({ ec2 }) =>
    (await ec2.send(new DescribeFlowLogsCommand({}))).FlowLogs?.map((one) => one.FlowLogId) ?? [],
  function: async ({ lambda }) =>
    (await lambda.send(new ListFunctionsCommand({}))).Functions?.map((one) => one.FunctionName) ??
    [],
  "internet gateway": async ({ ec2 }) =>
    (await ec2.send(new DescribeInternetGatewaysCommand({}))).InternetGateways?.map(
      (one) => one.InternetGatewayId,
    ) ?? [],
  // a key cannot be deleted at once
  key: async ({ kms }) => {
    const { Keys = [] } = await kms.send(new ListKeysCommand({}));
    const described = await Promise.all(
      Keys.map(({ KeyId }) => kms.send(new DescribeKeyCommand({ KeyId }))),
    );
    return described
      .filter(({ KeyMetadata }) => KeyMetadata?.KeyState !== KeyState.PendingDeletion)
      .map(({ KeyMetadata }) => KeyMetadata?.KeyId);
  },
  "log group": async ({ logs }) =>
    (await logs.send(new DescribeLogGroupsCommand({}))).logGroups?.map((one) => one.logGroupName) ??
    [],
  "log resource policy": async ({ logs }) =>
    (await logs.send(new DescribeResourcePoliciesCommand({}))).resourcePolicies?.map(
      (one) => one.policyName,
    ) ?? [],
  "NAT gateway": async ({ ec2 }) =>
    (await ec2.send(new DescribeNatGatewaysCommand({}))).NatGateways?.filter(
      (one) => one.State !== "deleted",
    ).map((one) => one.NatGatewayId) ?? [],
  "parameter group": async ({ rds }) =>
    (await rds.send(new DescribeDBParameterGroupsCommand({}))).DBParameterGroups?.map(
      (one) => one.DBParameterGroupName,
    ) ?? [],
  policy: async ({ iam }) =>
    (await iam.send(new ListPoliciesCommand({ Scope: "Local" }))).Policies?.map(
      (one) => one.PolicyName,
    ) ?? [],
  role: async ({ iam }) =>
    (await iam.send(new ListRolesCommand({}))).Roles?.map((one) => one.RoleName) ?? [],
  "route table": async ({ ec2 }) =>
    (await ec2.send(new DescribeRouteTablesCommand({}))).RouteTables?.map(
      (one) => one.RouteTableId,
    ) ?? [],
  rule: async ({ eventBridge }) =>
    (await eventBridge.send(new ListRulesCommand({}))).Rules?.map((one) => one.Name) ?? [],
  secret: async ({ secretsManager }) =>
    (await secretsManager.send(new ListSecretsCommand({}))).SecretList?.map((one) => one.Name) ??
    [],
  "security group": async ({ ec2 }) =>
    (await ec2.send(new DescribeSecurityGroupsCommand({}))).SecurityGroups?.map(
      (one) => one.GroupId,
    ) ?? [],
  snapshot: async ({ rds }) =>
    (await rds.send(new DescribeDBSnapshotsCommand({}))).DBSnapshots?.map(
      (one) => one.DBSnapshotIdentifier,
    ) ?? [],
  subnet: async ({ ec2 }) =>
    (await ec2.send(new DescribeSubnetsCommand({}))).Subnets?.map((one) => one.SubnetId) ?? [],
  "subnet group": async ({ rds }) =>
    (await rds.send(new DescribeDBSubnetGroupsCommand({}))).DBSubnetGroups?.map(
      (one) => one.DBSubnetGroupName,
    ) ?? [],
  subscription: async ({ sns }) =>
    (await sns.send(new ListSubscriptionsCommand({}))).Subscriptions?.map(
      (one) => one.SubscriptionArn,
    ) ?? [],
  table: async ({ dynamoDb }) => (await dynamoDb.send(new ListTablesCommand({}))).TableNames ?? [],
  topic: async ({ sns }) =>
    (await sns.send(new ListTopicsCommand({}))).Topics?.map((one) => one.TopicArn) ?? [],
  "user pool": async ({ cognito }) =>
    (await cognito.send(new ListUserPoolsCommand({ MaxResults: 60 }))).UserPools?.map(
      (one) => one.Id,
    ) ?? [],
  VPC: async ({ ec2 }) =>
    (await ec2.send(new DescribeVpcsCommand({}))).Vpcs?.map((one) => one.VpcId) ?? [],
  zone: async ({ route53 }) =>
    (await route53.send(new ListHostedZonesCommand({}))).HostedZones?.map((one) => one.Name) ?? [],
};

/** Whether it is the backup that DynamoDB itself makes of a table that is deleted, and keeps for 35 days. */
export function isOfDeletedTable(one: string): boolean {
  return /^backup [\w-]+\$DeletedTableBackup$/.test(one);
}

/** Everything that an account and region has, as `table payments-…`, sorted. */
export async function inventory(clients: AwsClients): Promise<string[]> {
  const lists = await Promise.all(
    Object.entries(listers).map(async ([kind, list]) =>
      (await list(clients)).map((name) => `${kind} ${String(name)}`),
    ),
  );
  return lists.flat().sort();
}
