import * as dynamodb from "@pulumi/aws/dynamodb";
import * as pulumi from "@pulumi/pulumi";
import { resourceName } from "../core/names";
import { namedTags } from "../core/tags";
import { transformed } from "../core/transform";
import type { StackContext, Transform } from "../types";

/** Arguments of {@link IdempotencyTableComponent}. */
export interface IdempotencyTableComponentArgs {
  readonly context: StackContext;
  /** ARN of the key that encrypts the table. */
  readonly keyArn: pulumi.Input<string>;
  readonly transform?: { readonly table?: Transform<dynamodb.TableArgs> };
}

/**
 * The answers that were given under idempotency keys, by the key's hash, for as long as they are replayed.
 * Apart from the payments, so that who reads those meets no record, however many requests come.
 *
 * ### Cost
 *
 * Nothing while idle. Each request that writes takes two write units for every KB of its answer
 * (`dynamodb.writes` 0.625 USD a million), one that is answered from its record two read units for every 4 KB.
 * A GB a month: `dynamodb.storage` 0.25 USD; a record lives for a day or two.
 *
 * @example
 * ```ts
 * import { IdempotencyTableComponent } from "payment-stack";
 *
 * const answers = new IdempotencyTableComponent("answers", { context, keyArn: keys.dataKeyArn });
 * export const answersTable = answers.tableName;
 * ```
 */
export class IdempotencyTableComponent extends pulumi.ComponentResource {
  readonly tableName: pulumi.Output<string>;
  readonly tableArn: pulumi.Output<string>;

  constructor(
    name: string,
    args: IdempotencyTableComponentArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("payments:storage:IdempotencyTable", name, {}, opts);
    const { context, keyArn, transform } = args;
    const tableName = resourceName(context, "idempotency");

    const table = new dynamodb.Table(
      `${name}-idempotency`,
      transformed<dynamodb.TableArgs>(
        {
          name: tableName,
          billingMode: "PAY_PER_REQUEST",
          hashKey: "keyHash",
          attributes: [{ name: "keyHash", type: "S" }],
          ttl: { attributeName: "expirationTime", enabled: true },
          pointInTimeRecovery: { enabled: true },
          serverSideEncryption: { enabled: true, kmsKeyArn: keyArn },
          deletionProtectionEnabled: context.protect,
          tags: namedTags(context.tags, tableName),
        },
        transform?.table,
      ),
      { parent: this, protect: context.protect },
    );

    this.tableName = table.name;
    this.tableArn = table.arn;
    this.registerOutputs({ tableName: this.tableName, tableArn: this.tableArn });
  }
}
