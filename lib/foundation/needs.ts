import type { EndpointNeeds } from "../core/endpoint-policy";
import type { KeyUse } from "../components/keys/policy";
import type { NewKey } from "../components/keys";
import type { Flow, NewSecurityGroup } from "../components/security-groups";

/** The security group of the endpoint that private APIs are called by, as the end of a flow. */
export const apiEndpointGroup = "api-endpoint";

/** What a module needs of the foundation: the needs of all modules are united before anything is built. */
export interface FoundationNeeds {
  /** Keys beside the foundation's `data`, by purpose. */
  readonly keys?: Readonly<Record<string, NewKey>>;
  /** Further uses of keys, by purpose. */
  readonly keyUses?: Readonly<Record<string, readonly KeyUse[]>>;
  /** What it calls from within the network, by service; `s3` and `dynamodb` have gateway endpoints. */
  readonly endpoints?: EndpointNeeds;
  /** Whether it has a private API, which is called by an endpoint of the network. */
  readonly apiEndpoint?: boolean;
  /** Security groups beside the foundation's `endpoints` and `api-endpoint`, by purpose. */
  readonly securityGroups?: Readonly<Record<string, NewSecurityGroup>>;
  /**
   * Between groups, or from a group to the prefix lists `s3` and `dynamodb`, or to the `internet`. One to
   * `api-endpoint` is left out where no API is private.
   */
  readonly flows?: readonly Flow[];
}
