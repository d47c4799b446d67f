import type * as apigateway from "@pulumi/aws/apigateway";
import type * as route53 from "@pulumi/aws/route53";
import type * as pulumi from "@pulumi/pulumi";
import type { StackContext, Transform } from "../../types";
import type { ApiEndpoint } from "../shared/private-endpoint";

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

/** Arguments of `ApiDomainComponent`. */
export interface ApiDomainComponentArgs {
  readonly context: StackContext;
  /**
   * `api-prod-123456789012.payments.internal`: at most 253 characters. A regional API's is unique in a region across
   * all accounts.
   */
  readonly domainName: pulumi.Input<string>;
  /** A certificate in the context's region; null imports a self-signed one, which callers must trust explicitly. */
  readonly certificateArn: pulumi.Input<string> | null;
  readonly restApiId: pulumi.Input<string>;
  readonly stageName: pulumi.Input<string>;
  /** What the domain of a private API is reached by; by default the domain is a regional API's. */
  readonly endpoint?: ApiEndpoint;
  /**
   * The zone that resolves the name: a private one for the name alone, known in a network, or an existing one. By
   * default there is none, and a record elsewhere points at the target.
   */
  readonly zone?: NewApiZone | { readonly existing: ExistingApiZone };
  readonly transform?: {
    readonly domain?: Transform<apigateway.DomainNameArgs>;
    readonly zone?: Transform<route53.ZoneArgs>;
  };
}
