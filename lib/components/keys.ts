import * as kms from "@pulumi/aws/kms";
import * as pulumi from "@pulumi/pulumi";
import { uniqWith } from "es-toolkit/array/uniqWith";
import { mapValues } from "es-toolkit/object/mapValues";
import { isEqual } from "es-toolkit/predicate/isEqual";
import { regional } from "../core/context";
import { keyAlias } from "../core/names";
import { namedTags } from "../core/tags";
import { transformed } from "../core/transform";
import { keyPolicy } from "./keys/policy";
import type { KeyUse } from "./keys/policy";
import type { StackContext, Transform } from "../types";

/** A key that is to be made. */
export interface NewKey {
  /** What it encrypts. */
  readonly description: string;
  readonly uses: readonly KeyUse[];
}

/** A key that is there already, and whose owner writes its policy. */
export interface ExistingKey {
  /** Its ARN, not that of an alias. */
  readonly existing: pulumi.Input<string>;
}

/**
 * Keys with further uses: those that declare a key need not know everyone who uses it.
 *
 * @param keys - The keys by purpose, with their first uses.
 * @param uses - Further uses by purpose; what a key is used for already is not repeated.
 *
 * @example
 * ```ts
 * import { keysWithUses } from "payment-stack";
 *
 * const keys = keysWithUses(
 *   { data: { description: "tables and queues", uses: [{ through: "dynamodb" }] } },
 *   { data: [{ through: "sqs" }] },
 * );
 * ```
 */
export function keysWithUses<Purpose extends string>(
  keys: Readonly<Record<Purpose, NewKey>>,
  ...uses: readonly Readonly<Partial<Record<NoInfer<Purpose>, readonly KeyUse[]>>>[]
): Record<Purpose, NewKey> {
  return mapValues(keys, (key, purpose) => ({
    ...key,
    uses: uniqWith([...key.uses, ...uses.flatMap((one) => one[purpose] ?? [])], isEqual),
  }));
}

/** Arguments of {@link KeysComponent}. */
export interface KeysComponentArgs<Purpose extends string> {
  readonly context: StackContext;
  /** The keys by purpose, which is part of their aliases: `alias/payment-rds-prod`. */
  readonly keys: Readonly<Record<Purpose, NewKey | ExistingKey>>;
  /** Changes to keys that are made, by purpose. */
  readonly transform?: Readonly<Partial<Record<NoInfer<Purpose>, Transform<kms.KeyArgs>>>>;
}

/** Days in which the deletion of a key can be cancelled; KMS allows 7 to 30. */
const deletionWindowInDays = 7;

/**
 * A stack's own keys, each for a purpose and only for the services that are named. They rotate yearly. Where data
 * outlive the stack (`context.retainData`) the keys do, for without them nobody can read those; their aliases go, so
 * that a stack of the same name can take them.
 *
 * ### Cost
 *
 * Each key: `kms.key.month` 1 USD, and as much again for each of its first two yearly rotations.
 * 10,000 calls: `kms.requests` 0.03 USD.
 *
 * @example
 * ```ts
 * import { KeysComponent } from "payment-stack";
 *
 * const keys = new KeysComponent("keys", {
 *   context,
 *   keys: {
 *     data: { description: "tables and logs", uses: [{ through: "dynamodb" }, { logs: true }] },
 *     rds: { description: "database and backups", uses: [{ through: "rds" }] },
 *   },
 * });
 * export const dataKey = keys.arns.data;
 * ```
 */
export class KeysComponent<Purpose extends string> extends pulumi.ComponentResource {
  /** By purpose. */
  readonly arns: Readonly<Record<Purpose, pulumi.Output<string>>>;
  /** By purpose. */
  readonly ids: Readonly<Record<Purpose, pulumi.Output<string>>>;

  constructor(
    name: string,
    args: KeysComponentArgs<Purpose>,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("payments:security:Keys", name, {}, opts);
    const { context, transform } = args;

    const keys = mapValues(args.keys, (key, purpose) =>
      "existing" in key
        ? existingKey(key)
        : this.createKey(`${name}-${purpose}`, context, { ...key, purpose }, transform?.[purpose]),
    );

    this.arns = mapValues(keys, ({ arn }) => arn);
    this.ids = mapValues(keys, ({ keyId }) => keyId);
    this.registerOutputs({ arns: this.arns, ids: this.ids });
  }

  private createKey(
    name: string,
    context: StackContext,
    { purpose, description, uses }: NewKey & { readonly purpose: string },
    transform: Transform<kms.KeyArgs> | undefined,
  ): kms.Key {
    const alias = keyAlias(context, purpose);
    const key = new kms.Key(
      `${name}-key`,
      transformed<kms.KeyArgs>(
        {
          ...regional(context),
          description: `${context.prefix} ${context.environment}: ${description}`,
          enableKeyRotation: true,
          deletionWindowInDays,
          policy: keyPolicy(context, uses),
          tags: namedTags(context.tags, alias),
        },
        transform,
      ),
      { parent: this, protect: context.protect, retainOnDelete: context.retainData },
    );
    new kms.Alias(
      `${name}-key-alias`,
      { ...regional(context), name: alias, targetKeyId: key.keyId },
      { parent: this },
    );
    return key;
  }
}

function existingKey({ existing }: ExistingKey): Pick<kms.Key, "arn" | "keyId"> {
  const arn = pulumi.output(existing);
  return { arn, keyId: arn.apply((keyArn) => keyArn.replace(/^.*\//, "")) };
}
