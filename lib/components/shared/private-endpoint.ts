import type * as pulumi from "@pulumi/pulumi";

/** An interface endpoint for `execute-api`, with private DNS: what private APIs are reached by. */
export interface ApiEndpoint {
  /** `vpce-…`. */
  readonly endpointId: pulumi.Input<string>;
  /** Its own name in the whole region, not that in one zone. */
  readonly dnsName: pulumi.Input<string>;
  /** The zone of {@link dnsName}, which an alias record names too; it is AWS's. */
  readonly dnsZoneId: pulumi.Input<string>;
}
