import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  DescribeSecurityGroupsCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from "@aws-sdk/client-ec2";
import type { SecurityGroup, SecurityGroupRule } from "@aws-sdk/client-ec2";
import * as z from "zod";
import type { CreatedResource, LocalCloud, ResourceTypes } from "../resource";
import { arnOf, creator, given, later, number, tagList, tags, text } from "./creator";
import { tagged } from "./ec2";

const noRules = z.tuple([]).optional();

/** Takes back every rule that EC2 gave a group by itself. */
async function shut(group: SecurityGroup, { clients: { ec2 } }: LocalCloud): Promise<void> {
  const GroupId = group.GroupId;
  const { IpPermissions = [], IpPermissionsEgress = [] } = group;
  if (IpPermissions.length > 0) {
    await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
  }
  if (IpPermissionsEgress.length > 0) {
    await ec2.send(
      new RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions: IpPermissionsEgress }),
    );
  }
}

const securityGroup = creator(
  {
    vpcId: z.string(),
    name: z.string(),
    description: text,
    ingress: noRules,
    egress: noRules,
    revokeRulesOnDelete: later,
    tags,
  },
  async (args, cloud) => {
    const { ec2 } = cloud.clients;
    const { GroupId } = await ec2.send(
      new CreateSecurityGroupCommand({
        VpcId: args.vpcId,
        GroupName: args.name,
        Description: args.description ?? "Managed by Pulumi",
        TagSpecifications: tagged("security-group", args.tags),
      }),
    );
    const id = given(GroupId, "GroupId");
    const { SecurityGroups } = await ec2.send(
      new DescribeSecurityGroupsCommand({ GroupIds: [id] }),
    );
    // as the provider does: what may leave is said by rules
    await shut(given(SecurityGroups?.[0], `security group ${id}`), cloud);
    return { id, outputs: { arn: arnOf(cloud, "ec2", `security-group/${id}`) } };
  },
);

const defaultSecurityGroup = creator(
  { vpcId: z.string(), ingress: noRules, egress: noRules, tags },
  async (args, cloud) => {
    const { ec2 } = cloud.clients;
    const { SecurityGroups } = await ec2.send(
      new DescribeSecurityGroupsCommand({
        Filters: [
          { Name: "vpc-id", Values: [args.vpcId] },
          { Name: "group-name", Values: ["default"] },
        ],
      }),
    );
    const group = given(SecurityGroups?.[0], "default security group");
    const id = given(group.GroupId, "GroupId");
    await shut(group, cloud);
    if (args.tags !== undefined) {
      await ec2.send(new CreateTagsCommand({ Resources: [id], Tags: tagList(args.tags) }));
    }
    return {
      id,
      outputs: { arn: arnOf(cloud, "ec2", `security-group/${id}`), name: group.GroupName },
    };
  },
);

const ruleShape = {
  securityGroupId: z.string(),
  ipProtocol: z.string(),
  fromPort: number,
  toPort: number,
  cidrIpv4: text,
  cidrIpv6: text,
  prefixListId: text,
  referencedSecurityGroupId: text,
  description: text,
  tags,
};

/** A list of one, or none where the rule names no such end. */
function one<T>(end: string | undefined, item: (end: string) => T): T[] | undefined {
  return end === undefined ? undefined : [item(end)];
}

/** What EC2's two calls for rules, in and out, both take. */
function authorization(args: z.output<z.ZodObject<typeof ruleShape>>) {
  const Description = args.description;
  return {
    GroupId: args.securityGroupId,
    IpPermissions: [
      {
        IpProtocol: args.ipProtocol,
        FromPort: args.fromPort,
        ToPort: args.toPort,
        IpRanges: one(args.cidrIpv4, (CidrIp) => ({ CidrIp, Description })),
        Ipv6Ranges: one(args.cidrIpv6, (CidrIpv6) => ({ CidrIpv6, Description })),
        PrefixListIds: one(args.prefixListId, (PrefixListId) => ({ PrefixListId, Description })),
        UserIdGroupPairs: one(args.referencedSecurityGroupId, (GroupId) => ({
          GroupId,
          Description,
        })),
      },
    ],
    TagSpecifications: tagged("security-group-rule", args.tags),
  };
}

function createdRule(rules: SecurityGroupRule[] | undefined, cloud: LocalCloud): CreatedResource {
  const id = given(rules?.[0]?.SecurityGroupRuleId, "SecurityGroupRuleId");
  return {
    id,
    outputs: { securityGroupRuleId: id, arn: arnOf(cloud, "ec2", `security-group-rule/${id}`) },
  };
}

const ingressRule = creator(ruleShape, async (args, cloud) => {
  const { SecurityGroupRules } = await cloud.clients.ec2.send(
    new AuthorizeSecurityGroupIngressCommand(authorization(args)),
  );
  return createdRule(SecurityGroupRules, cloud);
});

const egressRule = creator(ruleShape, async (args, cloud) => {
  const { SecurityGroupRules } = await cloud.clients.ec2.send(
    new AuthorizeSecurityGroupEgressCommand(authorization(args)),
  );
  return createdRule(SecurityGroupRules, cloud);
});

/** EC2: security groups and their rules. */
export const ec2SecurityTypes: ResourceTypes = {
  "aws:ec2/securityGroup:SecurityGroup": securityGroup,
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": defaultSecurityGroup,
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ingressRule,
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": egressRule,
};
