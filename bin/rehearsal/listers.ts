import { paginateListDashboards } from "@aws-sdk/client-cloudwatch";
import {
  DescribeResourcePoliciesCommand,
  paginateDescribeLogGroups,
} from "@aws-sdk/client-cloudwatch-logs";
import { ListBackupsCommand } from "@aws-sdk/client-dynamodb";
import { paginateDescribeNetworkInterfaces } from "@aws-sdk/client-ec2";
import { paginateListRoles } from "@aws-sdk/client-iam";
import { paginateListAliases } from "@aws-sdk/client-kms";
import { paginateDescribeDBSnapshots } from "@aws-sdk/client-rds";
import { paginateListSecrets } from "@aws-sdk/client-secrets-manager";
import type { RehearsalClients } from "./clients";

/** How things of one kind are listed. */
interface Lister {
  /** A text for each thing that the region has: its name or id, and what has the name of the stack that it is of. */
  readonly list: (clients: RehearsalClients) => Promise<readonly string[]>;
  /** Why they may stay. */
  readonly kept?: string;
}

/** Everything that all pages of a list have. */
export async function all<Page, Item>(
  pages: AsyncIterable<Page>,
  items: (page: Page) => readonly Item[] | undefined,
): Promise<Item[]> {
  const found: Item[] = [];
  for await (const page of pages) found.push(...(items(page) ?? []));
  return found;
}

/** A thing that cannot be told by one name, with what names it. */
const texts = (...parts: readonly (string | undefined)[]) => parts.join(" ");

/** Kinds of things that have no tags, lose them, or have some that the tagging API does not return. */
export const listers: Readonly<Record<string, Lister>> = {
  alias: {
    list: ({ kms: client }) =>
      all(paginateListAliases({ client }, {}), ({ Aliases }) =>
        Aliases?.map(({ AliasName }) => texts(AliasName)),
      ),
  },
  dashboard: {
    list: ({ cloudWatch: client }) =>
      all(paginateListDashboards({ client }, {}), ({ DashboardEntries }) =>
        DashboardEntries?.map(({ DashboardName }) => texts(DashboardName)),
      ),
  },
  // a function that logs once more makes its group again, without tags
  "log group": {
    list: ({ logs: client }) =>
      all(paginateDescribeLogGroups({ client }, {}), ({ logGroups }) =>
        logGroups?.map(({ logGroupName }) => texts(logGroupName)),
      ),
  },
  "log resource policy": {
    list: async ({ logs }) => {
      const { resourcePolicies = [] } = await logs.send(new DescribeResourcePoliciesCommand({}));
      return resourcePolicies.map(({ policyName }) => texts(policyName));
    },
  },
  // Lambda makes them for functions in a VPC, and takes its time to remove them
  "network interface": {
    list: ({ ec2: client }) =>
      all(paginateDescribeNetworkInterfaces({ client }, {}), ({ NetworkInterfaces }) =>
        NetworkInterfaces?.map(({ NetworkInterfaceId, Description, Groups = [] }) =>
          texts(NetworkInterfaceId, Description, ...Groups.map(({ GroupName }) => GroupName)),
        ),
      ),
  },
  // the tagging API returns no roles (its API reference, "Services that support …")
  role: {
    list: ({ iam: client }) =>
      all(paginateListRoles({ client }, {}), ({ Roles }) =>
        Roles?.map(({ RoleName }) => texts(RoleName)),
      ),
  },
  // RDS makes the database's, and describes which it is of
  secret: {
    list: ({ secretsManager: client }) =>
      all(paginateListSecrets({ client }, {}), ({ SecretList }) =>
        SecretList?.map(({ Name, Description }) => texts(Name, Description)),
      ),
  },
  snapshot: {
    list: ({ rds: client }) =>
      all(paginateDescribeDBSnapshots({ client }, {}), ({ DBSnapshots }) =>
        DBSnapshots?.map(({ DBSnapshotIdentifier }) => texts(DBSnapshotIdentifier)),
      ),
  },
  backup: {
    list: async ({ dynamoDb }) => {
      const { BackupSummaries = [] } = await dynamoDb.send(
        new ListBackupsCommand({ BackupType: "ALL" }),
      );
      return BackupSummaries.map(({ BackupName, TableName }) => texts(BackupName, TableName));
    },
    kept: "DynamoDB makes it of a table with point-in-time recovery, and keeps it for 35 days without charge",
  },
};
