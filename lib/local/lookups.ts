import { DescribeAvailabilityZonesCommand } from "@aws-sdk/client-ec2";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import * as z from "zod";
import type { Inputs, LocalCloud } from "./resource";

const located = z.object({ region: z.string().optional() });

/**
 * Looks up what the provider's functions (`aws.getRegion`, …) look up, in the region that the argument
 * `region` names or else the stack's own.
 */
export async function lookUp(
  token: string,
  args: Inputs,
  cloud: LocalCloud,
): Promise<Record<string, unknown>> {
  const { clients, region } = cloud.inRegion(located.parse(args).region);
  switch (token) {
    case "aws:index/getCallerIdentity:getCallerIdentity": {
      const { Account, Arn, UserId } = await clients.sts.send(new GetCallerIdentityCommand({}));
      return { id: Account, accountId: Account, arn: Arn, userId: UserId };
    }
    case "aws:index/getRegion:getRegion":
      return { id: region, region, endpoint: `ec2.${region}.amazonaws.com` };
    case "aws:index/getPartition:getPartition":
      return { id: "aws", partition: "aws", dnsSuffix: "amazonaws.com" };
    case "aws:index/getAvailabilityZones:getAvailabilityZones": {
      const { AvailabilityZones = [] } = await clients.ec2.send(
        new DescribeAvailabilityZonesCommand({}),
      );
      return {
        id: region,
        region,
        names: AvailabilityZones.map(({ ZoneName }) => ZoneName),
        zoneIds: AvailabilityZones.map(({ ZoneId }) => ZoneId),
      };
    }
    default:
      throw new Error(`the local cloud has no implementation of ${token} (lib/local/lookups.ts)`);
  }
}
