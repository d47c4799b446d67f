import type {
  EngineEvent,
  LocalWorkspaceOptions,
  PulumiFn,
  Stack,
} from "@pulumi/pulumi/automation";
import { root } from "./command";
import { driftOfProgram, driftOnAws } from "./drift";
import type { Drift } from "./drift";
import { engineError } from "./engine-error";

const failure = "could not be compared";

/**
 * A deployed stack with the program that would update it, for read-only operations: it does not become
 * the current stack of the workspace.
 *
 * @throws `CommandError` if there is no Pulumi CLI or it is too old.
 */
export async function openStack(
  name: string,
  program: PulumiFn,
  options: LocalWorkspaceOptions = { workDir: root },
): Promise<Stack> {
  const { LocalWorkspace, Stack } = await import("@pulumi/pulumi/automation/index.js");
  try {
    const workspace = await LocalWorkspace.create({ ...options, program });
    // every call names the stack; the CLI's `stack select` would be remembered
    workspace.selectStack = () => Promise.resolve();
    return await Stack.select(name, workspace);
  } catch (error) {
    throw engineError(error, name, failure);
  }
}

/** Called as work progresses: what is done, and with how many resources so far. */
export type OnProgress = (what: string, resources: number) => void;

/**
 * The differences of a stack between AWS and its state, and between its state and its program, by URN. Read-only.
 *
 * @throws `CommandError` if one of them cannot be determined.
 */
export async function findDrift(
  stack: Stack,
  onProgress: OnProgress = () => undefined,
): Promise<Drift[]> {
  const errors: string[] = [];
  const found: Drift[] = [];
  const listener = (what: string, driftOf: (event: EngineEvent) => Drift | undefined) => {
    const seen = new Set<string>();
    return (event: EngineEvent) => {
      const { diagnosticEvent, resourcePreEvent } = event;
      if (diagnosticEvent?.severity === "error") errors.push(diagnosticEvent.message);
      if (resourcePreEvent !== undefined)
        onProgress(what, seen.add(resourcePreEvent.metadata.urn).size);
      const drift = driftOf(event);
      if (drift !== undefined) found.push(drift);
    };
  };
  try {
    await stack.previewRefresh({ onEvent: listener("Reading AWS", driftOnAws) });
    await stack.preview({ onEvent: listener("Running the program", driftOfProgram) });
  } catch (error) {
    throw engineError(error, stack.name, failure, errors);
  }
  // the engine works on many resources at once
  return found.sort((one, other) => one.urn.localeCompare(other.urn));
}
