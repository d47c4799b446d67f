import type { StackOutputs } from "../../lib/core/outputs-file";
import type { Checks } from "../../lib/foundation/check";
import { CommandError } from "./command";
import type { Target } from "./target";

/** The checks of a deployed stack: the checks of its parts, by name. */
export async function suitesOf(outputs: StackOutputs): Promise<Checks> {
  // Pulumi's SDK takes a second to load, which help and wrong usage need not wait for
  const { modules } = await import("../../lib/modules/index.js");
  return Object.fromEntries(
    modules.partsIn(outputs).flatMap(({ checks }) => Object.entries(checks)),
  );
}

/** What to check. */
export interface Choice {
  /** Names of suites; without, all that only read. */
  readonly only?: readonly string[];
  /** Also those that write: make payments, for example. */
  readonly writes: boolean;
}

/**
 * The stack's suites of a choice.
 *
 * @throws {@link CommandError} if there is no such suite, or it would write to prod on AWS.
 */
export function chosenSuites(
  suites: Checks,
  { only, writes }: Choice,
  { isLocal, outputs }: Pick<Target, "isLocal" | "outputs">,
): Checks {
  const unknown = only?.filter((name) => !Object.hasOwn(suites, name)) ?? [];
  if (unknown.length > 0)
    throw new CommandError(
      `There is no suite ${unknown.map((name) => `"${name}"`).join(", ")}. Suites: ${Object.keys(suites).join(", ")}`,
    );
  const chosen = Object.entries(suites).filter(
    ([name, suite]) => only?.includes(name) ?? (writes || !suite.writes),
  );
  const writing = chosen.filter(([, suite]) => suite.writes).map(([name]) => name);
  if (writing.length > 0 && !isLocal && outputs.environment === "prod")
    throw new CommandError(
      `${outputs.apiEndpoint} is prod on AWS, where no test payments may be made. ` +
        `They are made by: ${writing.join(", ")}.`,
    );
  return Object.fromEntries(chosen);
}
