import * as pulumi from "@pulumi/pulumi";
import { createTable } from "./shared/table";
import type { TableOptions } from "./shared/table";

/** Arguments of {@link IdempotencyTableComponent}. */
export type IdempotencyTableComponentArgs = Pick<
  TableOptions,
  "context" | "purpose" | "keyArn" | "transform"
>;

/**
 * The answers that were given under idempotency keys, by the key's hash, for as long as they are replayed.
 * Apart from what the requests are about, so that who reads that meets no record, however many requests come.
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
 * const answers = new IdempotencyTableComponent("answers", {
 *   context,
 *   purpose: "idempotency",
 *   keyArn: keys.arns.data,
 * });
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
    const table = createTable(
      name,
      { ...args, key: { hash: { name: "keyHash", type: "S" } }, ttlAttribute: "expirationTime" },
      this,
    );

    this.tableName = table.name;
    this.tableArn = table.arn;
    this.registerOutputs({ tableName: this.tableName, tableArn: this.tableArn });
  }
}
