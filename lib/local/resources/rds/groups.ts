import {
  CreateDBParameterGroupCommand,
  CreateDBSubnetGroupCommand,
  DeleteDBParameterGroupCommand,
  DeleteDBSubnetGroupCommand,
  DescribeDBInstancesCommand,
  ModifyDBParameterGroupCommand,
} from "@aws-sdk/client-rds";
import * as z from "zod";
import type { ResourceTypes } from "../../resource";
import { arnOf, creator, ignoredOnCreate, tagList, tags, text } from "../creator";
import { byId, deletion } from "../deletion";
import { refusal } from "../refusal";

const subnetGroup = creator(
  { name: z.string(), description: text, subnetIds: z.array(z.string()), tags },
  async (args, cloud) => {
    await cloud.clients.rds.send(
      new CreateDBSubnetGroupCommand({
        DBSubnetGroupName: args.name,
        DBSubnetGroupDescription: args.description ?? "Managed by Pulumi",
        SubnetIds: args.subnetIds,
        Tags: tagList(args.tags),
      }),
    );
    return { id: args.name, outputs: { arn: arnOf(cloud, "rds", `subgrp:${args.name}`) } };
  },
);

const parameterGroup = creator(
  {
    name: z.string(),
    description: text,
    family: z.string(),
    parameters: z
      .array(
        z.strictObject({
          name: z.string(),
          value: z.string(),
          applyMethod: z.enum(["immediate", "pending-reboot"]).optional(),
        }),
      )
      .optional(),
    skipDestroy: ignoredOnCreate,
    tags,
  },
  async (args, cloud) => {
    const { rds } = cloud.clients;
    await rds.send(
      new CreateDBParameterGroupCommand({
        DBParameterGroupName: args.name,
        DBParameterGroupFamily: args.family,
        Description: args.description ?? "Managed by Pulumi",
        Tags: tagList(args.tags),
      }),
    );
    const { parameters = [] } = args;
    if (parameters.length > 0) {
      await rds.send(
        new ModifyDBParameterGroupCommand({
          DBParameterGroupName: args.name,
          Parameters: parameters.map(({ name, value, applyMethod }) => ({
            ParameterName: name,
            ParameterValue: value,
            ApplyMethod: applyMethod ?? "immediate",
          })),
        }),
      );
    }
    return { id: args.name, outputs: { arn: arnOf(cloud, "rds", `pg:${args.name}`) } };
  },
);

/** Subnet groups and parameter groups. */
export const groupTypes: ResourceTypes = {
  "aws:rds/subnetGroup:SubnetGroup": {
    create: subnetGroup,
    replacedBy: ["name"],
    delete: deletion(byId, ({ id }, { clients: { rds } }) =>
      rds.send(new DeleteDBSubnetGroupCommand({ DBSubnetGroupName: id })),
    ),
  },
  "aws:rds/parameterGroup:ParameterGroup": {
    create: parameterGroup,
    replacedBy: ["name", "description", "family"],
    delete: deletion(byId, async ({ id }, { clients: { rds } }) => {
      const { DBInstances = [] } = await rds.send(new DescribeDBInstancesCommand({}));
      const inUse = DBInstances.some(({ DBParameterGroups = [] }) =>
        DBParameterGroups.some(({ DBParameterGroupName }) => DBParameterGroupName === id),
      );
      // as RDS says it: hashicorp/terraform-provider-aws#6448
      if (inUse) {
        throw refusal(
          "InvalidDBParameterGroupState",
          `One or more database instances are still members of this parameter group ${id}, so the group cannot be deleted`,
        );
      }
      await rds.send(new DeleteDBParameterGroupCommand({ DBParameterGroupName: id }));
    }),
  },
};
