import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { regional } from "../core/context";
import { resourceName } from "../core/names";
import { policyJson } from "../core/policy-document";
import { namedTags } from "../core/tags";
import { transformed } from "../core/transform";
import type { StackContext, Transform } from "../types";
import type { ApiEndpoint } from "./shared/private-endpoint";

export type { ApiEndpoint } from "./shared/private-endpoint";

/** Arguments of {@link ApiEndpointComponent}. */
export interface ApiEndpointComponentArgs {
  readonly context: StackContext;
  readonly vpcId: pulumi.Input<string>;
  /** Where the endpoint has addresses: at most one subnet a zone. The other zones reach it too. */
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Says who in the network reaches the endpoint. */
  readonly securityGroupId: pulumi.Input<string>;
  readonly transform?: { readonly endpoint?: Transform<ec2.VpcEndpointArgs> };
}

/**
 * A network's way to private APIs of its account. A network has one, whatever the number of its APIs.
 *
 * Private DNS gives every API's default name in the region the endpoint's addresses: within the network, regional APIs
 * are reached by a domain of their own only (developer guide, "Private REST APIs").
 *
 * ### Cost
 *
 * In each subnet: `interfaceEndpoint.hour` 0.01 USD (7.30 USD a month), and data by the GB.
 *
 * @example
 * ```ts
 * import { ApiEndpointComponent } from "payment-stack";
 *
 * const endpoint = new ApiEndpointComponent("api-endpoint", {
 *   context,
 *   vpcId: network.vpcId,
 *   subnetIds: network.privateSubnetIds,
 *   securityGroupId: groups.ids.endpoints,
 * });
 * export const endpointId = endpoint.endpointId;
 * ```
 */
export class ApiEndpointComponent extends pulumi.ComponentResource implements ApiEndpoint {
  readonly endpointId: pulumi.Output<string>;
  readonly dnsName: pulumi.Output<string>;
  readonly dnsZoneId: pulumi.Output<string>;

  constructor(
    name: string,
    args: ApiEndpointComponentArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("payments:network:ApiEndpoint", name, {}, opts);
    const { context, transform } = args;
    const { partition, region, accountId } = context.aws;

    const endpoint = new ec2.VpcEndpoint(
      `${name}-execute-api`,
      transformed<ec2.VpcEndpointArgs>(
        {
          ...regional(context),
          vpcId: args.vpcId,
          vpcEndpointType: "Interface",
          serviceName: pulumi.interpolate`com.amazonaws.${region}.execute-api`,
          subnetIds: args.subnetIds,
          securityGroupIds: [args.securityGroupId],
          privateDnsEnabled: true,
          policy: policyJson([
            {
              Sid: "OwnApisOnly",
              Effect: "Allow",
              Principal: "*", // a preflight is not signed; each API says who calls it
              Action: ["execute-api:Invoke"],
              Resource: pulumi.interpolate`arn:${partition}:execute-api:${region}:${accountId}:*`,
            },
          ]),
          tags: namedTags(context.tags, resourceName(context, "execute-api")),
        },
        transform?.endpoint,
      ),
      { parent: this },
    );
    // AWS documents no order of them, and each zone's name is the region's with more in it
    const entry = endpoint.dnsEntries.apply((entries) =>
      entries.reduce((a, b) => (b.dnsName.length < a.dnsName.length ? b : a)),
    );

    this.endpointId = endpoint.id;
    this.dnsName = entry.dnsName;
    this.dnsZoneId = entry.hostedZoneId;
    this.registerOutputs({
      endpointId: this.endpointId,
      dnsName: this.dnsName,
      dnsZoneId: this.dnsZoneId,
    });
  }
}
