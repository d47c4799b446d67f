import { readStackConfig } from "../config";
import type { StackConfig } from "../config";
import type { StackFile } from "../core/stack-file";
import { record } from "./record";

/**
 * A stack's configuration as its program reads it, with nothing to deploy it to.
 *
 * @throws `ConfigurationError`, listing every problem.
 */
export async function stackConfig(
  stack: string,
  { project, config }: StackFile,
): Promise<StackConfig> {
  const { result } = await record(readStackConfig, { project, stack, config });
  return result;
}
