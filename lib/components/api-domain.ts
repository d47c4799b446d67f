import * as apigateway from "@pulumi/aws/apigateway";
import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import { regional } from "../core/context";
import { policyJson } from "../core/policy-document";
import { transformed } from "../core/transform";
import type { ApiDomainComponentArgs } from "./api-domain/args";
import { selfSignedCertificate } from "./api-domain/certificate";
import type { ApiEndpoint } from "./shared/private-endpoint";
import { apiTls } from "./shared/api-tls";

export type { ApiDomainComponentArgs, ExistingApiZone, NewApiZone } from "./api-domain/args";

/**
 * The API under a domain of its own. A private zone is the domain alone, so that it hides no other name of its
 * parent's.
 *
 * A regional API is at a public address: a private subnet without a NAT gateway may resolve the name but does not reach
 * it. A private API's domain leads to the interface endpoint, which it lets in alone; it may take 15 minutes until the
 * endpoint serves the name.
 *
 * No public authority certifies a name under `.internal`: without a certificate (for instance of a
 * private authority) the API gets a self-signed one.
 *
 * ### Cost
 *
 * A zone that is made: `zone.month` 0.5 USD. Imported certificates, the domain name and alias queries are free.
 *
 * @example
 * ```ts
 * import { ApiDomainComponent } from "payment-stack";
 *
 * new ApiDomainComponent("api-domain", {
 *   context,
 *   domainName: "api.payouts.internal",
 *   certificateArn: null,
 *   restApiId: api.restApiId,
 *   stageName: api.stageName,
 *   zone: { description: "The payouts API within the network", vpcId: network.vpcId },
 * });
 * ```
 */
export class ApiDomainComponent extends pulumi.ComponentResource {
  readonly domainName: pulumi.Output<string>;
  readonly url: pulumi.Output<string>;
  /** What the domain is an alias of: the name of the regional endpoint, or of the interface endpoint. */
  readonly targetDomainName: pulumi.Output<string>;
  /** The zone of {@link targetDomainName}, which an alias record names too; it is AWS's. */
  readonly targetZoneId: pulumi.Output<string>;
  /** Undefined without a zone. */
  readonly zoneId: pulumi.Output<string> | undefined;
  /** Undefined without a zone. */
  readonly zoneArn: pulumi.Output<string> | undefined;
  readonly certificateArn: pulumi.Output<string>;

  constructor(name: string, args: ApiDomainComponentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("payments:api:Domain", name, {}, opts);
    const { context, endpoint, transform } = args;
    const child = { parent: this };
    const domainName = pulumi.output(args.domainName);
    const tags = { ...context.tags, Name: domainName };

    this.certificateArn =
      args.certificateArn === null
        ? selfSignedCertificate(name, context, domainName, child)
        : pulumi.output(args.certificateArn);
    const domain = new apigateway.DomainName(
      `${name}-domain`,
      transformed<apigateway.DomainNameArgs>(
        {
          ...regional(context),
          domainName,
          ...(endpoint === undefined
            ? {
                regionalCertificateArn: this.certificateArn,
                endpointConfiguration: { types: "REGIONAL" },
              }
            : {
                certificateArn: this.certificateArn, // a private domain takes no regional one
                endpointConfiguration: { types: "PRIVATE" },
                policy: throughEndpointOnly(endpoint),
              }),
          ...apiTls,
          tags: { ...tags, CustomDomain: domainName },
        },
        transform?.domain,
      ),
      // AWS does not make a public domain name private, nor the other way round
      { ...child, replaceOnChanges: ["endpointConfiguration.types"], deleteBeforeReplace: true },
    );
    new apigateway.BasePathMapping(
      `${name}-mapping`,
      {
        ...regional(context),
        domainName: domain.domainName,
        ...(endpoint !== undefined && { domainNameId: domain.domainNameId }),
        restApi: args.restApiId,
        stageName: args.stageName,
      },
      child,
    );
    if (endpoint !== undefined) {
      new apigateway.DomainNameAccessAssociation(
        `${name}-access`,
        {
          ...regional(context),
          domainNameArn: domain.arn,
          accessAssociationSource: endpoint.endpointId,
          accessAssociationSourceType: "VPCE",
          tags,
        },
        child,
      );
    }
    this.targetDomainName =
      endpoint === undefined ? domain.regionalDomainName : pulumi.output(endpoint.dnsName);
    this.targetZoneId =
      endpoint === undefined ? domain.regionalZoneId : pulumi.output(endpoint.dnsZoneId);

    const zone = args.zone && this.zone(name, args, args.zone, domainName);
    if (zone !== undefined) {
      new route53.Record(
        `${name}-alias`,
        {
          zoneId: zone.zoneId,
          name: domainName,
          type: "A",
          aliases: [
            {
              name: this.targetDomainName,
              zoneId: this.targetZoneId,
              evaluateTargetHealth: false, // Route 53 cannot check the health of API Gateway
            },
          ],
        },
        child,
      );
    }

    this.domainName = domain.domainName;
    this.url = pulumi.interpolate`https://${domain.domainName}`;
    this.zoneId = zone?.zoneId;
    this.zoneArn = zone?.arn;
    this.registerOutputs({
      domainName: this.domainName,
      targetDomainName: this.targetDomainName,
      targetZoneId: this.targetZoneId,
      zoneId: this.zoneId,
      certificateArn: this.certificateArn,
    });
  }

  private zone(
    name: string,
    { context, transform }: ApiDomainComponentArgs,
    zone: NonNullable<ApiDomainComponentArgs["zone"]>,
    domainName: pulumi.Output<string>,
  ): { readonly zoneId: pulumi.Output<string>; readonly arn: pulumi.Output<string> } {
    if ("existing" in zone) {
      const zoneId = pulumi.output(zone.existing.zoneId);
      const arn = pulumi.interpolate`arn:${context.aws.partition}:route53:::hostedzone/${zoneId}`;
      return { zoneId, arn };
    }
    return new route53.Zone(
      `${name}-zone`,
      transformed<route53.ZoneArgs>(
        {
          name: domainName,
          comment: zone.description,
          vpcs: [{ vpcId: zone.vpcId }],
          tags: { ...context.tags, Name: domainName },
        },
        transform?.zone,
      ),
      { parent: this },
    );
  }
}

/**
 * Who may use a private domain name; the API behind it has a policy of its own. Resource and principal are as in the
 * provider's acceptance test, which plans no change afterwards: what API Gateway expands, such as `execute-api:/*`,
 * differs from the program's for ever (hashicorp/terraform-provider-aws#40834, #41696).
 */
function throughEndpointOnly({ endpointId }: ApiEndpoint): pulumi.Output<string> {
  return policyJson([
    {
      Sid: "ThroughTheEndpoint",
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: "execute-api:Invoke",
      Resource: "*",
      Condition: { StringEquals: { "aws:SourceVpce": endpointId } },
    },
  ]);
}
