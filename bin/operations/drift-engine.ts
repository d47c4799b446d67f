import type {
  EngineEvent,
  LocalWorkspaceOptions,
  PulumiFn,
  Stack,
} from "@pulumi/pulumi/automation";
import { CommandError, root } from "./command";
import { driftOfProgram, driftOnAws } from "./drift";
import type { Drift } from "./drift";

/**
 * A deployed stack with the program that would update it, for read-only operations: it does not become
 * the current stack of the workspace.
 *
 * @throws {@link CommandError} if there is no Pulumi CLI or it is too old.
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
    throw explained(error, name, []);
  }
}

/** Called as work progresses: what is done, and with how many resources so far. */
export type OnProgress = (what: string, resources: number) => void;

/**
 * The differences of a stack between AWS and its state, and between its state and its program, by URN. Read-only.
 *
 * @throws {@link CommandError} if one of them cannot be determined.
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
    throw explained(error, stack.name, errors);
  }
  // the engine works on many resources at once
  return found.sort((one, other) => one.urn.localeCompare(other.urn));
}

const signIn =
  "Sign in with `pulumi login`, or set PULUMI_BACKEND_URL (and PULUMI_ACCESS_TOKEN for Pulumi Cloud).";

/** The meaning of the CLI's errors for the user of the command, in the order in which they are matched. */
const explanations: readonly (readonly [pattern: RegExp, message: (stack: string) => string])[] = [
  [
    /spawn \S+ ENOENT/,
    () =>
      "The Pulumi CLI cannot be started; install it (https://www.pulumi.com/docs/install/) or put it on PATH.",
  ],
  [
    /no stack named/,
    (stack) =>
      `There is no stack ${stack} in this backend; \`pulumi stack ls\` lists those that it has, \`pulumi whoami -v\` names it.`,
  ],
  [
    /PULUMI_ACCESS_TOKEN must be set|pulumi login/,
    () => `Not signed in to a Pulumi backend. ${signIn}`,
  ],
  [
    /passphrase/i,
    () =>
      "The stack's passphrase is wrong or missing: set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE.",
  ],
  [
    /currently locked by|Another update is currently in progress/,
    (stack) => `${stack} is being updated: try again when that has ended.`,
  ],
];

function explained(error: unknown, stack: string, errors: readonly string[]): CommandError {
  const text = error instanceof Error ? error.message : String(error);
  const explanation = explanations.find(([pattern]) => pattern.test(text));
  if (explanation !== undefined) return new CommandError(explanation[1](stack), { cause: error });
  // an error of the program is reported twice, once with its stack trace
  const messages = errors.filter((line) => !line.startsWith("Unhandled exception"));
  const lines = messages.length > 0 ? messages : (text.match(/^\s*error: .*/gm) ?? [text]);
  const message = [...new Set(lines.map((line) => line.trim()))].join("\n");
  return new CommandError(`${stack} could not be compared:\n${message}`, { cause: error });
}
