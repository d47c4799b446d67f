import type * as pulumi from "@pulumi/pulumi";
import { EndpointsComponent } from "../components/endpoints";
import { KeysComponent, keysWithUses } from "../components/keys";
import { SecurityGroupsComponent, internet } from "../components/security-groups";
import { VpcComponent } from "../components/vpc";
import type { ExistingNetwork } from "../components/vpc";
import { addressPlan } from "../components/vpc/address-plan";
import { uniteEndpointNeeds } from "../core/endpoint-policy";
import type { NewLogGroup, StackContext } from "../types";
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

/** Registers keys, network, security groups and endpoints, with what the modules need of them. */
export function buildFoundation(
  name: string,
  options: FoundationOptions,
  parent: pulumi.Resource,
): Foundation {
  const { context, settings, needs, network: existing } = options;
  const child = { parent };
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
      },
      prefixLists: { s3: network.s3PrefixListId, dynamodb: network.dynamoDbPrefixListId },
      flows,
    },
    child,
  );
  const groupId = (purpose: string) => declared(groups.ids[purpose], `security group ${purpose}`);
  const endpoints =
    existing === undefined
      ? [
          new EndpointsComponent(
            `${name}-endpoints`,
            {
              context,
              vpcId: network.vpcId,
              subnetIds: network.privateSubnetIds.apply((ids) =>
                ids.slice(0, settings.network.interfaceEndpointZones),
              ),
              securityGroupId: groupId("endpoints"),
              endpoints: interfaces,
            },
            child,
          ),
        ]
      : [];
  return {
    name,
    child,
    context,
    network,
    connections: [network, groups, ...endpoints],
    logs,
    key,
    securityGroup: (purpose) => ({ id: groupId(purpose), arn: groups.arnOf(purpose) }),
    endpointSecurityGroup: {
      id: groupId("endpoints"),
      arn: existing === undefined ? groups.arnOf("endpoints") : undefined,
    },
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
