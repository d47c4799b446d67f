import type { ProblemStyle } from "./problem";
import type { RouteTable, Schema } from "./route";

/** An API as the toolkit serves it: what all functions of one service have in common. */
export interface Service {
  /** All of its operations, those of other functions too. */
  readonly routes: RouteTable;
  readonly problems: ProblemStyle;
  readonly idempotencyKey: Schema<string>;
  /** The largest body, in bytes. */
  readonly maxBodyBytes: number;
  /** What of a path's parameters may be logged; they are not checked yet. */
  readonly loggedOf?: (
    parameters: Readonly<Record<string, string>>,
  ) => Readonly<Record<string, string>>;
}
