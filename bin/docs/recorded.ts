import type { ProgramGraph } from "../../lib/graph/program-graph";
import { record } from "../../lib/graph/record";
import { withModulesOn } from "../../lib/modules/switch-on";
import { program } from "../../lib/program";
import type { EnvironmentType } from "../../lib/types";

/**
 * What an environment registers as it is in the code, without what a stack's file sets.
 *
 * @param chosen - Optional modules to switch on.
 */
export function recordEnvironment(
  environment: EnvironmentType,
  chosen: readonly string[] = [],
): Promise<ProgramGraph> {
  // prod demands recipients of its alarms, or to be told that there are none
  const alarms = JSON.stringify({ emailAddresses: "none" });
  const config = { "payments:environment": environment, "payments:alarms": alarms };
  const file = { project: "payments", config, skippedKeys: [] };
  return record(program, {
    stack: environment,
    config: withModulesOn(file, environment, chosen).config,
  });
}
