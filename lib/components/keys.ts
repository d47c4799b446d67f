import type { PolicyStatement } from "@pulumi/aws/iam";
import * as kms from "@pulumi/aws/kms";
import * as pulumi from "@pulumi/pulumi";
import { keyAlias } from "../core/names";
import { policyJson } from "../core/policy-document";
import { namedTags } from "../core/tags";
import { transformed } from "../core/transform";
import type { StackContext, Transform } from "../types";

/** Arguments of {@link KeysComponent}. */
export interface KeysComponentArgs {
  readonly context: StackContext;
  readonly transform?: {
    readonly dataKey?: Transform<kms.KeyArgs>;
    readonly databaseKey?: Transform<kms.KeyArgs>;
  };
}

/** Days in which the deletion of a key can be taken back; KMS allows 7 to 30. */
const deletionWindowInDays = 7;

/** What a service does with a key that encrypts its data. */
const useOfKey = [
  "kms:Encrypt",
  "kms:Decrypt",
  "kms:ReEncrypt*",
  "kms:GenerateDataKey*",
  "kms:DescribeKey",
];

/**
 * The stack's own keys: one for what it stores, logs and sends, one for the database. Both rotate
 * yearly; in prod they outlive the stack, for without them its backups are lost.
 *
 * ### Cost
 *
 * Each of the two keys: `kms.key.month` 1 USD, and as much again for each of its first two yearly rotations.
 * 10,000 calls: `kms.requests` 0.03 USD.
 *
 * @example
 * ```ts
 * import { KeysComponent } from "payment-stack";
 *
 * const keys = new KeysComponent("keys", { context });
 * export const dataKey = keys.dataKeyArn;
 * ```
 */
export class KeysComponent extends pulumi.ComponentResource {
  /** Encrypts table, audit bucket, logs, topic and secrets. */
  readonly dataKeyArn: pulumi.Output<string>;
  readonly dataKeyId: pulumi.Output<string>;
  /** Encrypts the database, its backups and its query statistics. */
  readonly databaseKeyArn: pulumi.Output<string>;
  readonly databaseKeyId: pulumi.Output<string>;

  constructor(name: string, args: KeysComponentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("payments:security:Keys", name, {}, opts);
    const { context, transform } = args;

    const dataKey = this.createKey(`${name}-data`, context, {
      purpose: "data",
      description: "table, audit bucket, logs, alarms and secrets",
      statements: [
        ...throughServices(context, ["dynamodb", "s3", "secretsmanager"]),
        logs(context),
        alarms(context),
      ],
      transform: transform?.dataKey,
    });
    const databaseKey = this.createKey(`${name}-rds`, context, {
      purpose: "rds",
      description: "database, backups and query statistics",
      statements: throughServices(context, ["rds"]),
      transform: transform?.databaseKey,
    });

    this.dataKeyArn = dataKey.arn;
    this.dataKeyId = dataKey.keyId;
    this.databaseKeyArn = databaseKey.arn;
    this.databaseKeyId = databaseKey.keyId;
    this.registerOutputs({
      dataKeyArn: this.dataKeyArn,
      databaseKeyArn: this.databaseKeyArn,
    });
  }

  private createKey(
    name: string,
    context: StackContext,
    args: {
      purpose: string;
      description: string;
      statements: PolicyStatement[];
      transform: Transform<kms.KeyArgs> | undefined;
    },
  ): kms.Key {
    const alias = keyAlias(context, args.purpose);
    const kept = { parent: this, protect: context.protect, retainOnDelete: context.protect };
    const key = new kms.Key(
      `${name}-key`,
      transformed<kms.KeyArgs>(
        {
          description: `payments ${context.environment}: ${args.description}`,
          enableKeyRotation: true,
          deletionWindowInDays,
          policy: policyJson([administration(context), ...args.statements]),
          tags: namedTags(context.tags, alias),
        },
        args.transform,
      ),
      kept,
    );
    new kms.Alias(`${name}-key-alias`, { name: alias, targetKeyId: key.keyId }, kept);
    return key;
  }
}

/** The account's own IAM policies decide who administers the key: without this nobody ever could. */
function administration({ aws }: StackContext): PolicyStatement {
  return {
    Sid: "AccountAdministration",
    Effect: "Allow",
    Principal: { AWS: pulumi.interpolate`arn:${aws.partition}:iam::${aws.accountId}:root` },
    Action: "kms:*",
    Resource: "*",
  };
}

/** Whoever of this account may use the service's resource may use the key through that service, and only so. */
function throughServices({ aws }: StackContext, services: readonly string[]): PolicyStatement[] {
  const viaService = services.map(
    (service) => pulumi.interpolate`${service}.${aws.region}.amazonaws.com`,
  );
  const conditions = {
    StringEquals: { "kms:CallerAccount": aws.accountId, "kms:ViaService": viaService },
  };
  return [
    {
      Sid: "UseThroughServices",
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: useOfKey,
      Resource: "*",
      Condition: conditions,
    },
    {
      Sid: "GrantThroughServices",
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: "kms:CreateGrant",
      Resource: "*",
      Condition: { ...conditions, Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}

function logs({ aws }: StackContext): PolicyStatement {
  return {
    Sid: "LogGroupsOfThisAccount",
    Effect: "Allow",
    Principal: { Service: pulumi.interpolate`logs.${aws.region}.amazonaws.com` },
    Action: useOfKey,
    Resource: "*",
    Condition: {
      ArnLike: {
        "kms:EncryptionContext:aws:logs:arn": pulumi.interpolate`arn:${aws.partition}:logs:${aws.region}:${aws.accountId}:log-group:*`,
      },
    },
  };
}

function alarms({ aws }: StackContext): PolicyStatement {
  return {
    Sid: "AlarmsOfThisAccount",
    Effect: "Allow",
    Principal: { Service: "cloudwatch.amazonaws.com" },
    Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
    Resource: "*",
    Condition: { StringEquals: { "aws:SourceAccount": aws.accountId } },
  };
}
