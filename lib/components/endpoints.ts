import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { mapValues } from "es-toolkit/object/mapValues";
import { regional } from "../core/context";
import { endpointPolicy } from "../core/endpoint-policy";
import type { EndpointNeeds } from "../core/endpoint-policy";
import { resourceName } from "../core/names";
import { namedTags } from "../core/tags";
import { transformed } from "../core/transform";
import type { StackContext, Transform } from "../types";

/** Arguments of {@link EndpointsComponent}. */
export interface EndpointsComponentArgs<Service extends string> {
  readonly context: StackContext;
  readonly vpcId: pulumi.Input<string>;
  /** Where the endpoints have addresses: at most one subnet a zone. The other zones reach them too. */
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  readonly securityGroupId: pulumi.Input<string>;
  /** What each endpoint lets through, by service: `{ "ecr.api": ["ecr:GetAuthorizationToken"] }`. */
  readonly endpoints: EndpointNeeds<Service>;
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
 *   securityGroupId: groups.ids.endpoints,
 *   endpoints: { secretsmanager: ["secretsmanager:GetSecretValue"] },
 * });
 * ```
 */
export class EndpointsComponent<Service extends string> extends pulumi.ComponentResource {
  /** The endpoint of each service. */
  readonly endpointIds: Readonly<Record<Service, pulumi.Output<string>>>;

  constructor(
    name: string,
    args: EndpointsComponentArgs<Service>,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("payments:network:Endpoints", name, {}, opts);
    const { context, transform } = args;

    this.endpointIds = mapValues(args.endpoints, (actions, service) => {
      const purpose = service.replaceAll(".", "-");
      const endpoint = new ec2.VpcEndpoint(
        `${name}-${purpose}`,
        transformed<ec2.VpcEndpointArgs>(
          {
            ...regional(context),
            vpcId: args.vpcId,
            vpcEndpointType: "Interface",
            serviceName: pulumi.interpolate`com.amazonaws.${context.aws.region}.${service}`,
            subnetIds: args.subnetIds,
            securityGroupIds: [args.securityGroupId],
            privateDnsEnabled: true,
            policy: endpointPolicy(context, actions),
            tags: namedTags(context.tags, resourceName(context, purpose)),
          },
          transform?.endpoint,
        ),
        { parent: this },
      );
      return endpoint.id;
    });
    this.registerOutputs({ endpointIds: this.endpointIds });
  }
}
