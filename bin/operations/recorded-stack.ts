import { stackGraph } from "../../lib/comparison/graph-file";
import type { StackGraph } from "../../lib/comparison/graph-file";
import type { ConfiguredStack } from "../../lib/comparison/settings";
import { ConfigurationError } from "../../lib/core/configuration";
import type { EnvironmentConfig } from "../../lib/config";
import type { ProgramGraph } from "../../lib/graph/program-graph";
import { readStackFile } from "../../lib/core/stack-file";
import type { StackFile } from "../../lib/core/stack-file";
import { CommandError, root } from "./command";
import { log } from "./terminal";

// Pulumi's SDK takes seconds to load, which help and refusals need not wait for: hence the dynamic imports

/**
 * A stack's configuration, with what its file sets.
 *
 * @throws `UserError` if there is no such stack or its configuration is refused.
 */
export function configuredStack(stack: string): Promise<ConfiguredStack> {
  const { project, config } = stackFile(stack);
  return explained(stack, async () => {
    const [{ record }, { readStackConfig }] = await Promise.all([
      import("../../lib/graph/record.js"),
      import("../../lib/config.js"),
    ]);
    const { result } = await record(readStackConfig, { project, stack, config });
    return { stack, config: result.config };
  });
}

/**
 * What a stack's program registers, with no cloud and no Pulumi CLI, in a form that can be saved.
 *
 * @param chosen - Optional modules to switch on.
 * @throws `UserError` if there is no such stack or module, or its configuration is refused.
 */
export async function recordStack(
  stack: string,
  chosen: readonly string[] = [],
): Promise<StackGraph> {
  const { graph, project } = await recordGraph(stack, chosen);
  const { environment, environmentSuffix } = graph.result;
  return stackGraph(graph, { project, stack, environment, environmentSuffix });
}

/** A stack's graph as it was recorded. */
export interface RecordedStack {
  readonly graph: ProgramGraph<EnvironmentConfig>;
  readonly project: string;
  /** The region that it deploys to, if its file has it. */
  readonly region: string | undefined;
}

/**
 * What a stack's program registers, with no cloud and no Pulumi CLI, with everything that was recorded.
 *
 * @param chosen - Optional modules to switch on.
 * @param account - The account whose id may be in names, in place of a mocked one.
 * @throws `UserError` if there is no such stack or module, or its configuration is refused.
 */
export function recordGraph(
  stack: string,
  chosen: readonly string[] = [],
  account?: string,
): Promise<RecordedStack> {
  const file = stackFile(stack);
  return explained(stack, async () => {
    await import("../bundle-first.js");
    const [{ program }, { record }, { readStackConfig }, { withModulesOn }] = await Promise.all([
      import("../../lib/program.js"),
      import("../../lib/graph/record.js"),
      import("../../lib/config.js"),
      import("../../lib/modules/switch-on.js"),
    ]);
    const { project, config } = withModulesOn(file, stack, chosen);
    const graph = await record(
      () => {
        program();
        return readStackConfig().config;
      },
      {
        project,
        stack,
        config,
        call: ({ token }) =>
          account !== undefined && token === "aws:index/getCallerIdentity:getCallerIdentity"
            ? { accountId: account }
            : undefined,
      },
    );
    return { graph, project, region: config["aws:region"] };
  });
}

/** Replaces a password that is encrypted: the graph is the same with any, and shows none. */
const anyPassword = "encrypted-in-the-stacks-file";

function stackFile(stack: string): StackFile {
  const file = readStackFile(root, stack);
  const passwordKey = `${file.project}:dbPassword`;
  const others = file.skippedKeys.filter((key) => key !== passwordKey);
  if (others.length > 0) {
    log(
      `Pulumi.${stack}.yaml: left out, because encrypted: ${others.join(", ")}; their defaults are used`,
    );
  }
  const password = file.skippedKeys.includes(passwordKey) ? { [passwordKey]: anyPassword } : {};
  return { ...file, config: { ...file.config, ...password } };
}

async function explained<T>(stack: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw new CommandError(`Pulumi.${stack}.yaml: ${error.message}`, { cause: error });
  }
}
