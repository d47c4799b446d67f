import { lengthOf } from "../charge";
import type { FixedCharging } from "../charge";
import { hoursPerMonth } from "../prices";

/** What network resources are charged for; data processed by a NAT gateway or an endpoint is excluded. */
export const networkFixedCharges: Readonly<Record<string, FixedCharging>> = {
  "aws:ec2/natGateway:NatGateway": () => [
    { what: "NAT gateway", price: "natGateway.hour", quantity: hoursPerMonth },
  ],
  "aws:ec2/eip:Eip": () => [
    { what: "public address", price: "publicAddress.hour", quantity: hoursPerMonth },
  ],
  "aws:ec2/vpcEndpoint:VpcEndpoint": ({ inputs }) => {
    const { vpcEndpointType, subnetIds } = inputs;
    // those for S3 and DynamoDB are routes, and free
    if (vpcEndpointType !== "Interface") return [];
    const zones = lengthOf(subnetIds);
    const what = `interface endpoint × ${String(zones)}`;
    return [{ what, price: "interfaceEndpoint.hour", quantity: zones * hoursPerMonth }];
  },
  "aws:route53/zone:Zone": () => [{ what: "hosted zone", price: "zone.month", quantity: 1 }],
};
