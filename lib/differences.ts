import { environmentTypes } from "./types";

/** What a program registered of one resource, as far as environments are compared. */
export interface ComparedResource {
  readonly type: string;
  readonly name: string;
  /** The arguments, with every output resolved. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
}

/** One thing in which two graphs differ. */
export interface Difference {
  readonly type: string;
  readonly name: string;
  /** The argument with another value, by path (`lifecycle.rules.0.days`); absent where one graph lacks the resource. */
  readonly argument?: string;
}

/** What may differ between the graphs of two environments, and why. */
export interface PermittedDifference {
  /** The setting in `lib/environments.ts` that it follows from. */
  readonly setting: string;
  readonly why: string;
  /** The resources that may be there or not, by Pulumi type (its module and class: `ec2.NatGateway`). */
  readonly resources?: readonly string[];
  /** The arguments that may have another value, by type; `*` stands for one step of the path. */
  readonly arguments?: Readonly<Record<string, readonly string[]>>;
}

/** Everything that may differ between environments. A test fails when anything else does. */
export const permittedDifferences: readonly PermittedDifference[] = [
  {
    setting: "network.natGateways",
    why: "none in dev, one in staging, one a zone in prod: cost against independence of a zone",
    resources: ["ec2.Eip", "ec2.NatGateway", "ec2.Route"],
  },
  {
    setting: "network.interfaceEndpointZones",
    why: "one zone in dev and staging, all in prod: cost against independence of a zone",
    arguments: { "ec2.VpcEndpoint": ["subnetIds.*"] },
  },
  {
    setting: "waf.enabled",
    why: "prod only: what is not known outside needs no web ACL",
    resources: [
      "wafv2.WebAcl",
      "wafv2.WebAclAssociation",
      "wafv2.WebAclLoggingConfiguration",
      "payments.api.Waf",
    ],
  },
];
