import { DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import type { LocalCloud } from "../../../lib/local/resource";
import type { WireProperties } from "./values";

/** What there is of a resource; undefined if it is gone. */
type Reader = (id: string, cloud: LocalCloud) => Promise<WireProperties | undefined>;

/** How resources are read; what has no reader is as it was. */
export const reads: Readonly<Record<string, Reader>> = {
  "aws:cloudwatch/logGroup:LogGroup": async (id, { clients: { logs } }) => {
    const { logGroups = [] } = await logs.send(
      new DescribeLogGroupsCommand({ logGroupNamePrefix: id }),
    );
    const group = logGroups.find(({ logGroupName }) => logGroupName === id);
    return group && { retentionInDays: group.retentionInDays ?? 0 };
  },
};
