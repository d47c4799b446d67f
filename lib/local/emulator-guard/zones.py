"""The availability zones of regions that have more of them on AWS than the three that the emulator has everywhere.

Some of the three are zones that a network stays out of (lib/components/vpc/zones.ts), so that too few would be left.
"""

from ministack.services import ec2

# docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html
FURTHER_ZONES = {"ap-northeast-1": "d", "ca-central-1": "d", "us-east-1": "def"}

ACTION = "DescribeAvailabilityZones"


def list_every_zone():
    describe = ec2._ACTION_MAP[ACTION]

    def describe_every(parameters):
        status, headers, body = describe(parameters)
        region = ec2.get_region()
        end = body.rindex(b"</availabilityZoneInfo>")
        third = body[body.rindex(b"<item>") : end].decode()
        further = [
            third.replace(f"{region}c", zone).replace(ec2._az_id_for_zone_name(f"{region}c"), ec2._az_id_for_zone_name(zone))
            for zone in (f"{region}{letter}" for letter in FURTHER_ZONES.get(region, ""))
        ]
        return status, headers, body[:end] + "".join(further).encode() + body[end:]

    ec2._ACTION_MAP[ACTION] = describe_every
