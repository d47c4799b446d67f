import * as pulumi from "@pulumi/pulumi";
import { createTable } from "./shared/table";
import type { TableOptions } from "./shared/table";

/** Arguments of {@link IdempotencyTableComponent}. */
export type IdempotencyTableComponentArgs = Pick<
  TableOptions,
  "context" | "purpose" | "keyArn" | "transform"
>;

/**
 * The responses to requests with idempotency keys, by the key's hash, for as long as they are replayed. In a table of
 * their own, so that queries and scans of the data do not read them, however many requests come.
 *
 * ### Cost
 *
 * Nothing while idle. Each request that writes takes two write units for every KB of its response
 * (`dynamodb.writes` 0.625 USD a million), one whose response is replayed two read units for every 4 KB.
 * A GB a month: `dynamodb.storage` 0.25 USD; a record lives for a day or two.
 *
 * @example
 * ```ts
 * import { IdempotencyTableComponent } from "payment-stack";
 *
 * const responses = new IdempotencyTableComponent("responses", {
 *   context,
 *   purpose: "idempotency",
 *   keyArn: keys.arns.data,
 * });
 * export const responsesTable = responses.tableName;
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
