import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { PolicyGraph } from "../../lib/policy/policy-graph";
import { readState, stateGraph } from "../../lib/policy/sources/state";
import { root } from "../operations/command";
import type { KnownState } from "./check";

/**
 * What is deployed of a stack: as a file has it, or else as the Pulumi CLI knows it. A stack that its backend does not
 * have has nothing. Without CLI or backend it is not known.
 *
 * @param file - What `pulumi stack export` wrote.
 * @throws `UserError` if the file is no state.
 */
export async function deployedState(stack: string, file?: string): Promise<KnownState> {
  if (file !== undefined) return { graph: readState(file) };
  try {
    const { stdout } = await promisify(execFile)(
      "pulumi",
      ["stack", "export", "--non-interactive", "--stack", stack],
      { cwd: root, maxBuffer: 1024 ** 3, timeout: 60_000 },
    );
    return { graph: stateGraph(JSON.parse(stdout), `the state of ${stack}`) };
  } catch (error) {
    return unreadable(error);
  }
}

function unreadable(error: unknown): KnownState {
  const { message } = error instanceof Error ? error : { message: String(error) };
  if (message.includes("no stack named")) return { graph: new PolicyGraph([]) };
  if (message.includes("ENOENT")) return { unknown: "there is no Pulumi CLI" };
  const [line = message] = /^\s*error: .*/m.exec(message) ?? [];
  return { unknown: line.trim() };
}
