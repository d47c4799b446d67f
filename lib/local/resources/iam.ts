import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import * as z from "zod";
import type { ResourceTypes } from "../resource";
import { creator, given, later, number, policy, tagList, tags, text, uniqueName } from "./creator";

const role = creator(
  {
    name: text,
    namePrefix: text,
    description: text,
    path: text,
    assumeRolePolicy: policy,
    maxSessionDuration: number,
    permissionsBoundary: text,
    forceDetachPolicies: later,
    tags,
  },
  async (args, cloud) => {
    const name = uniqueName(args);
    const { Role } = await cloud.clients.iam.send(
      new CreateRoleCommand({
        RoleName: name,
        Description: args.description,
        Path: args.path,
        AssumeRolePolicyDocument: args.assumeRolePolicy,
        MaxSessionDuration: args.maxSessionDuration,
        PermissionsBoundary: args.permissionsBoundary,
        Tags: tagList(args.tags),
      }),
    );
    return {
      id: name,
      outputs: { name, arn: given(Role?.Arn, "Arn"), uniqueId: given(Role?.RoleId, "RoleId") },
    };
  },
);

const rolePolicy = creator({ name: z.string(), role: z.string(), policy }, async (args, cloud) => {
  await cloud.clients.iam.send(
    new PutRolePolicyCommand({
      RoleName: args.role,
      PolicyName: args.name,
      PolicyDocument: args.policy,
    }),
  );
  return { id: `${args.role}:${args.name}`, outputs: {} };
});

const rolePolicyAttachment = creator(
  { role: z.string(), policyArn: z.string() },
  async (args, cloud) => {
    await cloud.clients.iam.send(
      new AttachRolePolicyCommand({ RoleName: args.role, PolicyArn: args.policyArn }),
    );
    return { id: `${args.role}/${args.policyArn}`, outputs: {} };
  },
);

const managedPolicy = creator(
  { name: z.string(), description: text, path: text, policy, tags },
  async (args, cloud) => {
    const { Policy } = await cloud.clients.iam.send(
      new CreatePolicyCommand({
        PolicyName: args.name,
        Description: args.description,
        Path: args.path,
        PolicyDocument: args.policy,
        Tags: tagList(args.tags),
      }),
    );
    const arn = given(Policy?.Arn, "Arn");
    return { id: arn, outputs: { arn, policyId: given(Policy?.PolicyId, "PolicyId") } };
  },
);

/** IAM. */
export const iamTypes: ResourceTypes = {
  "aws:iam/role:Role": role,
  "aws:iam/rolePolicy:RolePolicy": rolePolicy,
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": rolePolicyAttachment,
  "aws:iam/policy:Policy": managedPolicy,
};
