import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { endpointPolicy } from "../core/endpoint-policy";
import { resourceName } from "../core/names";
import { namedTags } from "../core/tags";
import { transformed } from "../core/transform";
import type { StackContext, Transform } from "../types";

/** A service that functions call by an interface endpoint; its name is its prefix in IAM actions too. */
export type EndpointService = "secretsmanager";

/** Arguments of {@link EndpointsComponent}. */
export interface EndpointsComponentArgs {
  readonly context: StackContext;
  readonly vpcId: pulumi.Input<string>;
  /** Where the endpoints have addresses: at most one subnet a zone. The other zones reach them too. */
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  readonly securityGroupId: pulumi.Input<string>;
  readonly services: readonly EndpointService[];
  readonly transform?: { readonly endpoint?: Transform<ec2.VpcEndpointArgs> };
}

/**
 * The private subnets' ways to AWS services that have no gateway endpoint: without a NAT gateway, the only
 * ones. Private DNS gives each service's usual name the endpoint's addresses.
 *
 * ### Cost
 *
 * Each service in each subnet: `interfaceEndpoint.hour` 0.01 USD (7.30 USD a month), and data by the GB.
 *
 * @example
 * ```ts
 * import { EndpointsComponent } from "payment-stack";
 *
 * new EndpointsComponent("endpoints", {
 *   context,
 *   vpcId: network.vpcId,
 *   subnetIds: network.privateSubnetIds,
 *   securityGroupId: groups.endpointSecurityGroupId,
 *   services: ["secretsmanager"],
 * });
 * ```
 */
export class EndpointsComponent extends pulumi.ComponentResource {
  /** The endpoint of each service. */
  readonly endpointIds: pulumi.Output<Record<string, string>>;

  constructor(name: string, args: EndpointsComponentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("payments:network:Endpoints", name, {}, opts);
    const { context, transform } = args;

    const endpoints = args.services.map((service) => {
      const endpoint = new ec2.VpcEndpoint(
        `${name}-${service}`,
        transformed<ec2.VpcEndpointArgs>(
          {
            vpcId: args.vpcId,
            vpcEndpointType: "Interface",
            serviceName: pulumi.interpolate`com.amazonaws.${context.aws.region}.${service}`,
            subnetIds: args.subnetIds,
            securityGroupIds: [args.securityGroupId],
            privateDnsEnabled: true,
            policy: endpointPolicy(context, service),
            tags: namedTags(context.tags, resourceName(context, service)),
          },
          transform?.endpoint,
        ),
        { parent: this },
      );
      return [service, endpoint.id] as const;
    });

    this.endpointIds = pulumi.all(Object.fromEntries(endpoints));
    this.registerOutputs({ endpointIds: this.endpointIds });
  }
}
