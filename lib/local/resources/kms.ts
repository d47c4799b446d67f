import {
  CreateAliasCommand,
  CreateKeyCommand,
  DeleteAliasCommand,
  EnableKeyRotationCommand,
  ScheduleKeyDeletionCommand,
} from "@aws-sdk/client-kms";
import * as z from "zod";
import type { ResourceTypes } from "../resource";
import {
  arnOf,
  creator,
  flag,
  ignoredOnCreate,
  number,
  policy,
  required,
  tags,
  text,
} from "./creator";
import { byId, deletion } from "./deletion";

const key = creator(
  {
    description: text,
    policy: policy.optional(),
    enableKeyRotation: flag,
    rotationPeriodInDays: number,
    deletionWindowInDays: ignoredOnCreate,
    multiRegion: flag,
    bypassPolicyLockoutSafetyCheck: flag,
    tags,
  },
  async (args, cloud) => {
    const { kms } = cloud.clients;
    const { KeyMetadata } = await kms.send(
      new CreateKeyCommand({
        Description: args.description,
        Policy: args.policy,
        MultiRegion: args.multiRegion,
        BypassPolicyLockoutSafetyCheck: args.bypassPolicyLockoutSafetyCheck,
        Tags:
          args.tags &&
          Object.entries(args.tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
      }),
    );
    const keyId = required(KeyMetadata?.KeyId, "KeyId");
    if (args.enableKeyRotation === true) {
      await kms.send(
        new EnableKeyRotationCommand({
          KeyId: keyId,
          RotationPeriodInDays: args.rotationPeriodInDays,
        }),
      );
    }
    return { id: keyId, outputs: { keyId, arn: required(KeyMetadata?.Arn, "Arn") } };
  },
);

const alias = creator({ name: z.string(), targetKeyId: z.string() }, async (args, cloud) => {
  await cloud.clients.kms.send(
    new CreateAliasCommand({ AliasName: args.name, TargetKeyId: args.targetKeyId }),
  );
  return {
    id: args.name,
    outputs: {
      arn: arnOf(cloud, "kms", args.name),
      targetKeyArn: arnOf(cloud, "kms", `key/${args.targetKeyId}`),
    },
  };
});

/** KMS. */
export const kmsTypes: ResourceTypes = {
  "aws:kms/key:Key": {
    create: key,
    replacedBy: [
      "customKeyStoreId",
      "customerMasterKeySpec",
      "keyUsage",
      "multiRegion",
      "xksKeyId",
    ],
    delete: deletion(
      { ...byId, deletionWindowInDays: z.number().optional() },
      ({ id, deletionWindowInDays }, { clients: { kms } }) =>
        kms.send(
          new ScheduleKeyDeletionCommand({ KeyId: id, PendingWindowInDays: deletionWindowInDays }),
        ),
    ),
  },
  "aws:kms/alias:Alias": {
    create: alias,
    replacedBy: ["name"],
    delete: deletion(byId, ({ id }, { clients: { kms } }) =>
      kms.send(new DeleteAliasCommand({ AliasName: id })),
    ),
  },
};
