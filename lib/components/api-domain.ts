import * as acm from "@pulumi/aws/acm";
import * as apigateway from "@pulumi/aws/apigateway";
import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import { regional } from "../core/context";
import { namedTags } from "../core/tags";
import { transformed } from "../core/transform";
import type { StackContext, Transform } from "../types";

/** A private zone that the component makes. */
export interface NewApiZone {
  /** What the zone is for; at most 256 characters. */
  readonly description: string;
  /** The network in which the name is known. */
  readonly vpcId: pulumi.Input<string>;
}

/** A zone that is there already, private or public: the domain's own or one above it. */
export interface ExistingApiZone {
  readonly zoneId: pulumi.Input<string>;
}

/** Arguments of {@link ApiDomainComponent}. */
export interface ApiDomainComponentArgs {
  readonly context: StackContext;
  /** Unique within an account and region: `api-prod.payments.internal`. */
  readonly domainName: string;
  /** A certificate in the context's region; null imports a self-signed one, which callers must trust explicitly. */
  readonly certificateArn: pulumi.Input<string> | null;
  readonly restApiId: pulumi.Input<string>;
  readonly stageName: pulumi.Input<string>;
  /** The zone of the name: a private one for the name alone, known in a network, or an existing one. */
  readonly zone: NewApiZone | { readonly existing: ExistingApiZone };
  readonly transform?: {
    readonly domain?: Transform<apigateway.DomainNameArgs>;
    readonly zone?: Transform<route53.ZoneArgs>;
  };
}

/** The self-signed certificate lasts a year; a deployment in its last 30 days makes the next. */
const certificateHours = { validity: 365 * 24, earlyRenewal: 30 * 24 };

/**
 * The API under a domain of its own, by default known within a network only. The private zone is the
 * domain alone, so that it hides no other name of its parent's.
 *
 * No public authority certifies a name under `.internal`: without a certificate (for instance of a
 * private authority) the API gets a self-signed one. The regional endpoint behind it is public: a
 * private subnet without a NAT gateway resolves the name but does not reach it.
 *
 * ### Cost
 *
 * The zone: `zone.month` 0.5 USD. Imported certificates, the domain name and alias queries are free.
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
  /** The regional endpoint's name, which the domain is an alias of. */
  readonly targetDomainName: pulumi.Output<string>;
  /** The zone of {@link targetDomainName}, which an alias record names too; it is AWS's. */
  readonly targetZoneId: pulumi.Output<string>;
  readonly zoneId: pulumi.Output<string>;
  readonly zoneArn: pulumi.Output<string>;
  readonly certificateArn: pulumi.Output<string>;

  constructor(name: string, args: ApiDomainComponentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("payments:api:Domain", name, {}, opts);
    const { context, domainName, transform } = args;
    const child = { parent: this };
    const tags = namedTags(context.tags, domainName);

    this.certificateArn =
      args.certificateArn === null
        ? this.selfSigned(name, args, tags)
        : pulumi.output(args.certificateArn);
    const domain = new apigateway.DomainName(
      `${name}-domain`,
      transformed<apigateway.DomainNameArgs>(
        {
          ...regional(context),
          domainName,
          regionalCertificateArn: this.certificateArn,
          endpointConfiguration: { types: "REGIONAL" },
          securityPolicy: "TLS_1_2",
          tags: { ...tags, CustomDomain: domainName },
        },
        transform?.domain,
      ),
      child,
    );
    new apigateway.BasePathMapping(
      `${name}-mapping`,
      {
        ...regional(context),
        domainName: domain.domainName,
        restApi: args.restApiId,
        stageName: args.stageName,
      },
      child,
    );

    const zone = this.zone(name, args, tags);
    new route53.Record(
      `${name}-alias`,
      {
        zoneId: zone.zoneId,
        name: domainName,
        type: "A",
        aliases: [
          {
            name: domain.regionalDomainName,
            zoneId: domain.regionalZoneId,
            evaluateTargetHealth: false, // Route 53 cannot check the health of API Gateway
          },
        ],
      },
      child,
    );

    this.domainName = domain.domainName;
    this.url = pulumi.interpolate`https://${domain.domainName}`;
    this.targetDomainName = domain.regionalDomainName;
    this.targetZoneId = domain.regionalZoneId;
    this.zoneId = zone.zoneId;
    this.zoneArn = zone.arn;
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
    { context, domainName, zone, transform }: ApiDomainComponentArgs,
    tags: Record<string, string>,
  ): { readonly zoneId: pulumi.Output<string>; readonly arn: pulumi.Output<string> } {
    if ("existing" in zone) {
      const zoneId = pulumi.output(zone.existing.zoneId);
      const arn = pulumi.interpolate`arn:${context.aws.partition}:route53:::hostedzone/${zoneId}`;
      return { zoneId, arn };
    }
    return new route53.Zone(
      `${name}-zone`,
      transformed<route53.ZoneArgs>(
        { name: domainName, comment: zone.description, vpcs: [{ vpcId: zone.vpcId }], tags },
        transform?.zone,
      ),
      { parent: this },
    );
  }

  /** Its key is in the stack's state, as a secret; RSA 2048 is what every version of API Gateway and ACM takes. */
  private selfSigned(
    name: string,
    { context, domainName }: ApiDomainComponentArgs,
    tags: Record<string, string>,
  ): pulumi.Output<string> {
    const child = { parent: this };
    const key = new tls.PrivateKey(
      `${name}-certificate-key`,
      { algorithm: "RSA", rsaBits: 2048 },
      child,
    );
    const selfSigned = new tls.SelfSignedCert(
      `${name}-self-signed`,
      {
        privateKeyPem: key.privateKeyPem,
        subject: { commonName: domainName },
        dnsNames: [domainName],
        allowedUses: ["digital_signature", "key_encipherment", "server_auth"],
        validityPeriodHours: certificateHours.validity,
        earlyRenewalHours: certificateHours.earlyRenewal,
      },
      child,
    );
    return new acm.Certificate(
      `${name}-certificate`,
      {
        ...regional(context),
        certificateBody: selfSigned.certPem,
        privateKey: key.privateKeyPem,
        tags,
      },
      child,
    ).arn;
  }
}
