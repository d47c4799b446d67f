import { createHmac } from "node:crypto";
import type * as rds from "@pulumi/aws/rds";
import * as secretsmanager from "@pulumi/aws/secretsmanager";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { regional } from "../../core/context";
import { resourceName } from "../../core/names";
import { namedTags } from "../../core/tags";
import type { StackContext } from "../../types";

/** Days in which a deleted secret of a protected stack can be restored; Secrets Manager allows 7 to 30. */
const recoveryWindowInDays = 30;

/** The arguments of an instance with a given password. */
export type GivenPassword = Required<Pick<rds.InstanceArgs, "passwordWo" | "passwordWoVersion">>;

/**
 * The password as write-only arguments, which the provider passes on and never reads back. What makes the provider
 * write them again is their version, which must differ for another password and reveal nothing about it: a digest
 * under a random key, itself a secret of the state.
 */
export function givenPassword(
  name: string,
  password: pulumi.Input<string>,
  parent: pulumi.Resource,
): GivenPassword {
  const key = new random.RandomBytes(`${name}-password-version-key`, { length: 32 }, { parent });
  const secret = pulumi.secret(password);
  return {
    passwordWo: secret,
    passwordWoVersion: pulumi.all([key.base64, secret]).apply(([base64, text]) => {
      const digest = createHmac("sha256", Buffer.from(base64, "base64")).update(text).digest();
      // Terraform's integers for it are 1 to 2^31 - 1
      return (digest.readUInt32BE() % 0x7fffffff) + 1;
    }),
  };
}

/** What a secret that holds a given password is made with. */
export interface MasterSecretOptions {
  readonly context: StackContext;
  /** Part of the secret's name: `database-master`. */
  readonly purpose: string;
  readonly description: string;
  readonly keyArn: pulumi.Input<string>;
  readonly username: string;
  readonly password: GivenPassword;
  /** The database: its secret names a password only once the database takes it. */
  readonly instance: rds.Instance;
}

/** A secret of the form that RDS gives its own: `{"username": …, "password": …}`. */
export function createMasterSecret(
  name: string,
  options: MasterSecretOptions,
  parent: pulumi.Resource,
): secretsmanager.Secret {
  const { context, username, password } = options;
  const secretName = resourceName(context, options.purpose);
  const secret = new secretsmanager.Secret(
    `${name}-master-secret`,
    {
      ...regional(context),
      name: secretName,
      description: options.description,
      kmsKeyId: options.keyArn,
      // without a window its name is free at once for a stack that is made anew
      recoveryWindowInDays: context.protect ? recoveryWindowInDays : 0,
      tags: namedTags(context.tags, secretName),
    },
    { parent },
  );
  new secretsmanager.SecretVersion(
    `${name}-master-secret-value`,
    {
      ...regional(context),
      secretId: secret.id,
      secretStringWo: pulumi.jsonStringify({ username, password: password.passwordWo }),
      secretStringWoVersion: password.passwordWoVersion,
    },
    { parent, dependsOn: [options.instance] },
  );
  return secret;
}
