import type * as pulumi from "@pulumi/pulumi";
import { ApiEndpointComponent } from "../components/api-endpoint";
import type { ApiEndpoint } from "../components/api-endpoint";
import { EndpointsComponent } from "../components/endpoints";
import { KeysComponent, keysWithUses } from "../components/keys";
import { SecurityGroupsComponent, internet } from "../components/security-groups";
import { VpcComponent } from "../components/vpc";
import type { ExistingNetwork } from "../components/vpc";
import { addressPlan } from "../components/vpc/address-plan";
import { uniteEndpointNeeds } from "../core/endpoint-policy";
import type { NewLogGroup, StackContext } from "../types";
import { UserError } from "../core/user-error";
import { apiEndpointGroup } from "./needs";
import type { FoundationNeeds } from "./needs";
import type { FoundationSettings } from "./settings";

/** A network that is there already and has room for a stack. */
export interface PaymentNetwork extends ExistingNetwork {
  /**
   * The security group of the interface endpoint for Secrets Manager. The endpoint has private DNS, and the
   * group admits the private subnets at 443: that is how the function that migrates the database gets its
   * password.
   *
   * A module that calls the internet, as the storefront does, needs the private subnets to have a way there.
   */
  readonly endpointSecurityGroupId: pulumi.Input<string>;
  /** The interface endpoint for `execute-api`: needed where an API is private. */
  readonly apiEndpoint?: ExistingApiEndpoint;
}

/** An endpoint that a network has already for its private APIs. */
export interface ExistingApiEndpoint extends ApiEndpoint {
  /** The endpoint's group, which admits those who call the APIs at 443. */
  readonly securityGroupId: pulumi.Input<string>;
}

/** A key or a security group. */
interface Named {
  readonly id: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
}

/** What every module is built on. */
export interface Foundation {
  /** The stack's logical name, with which those of its components begin. */
  readonly name: string;
  /** The options of a component: the stack is its parent. */
  readonly child: { readonly parent: pulumi.Resource };
  readonly context: StackContext;
  readonly network: VpcComponent;
  /** What the network's functions need to reach AWS: none is invoked before it is there. */
  readonly connections: pulumi.Resource[];
  /** How a log group is made. */
  readonly logs: NewLogGroup;
  /**
   * A key by its purpose.
   *
   * @throws for one that no part declares.
   */
  readonly key: (purpose: string) => Named;
  /**
   * A security group by its purpose.
   *
   * @throws for one that no part declares.
   */
  readonly securityGroup: (purpose: string) => Named;
  /** The group of the interface endpoints, whose ARN is its owner's, where it was there before. */
  readonly endpointSecurityGroup: {
    readonly id: pulumi.Output<string>;
    readonly arn: pulumi.Output<string> | undefined;
  };
  /**
   * What private APIs are called by.
   *
   * @throws where no part declares that it has one.
   */
  readonly apiEndpoint: () => ApiEndpoint;
}

/** What a foundation is made with. */
export interface FoundationOptions {
  readonly context: StackContext;
  readonly settings: FoundationSettings;
  readonly needs: readonly FoundationNeeds[];
  /** An existing network to deploy to; by default one of its own. */
  readonly network: PaymentNetwork | undefined;
}

/** The key of whatever has none of its own. */
const dataKey = {
  description: "table, audit bucket, logs, alarms and secrets",
  uses: [{ logs: true }, { principal: "cloudwatch", sid: "AlarmsOfThisAccount" }],
} as const;

/**
 * Registers keys, network, security groups and endpoints, with what the modules need of them.
 *
 * @throws `UserError` if an existing network lacks the endpoint of private APIs.
 */
export function buildFoundation(
  name: string,
  options: FoundationOptions,
  parent: pulumi.Resource,
): Foundation {
  const { context, settings, needs, network: existing } = options;
  const child = { parent };
  const hasPrivateApi = needs.some(({ apiEndpoint }) => apiEndpoint === true);
  if (hasPrivateApi && existing !== undefined && existing.apiEndpoint === undefined) {
    throw new UserError(
      "A private API (api.endpoint) is called by an interface endpoint for execute-api, and the given network has none: name it as the network's apiEndpoint.",
    );
  }
  const { s3, dynamodb, ...interfaces } = {
    ...{ s3: [], dynamodb: [] },
    ...uniteEndpointNeeds(...needs.map(({ endpoints = {} }) => endpoints)),
  };

  const keys = new KeysComponent<string>(
    `${name}-keys`,
    {
      context,
      keys: keysWithUses(
        { data: dataKey, ...united(needs.map((one) => one.keys)) },
        ...needs.map(({ keyUses = {} }) => keyUses),
      ),
    },
    child,
  );
  const key = (purpose: string) => ({
    id: declared(keys.ids[purpose], `key ${purpose}`),
    arn: declared(keys.arns[purpose], `key ${purpose}`),
  });
  const flows = needs.flatMap((one) => one.flows ?? []);
  const logs = { retentionDays: settings.logs.retentionDays, keyArn: key("data").arn };
  const network = new VpcComponent(
    `${name}-network`,
    {
      context,
      network:
        existing === undefined
          ? {
              ...addressPlan(settings.network),
              // they carry nothing where nobody calls the internet
              natGateways: flows.some(({ to }) => to === internet)
                ? settings.network.natGateways
                : "none",
              gatewayEndpoints: { s3, dynamodb },
              flowLogs: logs,
            }
          : { existing },
    },
    child,
  );
  const groups = new SecurityGroupsComponent<string, string>(
    `${name}-security-groups`,
    {
      context,
      vpcId: network.vpcId,
      groups: {
        ...united(needs.map(({ securityGroups }) => securityGroups)),
        endpoints:
          existing === undefined
            ? { description: "Interface endpoints of AWS services" }
            : { existing: existing.endpointSecurityGroupId },
        ...(hasPrivateApi && {
          [apiEndpointGroup]:
            existing?.apiEndpoint === undefined
              ? { description: "Interface endpoint of private APIs" }
              : { existing: existing.apiEndpoint.securityGroupId },
        }),
      },
      prefixLists: { s3: network.s3PrefixListId, dynamodb: network.dynamoDbPrefixListId },
      flows: flows.filter(({ to }) => hasPrivateApi || to !== apiEndpointGroup),
    },
    child,
  );
  const groupId = (purpose: string) => declared(groups.ids[purpose], `security group ${purpose}`);
  const subnetIds = network.privateSubnetIds.apply((ids) =>
    ids.slice(0, settings.network.interfaceEndpointZones),
  );
  const endpoints =
    existing === undefined
      ? [
          new EndpointsComponent(
            `${name}-endpoints`,
            {
              context,
              vpcId: network.vpcId,
              subnetIds,
              securityGroupId: groupId("endpoints"),
              endpoints: interfaces,
            },
            child,
          ),
        ]
      : [];
  const newApiEndpoint =
    hasPrivateApi && existing === undefined
      ? new ApiEndpointComponent(
          `${name}-api-endpoint`,
          { context, vpcId: network.vpcId, subnetIds, securityGroupId: groupId(apiEndpointGroup) },
          child,
        )
      : undefined;
  const apiEndpoint = hasPrivateApi ? (existing?.apiEndpoint ?? newApiEndpoint) : undefined;
  return {
    name,
    child,
    context,
    network,
    connections: [
      ...[network, groups, ...endpoints],
      ...(newApiEndpoint === undefined ? [] : [newApiEndpoint]),
    ],
    logs,
    key,
    securityGroup: (purpose) => ({ id: groupId(purpose), arn: groups.arnOf(purpose) }),
    endpointSecurityGroup: {
      id: groupId("endpoints"),
      arn: existing === undefined ? groups.arnOf("endpoints") : undefined,
    },
    apiEndpoint: () => declared(apiEndpoint, "endpoint of private APIs"),
  };
}

/** Maps as one. */
function united<T>(maps: readonly (Readonly<Record<string, T>> | undefined)[]): Record<string, T> {
  return Object.fromEntries(maps.flatMap((map = {}) => Object.entries(map)));
}

function declared<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`no part of the program declares the ${what}`);
  return value;
}
