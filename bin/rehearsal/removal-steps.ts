import { CommandError } from "../operations/command";
import { findLeftovers } from "./leftovers";
import type { Rehearsal } from "./rehearsal";
import type { Step } from "./run-steps";

/** What was made is removed, whatever has failed, and nothing of it is left. */
export function removalSteps(rehearsal: Rehearsal): Step[] {
  const { engine, stack } = rehearsal;
  return [
    {
      name: "destroy",
      limitMinutes: 60,
      isAlwaysRun: true,
      run: async (signal) => {
        if (!(await engine.stacks()).includes(stack)) return "there is no stack";
        const { changes } = await engine.destroy(stack, signal);
        return `${String(changes.length)} resources deleted`;
      },
    },
    {
      name: "leftovers",
      limitMinutes: 20,
      isAlwaysRun: true,
      run: (signal) => searchFor(stack, rehearsal, signal),
    },
  ];
}

/**
 * Searches for what is left of a stack that was destroyed.
 *
 * @returns what may stay, and why.
 * @throws {@link CommandError} that names what may not.
 */
export async function searchFor(
  stack: string,
  { clients, patience }: Pick<Rehearsal, "clients" | "patience">,
  signal: AbortSignal,
): Promise<string> {
  const found = await findLeftovers({ clients, stack, patience, signal });
  const left = found.filter(({ kept }) => kept === undefined).map(({ what }) => what);
  if (left.length > 0)
    throw new CommandError(`${String(left.length)} left of ${stack}:\n${left.join("\n")}`);
  return ["nothing is left", ...found.map(({ what, kept = "" }) => `${what} ${kept}`)].join("; ");
}
