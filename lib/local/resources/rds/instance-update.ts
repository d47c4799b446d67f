import { ModifyDBInstanceCommand } from "@aws-sdk/client-rds";
import * as z from "zod";
import type { UpdateResource } from "../../resource";
import { flag, text } from "../creator";

/** What an update sends to RDS, whether or not it has changed, as the provider does after a change that is pending. */
const sent = z.object({
  identifier: z.string(),
  applyImmediately: flag,
  engineVersion: text,
  allowMajorVersionUpgrade: flag,
  parameterGroupName: text,
  deletionProtection: flag,
  region: text,
});

/** What else may change: only the provider knows it. */
const providersOwn = ["autoMinorVersionUpgrade", "deleteAutomatedBackups", "skipFinalSnapshot"];

/** Changes an instance at once or, but for the guard against its deletion, in its maintenance window. */
export const updateInstance: UpdateResource = async (changed, state, cloud) => {
  const others = Object.keys(changed).filter(
    (name) => !(name in sent.shape || providersOwn.includes(name)),
  );
  if (others.length > 0) throw new Error(`update of ${others.join(", ")} is not implemented`);
  const args = sent.parse(state);
  await cloud.inRegion(args.region).clients.rds.send(
    new ModifyDBInstanceCommand({
      DBInstanceIdentifier: args.identifier,
      ApplyImmediately: args.applyImmediately,
      EngineVersion: args.engineVersion,
      AllowMajorVersionUpgrade: args.allowMajorVersionUpgrade,
      DeletionProtection: args.deletionProtection,
      // it waits with the version of its family; the emulator would take it at once
      ...(args.applyImmediately === true && { DBParameterGroupName: args.parameterGroupName }),
    }),
  );
};
