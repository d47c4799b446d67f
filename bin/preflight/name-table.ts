import { paginateGetDomainNames } from "@aws-sdk/client-api-gateway";
import { ListDashboardsCommand, paginateDescribeAlarms } from "@aws-sdk/client-cloudwatch";
import { DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DescribeTableCommand } from "@aws-sdk/client-dynamodb";
import { DescribeRuleCommand } from "@aws-sdk/client-eventbridge";
import { GetRoleCommand } from "@aws-sdk/client-iam";
import { paginateListAliases } from "@aws-sdk/client-kms";
import { GetFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import {
  DescribeDBInstancesCommand,
  DescribeDBParameterGroupsCommand,
  DescribeDBSubnetGroupsCommand,
} from "@aws-sdk/client-rds";
import { GetTopicAttributesCommand } from "@aws-sdk/client-sns";
import { ListWebACLsCommand } from "@aws-sdk/client-wafv2";
import type { WAFV2Client } from "@aws-sdk/client-wafv2";
import type { Context } from "./check";
import { ifThere } from "./finding";

/** Finds those names that something in the account has. */
type Finder = (names: readonly string[], context: Context) => Promise<readonly string[]>;

/** A resource type of which the account, or the region of it, has one by a name. */
export interface NamedType {
  /** In words, in the plural. */
  readonly what: string;
  /** The argument that is the name. */
  readonly argument: string;
  readonly permission: string;
  readonly existing: Finder;
}

/** Asks for each name, one after the other: services allow few such calls a second. */
const one =
  (ask: (name: string, context: Context) => Promise<unknown>): Finder =>
  async (names, context) => {
    const found: string[] = [];
    for (const name of names)
      if ((await ifThere(ask(name, context))) !== undefined) found.push(name);
    return found;
  };

/** Asks for all that there are. */
const among =
  (list: (context: Context) => AsyncIterable<readonly (string | undefined)[]>): Finder =>
  async (names, context) => {
    const all = new Set<string | undefined>();
    for await (const page of list(context)) for (const name of page) all.add(name);
    return names.filter((name) => all.has(name));
  };

async function* domainNames({ clients }: Context) {
  const pages = paginateGetDomainNames({ client: clients.apiGateway }, {});
  for await (const { items = [] } of pages) yield items.map(({ domainName }) => domainName);
}

async function* aliases({ clients }: Context) {
  const pages = paginateListAliases({ client: clients.kms }, {});
  for await (const { Aliases = [] } of pages) yield Aliases.map(({ AliasName }) => AliasName);
}

async function* webAcls({ clients }: Context) {
  let NextMarker: string | undefined;
  do {
    const page = await webAclPage(clients.wafv2, NextMarker);
    yield (page.WebACLs ?? []).map(({ Name }) => Name);
    ({ NextMarker } = page);
  } while (NextMarker !== undefined);
}

const webAclPage = (client: WAFV2Client, NextMarker: string | undefined) =>
  client.send(
    new ListWebACLsCommand({ Scope: "REGIONAL", ...(NextMarker !== undefined && { NextMarker }) }),
  );

const alarms: Finder = async (names, { clients }) => {
  const found: string[] = [];
  // AWS takes a hundred names a call
  for (let at = 0; at < names.length; at += 100) {
    const AlarmNames = names.slice(at, at + 100);
    for await (const { MetricAlarms = [] } of paginateDescribeAlarms(
      { client: clients.cloudWatch },
      { AlarmNames },
    ))
      found.push(...MetricAlarms.flatMap(({ AlarmName }) => AlarmName ?? []));
  }
  return found;
};

/**
 * What a deployment would be refused, or would take from somebody else: alarms, dashboards and rules are overwritten by
 * whoever writes one of the same name, a topic is shared. Names with a random part collide with none: buckets.
 */
export const namedTypes: Readonly<Record<string, NamedType>> = {
  "aws:apigateway/domainName:DomainName": {
    what: "custom domain names",
    argument: "domainName",
    permission: "apigateway:GET",
    existing: among(domainNames),
  },
  "aws:cloudwatch/dashboard:Dashboard": {
    what: "dashboards",
    argument: "dashboardName",
    permission: "cloudwatch:ListDashboards",
    existing: one(async (name, { clients }) => {
      const { DashboardEntries = [] } = await clients.cloudWatch.send(
        new ListDashboardsCommand({ DashboardNamePrefix: name }),
      );
      return DashboardEntries.find(({ DashboardName }) => DashboardName === name);
    }),
  },
  "aws:cloudwatch/eventRule:EventRule": {
    what: "event rules",
    argument: "name",
    permission: "events:DescribeRule",
    existing: one((Name, { clients }) =>
      clients.eventBridge.send(new DescribeRuleCommand({ Name })),
    ),
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    what: "log groups",
    argument: "name",
    permission: "logs:DescribeLogGroups",
    existing: one(async (name, { clients }) => {
      const { logGroups = [] } = await clients.logs.send(
        new DescribeLogGroupsCommand({ logGroupNamePrefix: name }),
      );
      // the shortest comes first
      return logGroups.find(({ logGroupName }) => logGroupName === name);
    }),
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    what: "alarms",
    argument: "name",
    permission: "cloudwatch:DescribeAlarms",
    existing: alarms,
  },
  "aws:dynamodb/table:Table": {
    what: "tables",
    argument: "name",
    permission: "dynamodb:DescribeTable",
    existing: one((TableName, { clients }) =>
      clients.dynamoDb.send(new DescribeTableCommand({ TableName })),
    ),
  },
  "aws:iam/role:Role": {
    what: "roles",
    argument: "name",
    permission: "iam:GetRole",
    existing: one((RoleName, { clients }) => clients.iam.send(new GetRoleCommand({ RoleName }))),
  },
  "aws:kms/alias:Alias": {
    what: "aliases of keys",
    argument: "name",
    permission: "kms:ListAliases",
    existing: among(aliases),
  },
  "aws:lambda/function:Function": {
    what: "functions",
    argument: "name",
    permission: "lambda:GetFunctionConfiguration",
    existing: one((FunctionName, { clients }) =>
      clients.lambda.send(new GetFunctionConfigurationCommand({ FunctionName })),
    ),
  },
  "aws:rds/instance:Instance": {
    what: "databases",
    argument: "identifier",
    permission: "rds:DescribeDBInstances",
    existing: one(async (DBInstanceIdentifier, { clients }) => {
      const { DBInstances: [found] = [] } = await clients.rds.send(
        new DescribeDBInstancesCommand({ DBInstanceIdentifier }),
      );
      return found;
    }),
  },
  "aws:rds/parameterGroup:ParameterGroup": {
    what: "parameter groups",
    argument: "name",
    permission: "rds:DescribeDBParameterGroups",
    existing: one(async (DBParameterGroupName, { clients }) => {
      const { DBParameterGroups: [found] = [] } = await clients.rds.send(
        new DescribeDBParameterGroupsCommand({ DBParameterGroupName }),
      );
      return found;
    }),
  },
  "aws:rds/subnetGroup:SubnetGroup": {
    what: "subnet groups",
    argument: "name",
    permission: "rds:DescribeDBSubnetGroups",
    existing: one(async (DBSubnetGroupName, { clients }) => {
      const { DBSubnetGroups: [found] = [] } = await clients.rds.send(
        new DescribeDBSubnetGroupsCommand({ DBSubnetGroupName }),
      );
      return found;
    }),
  },
  "aws:sns/topic:Topic": {
    what: "topics",
    argument: "name",
    permission: "sns:GetTopicAttributes",
    existing: one((name, { clients, partition, region, identity }) =>
      clients.sns.send(
        new GetTopicAttributesCommand({
          TopicArn: `arn:${partition}:sns:${region}:${identity.account}:${name}`,
        }),
      ),
    ),
  },
  "aws:wafv2/webAcl:WebAcl": {
    what: "web ACLs",
    argument: "name",
    permission: "wafv2:ListWebACLs",
    existing: among(webAcls),
  },
};
