import type * as rds from "@pulumi/aws/rds";

/**
 * What differs from RDS's defaults. `force_ssl` is on by default from PostgreSQL 15, and stays on should
 * that change; its method is RDS's own, because another one alone would show as drift for ever.
 */
export const parameters: NonNullable<rds.ParameterGroupArgs["parameters"]> = [
  { name: "rds.force_ssl", value: "1", applyMethod: "pending-reboot" },
  // changes of the schema are on record
  { name: "log_statement", value: "ddl", applyMethod: "immediate" },
  // releases the locks of a function that dies within a transaction; RDS waits for a day
  { name: "idle_in_transaction_session_timeout", value: "60000", applyMethod: "immediate" },
];
