import { AddPermissionCommand, RemovePermissionCommand } from "@aws-sdk/client-lambda";
import * as z from "zod";
import type { ResourceTypes } from "../../resource";
import { creator, text, uniqueName } from "../creator";
import { deletion } from "../deletion";

const permission = creator(
  {
    action: z.string(),
    function: z.string(),
    principal: z.string(),
    qualifier: text,
    sourceAccount: text,
    sourceArn: text,
    statementId: text,
    statementIdPrefix: text,
  },
  async (args, cloud) => {
    const statementId = uniqueName({
      name: args.statementId,
      namePrefix: args.statementIdPrefix ?? "pulumi-",
    });
    await cloud.clients.lambda.send(
      new AddPermissionCommand({
        FunctionName: args.function,
        StatementId: statementId,
        Action: args.action,
        Principal: args.principal,
        Qualifier: args.qualifier,
        SourceAccount: args.sourceAccount,
        SourceArn: args.sourceArn,
      }),
    );
    return { id: statementId, outputs: { statementId } };
  },
);

/** Who may invoke functions. */
export const permissionTypes: ResourceTypes = {
  "aws:lambda/permission:Permission": {
    create: permission,
    replacedBy: [
      "action",
      "function",
      "principal",
      "qualifier",
      "sourceAccount",
      "sourceArn",
      "statementId",
      "statementIdPrefix",
    ],
    delete: deletion(
      { function: z.string(), statementId: z.string() },
      (permission, { clients: { lambda } }) =>
        lambda.send(
          new RemovePermissionCommand({
            FunctionName: permission.function,
            StatementId: permission.statementId,
          }),
        ),
    ),
  },
};
