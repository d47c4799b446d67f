import type { EnvironmentType } from "../../lib/types";
import { program } from "../../lib/program";
import { record } from "../graph";
import type { Graph } from "../graph";
import type { PaymentStackOutputs } from "../../lib/outputs";

/** The program's graph for a stack of an environment, by default the environment's own. */
export function recordProgram(
  environment: EnvironmentType,
  options: { stack?: string; config?: Readonly<Record<string, string>> } = {},
): Promise<Graph<PaymentStackOutputs>> {
  return record(program, {
    stack: options.stack ?? environment,
    config: { "payments:environment": environment, ...options.config },
  });
}
