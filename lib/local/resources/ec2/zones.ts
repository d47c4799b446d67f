import { DescribeSubnetsCommand } from "@aws-sdk/client-ec2";
import { constrainedZones } from "../../../components/vpc/zones";
import type { LocalCloud } from "../../resource";

/** Whether a subnet is in a zone that lacks what others have; the emulator's zones lack nothing. */
export async function isAnyConstrained(
  SubnetIds: string[],
  { clients: { ec2 } }: LocalCloud,
): Promise<boolean> {
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({ SubnetIds }));
  return Subnets.some(({ AvailabilityZoneId = "" }) => AvailabilityZoneId in constrainedZones);
}
