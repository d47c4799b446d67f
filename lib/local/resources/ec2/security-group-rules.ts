import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from "@aws-sdk/client-ec2";
import type { SecurityGroupRule } from "@aws-sdk/client-ec2";
import * as z from "zod";
import type { CreatedResource, LocalCloud, ResourceTypes } from "../../resource";
import { arnOf, creator, number, required, tags, text } from "../creator";
import { byId, deletion } from "../deletion";
import { tagged } from "./tags";

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
  const id = required(rules?.[0]?.SecurityGroupRuleId, "SecurityGroupRuleId");
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

/** As the provider does; and the emulator revokes a rule together with another of the same ports. */
async function unlessGone(revocation: Promise<unknown>): Promise<void> {
  try {
    await revocation;
  } catch (error) {
    if (!(error instanceof Error && error.name === "InvalidSecurityGroupRuleId.NotFound"))
      throw error;
  }
}

const ruleOfGroup = { ...byId, securityGroupId: z.string() };

/** Rules of security groups. */
export const securityGroupRuleTypes: ResourceTypes = {
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    create: ingressRule,
    replacedBy: ["securityGroupId"],
    delete: deletion(ruleOfGroup, ({ id, securityGroupId }, { clients: { ec2 } }) =>
      unlessGone(
        ec2.send(
          new RevokeSecurityGroupIngressCommand({
            GroupId: securityGroupId,
            SecurityGroupRuleIds: [id],
          }),
        ),
      ),
    ),
  },
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {
    create: egressRule,
    replacedBy: ["securityGroupId"],
    delete: deletion(ruleOfGroup, ({ id, securityGroupId }, { clients: { ec2 } }) =>
      unlessGone(
        ec2.send(
          new RevokeSecurityGroupEgressCommand({
            GroupId: securityGroupId,
            SecurityGroupRuleIds: [id],
          }),
        ),
      ),
    ),
  },
};
