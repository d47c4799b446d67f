import type { RecordedResource } from "../graph/program-graph";
import { UserError } from "../core/user-error";

/** A dashboard's name and its body, taken apart. */
export interface RegisteredDashboard {
  readonly name: string;
  readonly body: unknown;
}

/**
 * The dashboard that a program registers.
 *
 * @throws `UserError` if there is none or more than one.
 */
export function registeredDashboard(resources: readonly RecordedResource[]): RegisteredDashboard {
  const found = resources.filter(({ type }) => type === "aws:cloudwatch/dashboard:Dashboard");
  const [only] = found;
  if (only === undefined || found.length > 1) {
    throw new UserError(`expected one dashboard, found ${String(found.length)}`);
  }
  const { dashboardName, dashboardBody } = only.inputs;
  return { name: String(dashboardName), body: JSON.parse(String(dashboardBody)) };
}
