import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";
import { uniqBy } from "es-toolkit/array/uniqBy";
import { mapValues } from "es-toolkit/object/mapValues";
import { regional } from "../core/context";
import { resourceName } from "../core/names";
import { namedTags } from "../core/tags";
import { transformed } from "../core/transform";
import type { StackContext, Transform } from "../types";
import { untilLambdaLetsGo } from "./shared/lambda-interfaces";

/** A group that is to be made. */
export interface NewSecurityGroup {
  /** At most 255 of the characters that EC2 accepts; another one replaces the group. */
  readonly description: string;
}

/** A group that is there already, and stays as it is: who may reach it is for its owner to say. */
export interface ExistingSecurityGroup {
  /** Its id. */
  readonly existing: pulumi.Input<string>;
}

/** Every IPv4 address, as the end of a flow. */
export const internet = "internet";

/** Nothing else that a flow may end at has that name. */
type NoInternet = Readonly<Partial<Record<typeof internet, never>>>;

/** Who may connect to whom, by TCP. */
export interface Flow<Group extends string = string, PrefixList extends string = string> {
  readonly from: Group;
  /** A group, a prefix list, or `internet`: every IPv4 address, which a route to a NAT gateway must lead to. */
  readonly to: Group | PrefixList | typeof internet;
  readonly port: number;
  /** Why: `Functions call PostgreSQL`; at most 255 of the characters that EC2 accepts. */
  readonly description: string;
  /** Distinguishes the flow from another between the same two; part of its rules' names. */
  readonly purpose?: string;
}

/** Arguments of {@link SecurityGroupsComponent}. */
export interface SecurityGroupsComponentArgs<Group extends string, PrefixList extends string> {
  readonly context: StackContext;
  readonly vpcId: pulumi.Input<string>;
  /** The groups by purpose, which is part of their names. */
  readonly groups: Readonly<Record<Group, NewSecurityGroup | ExistingSecurityGroup>> & NoInternet;
  /** The ids of prefix lists, by names of their own, such as a gateway endpoint's: `s3`. */
  readonly prefixLists: Readonly<Record<PrefixList, pulumi.Input<string>>> & NoInternet;
  readonly flows: readonly Flow<NoInfer<Group>, NoInfer<PrefixList>>[];
  /** Changes to groups that are made, by purpose. */
  readonly transform?: Readonly<Partial<Record<NoInfer<Group>, Transform<ec2.SecurityGroupArgs>>>>;
}

/**
 * Who may connect to whom: the flows that are declared, from group to group, to a prefix list or to the internet, and
 * no others. AWS's rule that lets everything out is removed by the provider as it makes a group, so what no flow begins
 * at starts no connection at all.
 *
 * ### Cost
 *
 * None.
 *
 * @example
 * ```ts
 * import { SecurityGroupsComponent } from "payment-stack";
 *
 * const groups = new SecurityGroupsComponent("groups", {
 *   context,
 *   vpcId: network.vpcId,
 *   groups: {
 *     functions: { description: "Functions" },
 *     database: { description: "PostgreSQL" },
 *   },
 *   prefixLists: { s3: network.s3PrefixListId },
 *   flows: [
 *     { from: "functions", to: "database", port: 5432, description: "Functions call PostgreSQL" },
 *     { from: "functions", to: "s3", port: 443, description: "Functions call S3" },
 *   ],
 * });
 * export const functionsMayJoin = groups.ids.functions;
 * ```
 */
export class SecurityGroupsComponent<Group extends string, PrefixList extends string>
  extends pulumi.ComponentResource
{
  /** By purpose. */
  readonly ids: Readonly<Record<Group, pulumi.Output<string>>>;
  private readonly arns: ReadonlyMap<string, pulumi.Output<string>>;

  constructor(
    name: string,
    args: SecurityGroupsComponentArgs<Group, PrefixList>,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("payments:network:SecurityGroups", name, {}, opts);

    const arns = new Map<string, pulumi.Output<string>>();
    this.ids = mapValues(args.groups, (group, purpose) => {
      if ("existing" in group) return pulumi.output(group.existing);
      const { id, arn } = this.createGroup(name, args, purpose, group.description);
      arns.set(purpose, arn);
      return id;
    });
    this.arns = arns;
    // several parts of a program may need the same flow
    for (const flow of uniqBy(args.flows, ({ from, to, port, purpose = "" }) =>
      [from, to, port, purpose].join(" "),
    )) {
      this.allow(name, args, flow);
    }
    this.registerOutputs({ ids: this.ids, arns: Object.fromEntries(arns) });
  }

  /**
   * The ARN of a group that the component made.
   *
   * @throws for one that was there already: its owner knows it.
   */
  arnOf(group: Group): pulumi.Output<string> {
    const arn = this.arns.get(group);
    if (arn === undefined) throw new Error(`the ARN of an existing group is its owner's: ${group}`);
    return arn;
  }

  private createGroup(
    name: string,
    { context, vpcId, transform }: SecurityGroupsComponentArgs<Group, PrefixList>,
    purpose: Group,
    description: string,
  ): ec2.SecurityGroup {
    const groupName = resourceName(context, purpose);
    return new ec2.SecurityGroup(
      `${name}-${purpose}`,
      transformed<ec2.SecurityGroupArgs>(
        {
          ...regional(context),
          name: groupName,
          description,
          vpcId,
          tags: namedTags(context.tags, groupName),
        },
        transform?.[purpose],
      ),
      { parent: this, customTimeouts: untilLambdaLetsGo },
    );
  }

  /** One rule at each end that is a group of the component's own. */
  private allow(
    name: string,
    { context, prefixLists }: SecurityGroupsComponentArgs<Group, PrefixList>,
    { from, to, port, description, purpose }: Flow<Group, PrefixList>,
  ): void {
    const suffix = purpose === undefined ? "" : `-${purpose}`;
    const rule = (ruleName: string) => ({
      ...regional(context),
      description,
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
      tags: namedTags(context.tags, resourceName(context, ruleName)),
    });
    const ends = to === internet ? [from] : [from, to];
    const unknown = ends.find((end) => !(end in this.ids) && !(end in prefixLists));
    if (unknown !== undefined) {
      throw new Error(`a flow names ${unknown}, which is neither a group nor a prefix list`);
    }
    const toGroup = this.isGroup(to);
    if (this.arns.has(from)) {
      const ruleName = `${from}-to-${to}${suffix}`;
      new vpc.SecurityGroupEgressRule(
        `${name}-${ruleName}`,
        {
          securityGroupId: this.ids[from],
          ...(toGroup
            ? { referencedSecurityGroupId: this.ids[to] }
            : to === internet
              ? { cidrIpv4: "0.0.0.0/0" }
              : { prefixListId: prefixLists[to] }),
          ...rule(ruleName),
        },
        { parent: this },
      );
    }
    if (toGroup && this.arns.has(to)) {
      const ruleName = `${to}-from-${from}${suffix}`;
      new vpc.SecurityGroupIngressRule(
        `${name}-${ruleName}`,
        {
          securityGroupId: this.ids[to],
          referencedSecurityGroupId: this.ids[from],
          ...rule(ruleName),
        },
        { parent: this },
      );
    }
  }

  private isGroup(end: Group | PrefixList | typeof internet): end is Group {
    return end in this.ids;
  }
}
