import type { ProgramGraph } from "../../lib/graph/program-graph";
import { record } from "../../lib/graph/record";
import { program } from "../../lib/program";
import type { EnvironmentType } from "../../lib/types";

/** What an environment registers as it is in the code, without what a stack's file sets. */
export function recordEnvironment(environment: EnvironmentType): Promise<ProgramGraph> {
  const config = { "payments:environment": environment };
  return record(program, { stack: environment, config });
}
