import * as lambda from "@pulumi/aws/lambda";
import * as pulumi from "@pulumi/pulumi";
import { regional } from "../core/context";
import type { StackContext } from "../types";

/** Arguments of {@link DatabaseMigrationComponent}. */
export interface DatabaseMigrationComponentArgs {
  readonly context: StackContext;
  /** The function that runs the migrations; running it again does nothing more. */
  readonly functionName: pulumi.Input<string>;
  /** Changes with the function's code, and so with the migrations in it. */
  readonly codeHash: pulumi.Input<string>;
  /** Names the instance for good: a database restored or replaced is migrated anew. */
  readonly databaseResourceId: pulumi.Input<string>;
}

/**
 * Runs the schema migrations while the stack is deployed, whenever they or the database are new.
 *
 * ### Cost
 *
 * One invocation of the function.
 *
 * @example
 * ```ts
 * import { DatabaseMigrationComponent } from "payment-stack";
 *
 * new DatabaseMigrationComponent(
 *   "migration",
 *   {
 *     context,
 *     functionName: migrate.functionName,
 *     codeHash: "changes-with-the-migrations",
 *     databaseResourceId: database.resourceId,
 *   },
 *   { dependsOn: [database] },
 * );
 * ```
 */
export class DatabaseMigrationComponent extends pulumi.ComponentResource {
  constructor(
    name: string,
    args: DatabaseMigrationComponentArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("payments:database:Migration", name, {}, opts);
    new lambda.Invocation(
      `${name}-run`,
      {
        ...regional(args.context),
        functionName: args.functionName,
        input: "{}",
        triggers: { code: args.codeHash, database: args.databaseResourceId },
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
