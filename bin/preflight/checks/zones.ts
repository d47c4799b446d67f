import { DescribeAvailabilityZonesCommand } from "@aws-sdk/client-ec2";
import { constrainedZones } from "../../../lib/components/vpc/zones";
import type { Check } from "../check";

/** Whether the region has as many zones for a network as the stack's has subnets of a kind. */
export const zoneCheck: Check = {
  name: "zones",
  permissions: ["ec2:DescribeAvailabilityZones"],
  run: async ({ graph, clients, region }) => {
    const subnets = graph.ofType("aws:ec2/subnet:Subnet");
    const needed = new Set(subnets.map(({ inputs }) => inputs["availabilityZone"])).size;
    // Local Zones lack most services
    const { AvailabilityZones: found = [] } = await clients.ec2.send(
      new DescribeAvailabilityZonesCommand({
        Filters: [
          { Name: "state", Values: ["available"] },
          { Name: "opt-in-status", Values: ["opt-in-not-required"] },
        ],
      }),
    );
    const zones = found.filter(({ ZoneId = "" }) => !(ZoneId in constrainedZones));
    const names = zones.map(({ ZoneName = "", ZoneId = "" }) => `${ZoneName} (${ZoneId})`);
    const what = `${String(needed)} needed, ${String(zones.length)} available: ${names.join(", ")}`;
    if (zones.length >= needed) return [{ level: "ok", what, where: region }];
    return [
      {
        level: "problem",
        what,
        where: region,
        whatToDo: "set payments:network.zones to 2, or choose a region with more (aws:region)",
      },
    ];
  },
};
