import {
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  DeleteSecurityGroupCommand,
  DescribeSecurityGroupsCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from "@aws-sdk/client-ec2";
import type { SecurityGroup } from "@aws-sdk/client-ec2";
import * as z from "zod";
import type { LocalCloud, ResourceTypes } from "../../resource";
import { arnOf, creator, ignoredOnCreate, required, tagList, tags, text } from "../creator";
import { byId, deletion, nothingToDelete } from "../deletion";
import { tagged } from "./tags";

const noRules = z.tuple([]).optional();

/** Revokes every rule that EC2 created in a group by default. */
async function revokeDefaultRules(
  group: SecurityGroup,
  { clients: { ec2 } }: LocalCloud,
): Promise<void> {
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
    revokeRulesOnDelete: ignoredOnCreate,
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
    const id = required(GroupId, "GroupId");
    const { SecurityGroups } = await ec2.send(
      new DescribeSecurityGroupsCommand({ GroupIds: [id] }),
    );
    // as the provider does: what may leave is for rules to allow
    await revokeDefaultRules(required(SecurityGroups?.[0], `security group ${id}`), cloud);
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
    const group = required(SecurityGroups?.[0], "default security group");
    const id = required(group.GroupId, "GroupId");
    await revokeDefaultRules(group, cloud);
    if (args.tags !== undefined) {
      await ec2.send(new CreateTagsCommand({ Resources: [id], Tags: tagList(args.tags) }));
    }
    return {
      id,
      outputs: { arn: arnOf(cloud, "ec2", `security-group/${id}`), name: group.GroupName },
    };
  },
);

/** Security groups. */
export const securityGroupTypes: ResourceTypes = {
  "aws:ec2/securityGroup:SecurityGroup": {
    create: securityGroup,
    replacedBy: ["name", "description", "vpcId"],
    delete: deletion(byId, ({ id }, { clients: { ec2 } }) =>
      ec2.send(new DeleteSecurityGroupCommand({ GroupId: id })),
    ),
  },
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
    create: defaultSecurityGroup,
    replacedBy: ["vpcId"],
    // it is the VPC's
    delete: nothingToDelete,
  },
};
