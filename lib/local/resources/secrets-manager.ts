import {
  CreateSecretCommand,
  DeleteSecretCommand,
  PutResourcePolicyCommand,
  PutSecretValueCommand,
} from "@aws-sdk/client-secrets-manager";
import * as z from "zod";
import type { ResourceTypes } from "../resource";
import { creator, ignoredOnCreate, policy, required, tagList, tags, text, texts } from "./creator";
import { byId, deletion, nothingToDelete } from "./deletion";

const secret = creator(
  {
    name: z.string(),
    description: text,
    kmsKeyId: text,
    policy: policy.optional(),
    recoveryWindowInDays: ignoredOnCreate,
    forceOverwriteReplicaSecret: ignoredOnCreate,
    tags,
  },
  async (args, cloud) => {
    const { secretsManager } = cloud.clients;
    const { ARN } = await secretsManager.send(
      new CreateSecretCommand({
        Name: args.name,
        Description: args.description,
        KmsKeyId: args.kmsKeyId,
        Tags: tagList(args.tags),
      }),
    );
    const arn = required(ARN, "ARN");
    if (args.policy !== undefined) {
      await secretsManager.send(
        new PutResourcePolicyCommand({ SecretId: arn, ResourcePolicy: args.policy }),
      );
    }
    return { id: arn, outputs: { arn } };
  },
);

const secretVersion = creator(
  {
    secretId: z.string(),
    secretString: text,
    secretStringWo: text,
    secretStringWoVersion: ignoredOnCreate,
    versionStages: texts,
  },
  async (args, cloud) => {
    const { ARN, VersionId } = await cloud.clients.secretsManager.send(
      new PutSecretValueCommand({
        SecretId: args.secretId,
        SecretString: args.secretString ?? args.secretStringWo,
        VersionStages: args.versionStages,
      }),
    );
    const versionId = required(VersionId, "VersionId");
    return { id: `${args.secretId}|${versionId}`, outputs: { arn: ARN, versionId } };
  },
);

/** Secrets Manager. */
export const secretsManagerTypes: ResourceTypes = {
  "aws:secretsmanager/secret:Secret": {
    create: secret,
    replacedBy: ["name", "namePrefix", "replicas"],
    delete: deletion(
      { ...byId, recoveryWindowInDays: z.number() },
      ({ id, recoveryWindowInDays: days }, { clients: { secretsManager } }) =>
        secretsManager.send(
          new DeleteSecretCommand({
            SecretId: id,
            ...(days === 0 ? { ForceDeleteWithoutRecovery: true } : { RecoveryWindowInDays: days }),
          }),
        ),
    ),
  },
  "aws:secretsmanager/secretVersion:SecretVersion": {
    create: secretVersion,
    replacedBy: ["secretId", "secretString", "secretBinary"],
    delete: nothingToDelete,
  },
};
