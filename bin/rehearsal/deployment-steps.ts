import { CommandError } from "../operations/command";
import { changeLines } from "./engine";
import type { EngineRun } from "./engine";
import type { Rehearsal } from "./rehearsal";
import type { Step } from "./run-steps";

/** The stack is made, and nothing of it differs from what was asked for. */
export function deploymentSteps({ engine, stack }: Rehearsal): Step[] {
  return [
    {
      name: "up",
      limitMinutes: 45,
      run: async (signal) => {
        const { changes } = await engine.up(stack, signal);
        return `${String(changes.length)} resources created`;
      },
    },
    {
      name: "second up",
      limitMinutes: 15,
      run: async (signal) =>
        unchanged(await engine.up(stack, signal), "a second update would have changed nothing"),
    },
    {
      name: "refresh",
      limitMinutes: 15,
      run: async (signal) =>
        unchanged(await engine.refresh(stack, signal), "AWS has what the state has"),
    },
  ];
}

/** @throws {@link CommandError} that names what was changed. */
function unchanged({ resources, changes }: EngineRun, expected: string): string {
  if (changes.length > 0)
    throw new CommandError(
      `${expected}, but ${String(changes.length)} of ${String(resources)} resources differ:\n${changeLines(changes)}`,
    );
  return `${String(resources)} resources, none changed`;
}
