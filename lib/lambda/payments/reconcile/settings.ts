import { integer, required } from "../../aws/environment";

/** The deployment's settings of the reconciliation. */
export interface Settings {
  readonly table: string;
  /** Within how many days the rolling sweep covers everything. */
  readonly sweepDays: number;
  /** Minutes between two runs of the schedule. */
  readonly everyMinutes: number;
  /** Shards of the status index that may hold payments. */
  readonly statusShards: number;
}

/**
 * The settings in the function's environment.
 *
 * @throws if a variable is missing or out of bounds.
 */
export function readSettings(): Settings {
  return {
    table: required("TABLE_NAME"),
    sweepDays: integer("SWEEP_DAYS", 1, 365),
    everyMinutes: integer("EVERY_MINUTES", 1, 1_440),
    statusShards: integer("STATUS_SHARDS_READ", 1, 200),
  };
}
