import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  DeletePolicyCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import * as z from "zod";
import type { ResourceTypes } from "../resource";
import {
  globalCreator,
  ignoredOnCreate,
  number,
  policy,
  required,
  tagList,
  tags,
  text,
  uniqueName,
} from "./creator";
import { byId, deletion } from "./deletion";

const role = globalCreator(
  {
    name: text,
    namePrefix: text,
    description: text,
    path: text,
    assumeRolePolicy: policy,
    maxSessionDuration: number,
    permissionsBoundary: text,
    forceDetachPolicies: ignoredOnCreate,
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
      outputs: {
        name,
        arn: required(Role?.Arn, "Arn"),
        uniqueId: required(Role?.RoleId, "RoleId"),
      },
    };
  },
);

const rolePolicy = globalCreator(
  { name: z.string(), role: z.string(), policy },
  async (args, cloud) => {
    await cloud.clients.iam.send(
      new PutRolePolicyCommand({
        RoleName: args.role,
        PolicyName: args.name,
        PolicyDocument: args.policy,
      }),
    );
    return { id: `${args.role}:${args.name}`, outputs: {} };
  },
);

const rolePolicyAttachment = globalCreator(
  { role: z.string(), policyArn: z.string() },
  async (args, cloud) => {
    await cloud.clients.iam.send(
      new AttachRolePolicyCommand({ RoleName: args.role, PolicyArn: args.policyArn }),
    );
    return { id: `${args.role}/${args.policyArn}`, outputs: {} };
  },
);

const managedPolicy = globalCreator(
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
    const arn = required(Policy?.Arn, "Arn");
    return { id: arn, outputs: { arn, policyId: required(Policy?.PolicyId, "PolicyId") } };
  },
);

/** IAM. */
export const iamTypes: ResourceTypes = {
  "aws:iam/role:Role": {
    create: role,
    replacedBy: ["name", "namePrefix", "path"],
    delete: deletion(byId, ({ id }, { clients: { iam } }) =>
      iam.send(new DeleteRoleCommand({ RoleName: id })),
    ),
  },
  "aws:iam/rolePolicy:RolePolicy": {
    create: rolePolicy,
    upserts: true,
    replacedBy: ["name", "role"],
    delete: deletion(
      { role: z.string(), name: z.string() },
      ({ role, name }, { clients: { iam } }) =>
        iam.send(new DeleteRolePolicyCommand({ RoleName: role, PolicyName: name })),
    ),
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    create: rolePolicyAttachment,
    replacedBy: ["role", "policyArn"],
    delete: deletion(
      { role: z.string(), policyArn: z.string() },
      ({ role, policyArn }, { clients: { iam } }) =>
        iam.send(new DetachRolePolicyCommand({ RoleName: role, PolicyArn: policyArn })),
    ),
  },
  "aws:iam/policy:Policy": {
    create: managedPolicy,
    replacedBy: ["name", "path", "description"],
    delete: deletion(byId, ({ id }, { clients: { iam } }) =>
      iam.send(new DeletePolicyCommand({ PolicyArn: id })),
    ),
  },
};
