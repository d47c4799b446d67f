import { CommandError } from "./command";
import type { Target } from "./target";

/** A file of the integration suite that concerns a deployed stack. */
export interface CheckSuite {
  /** Below `tests/integration`, without `.test.ts`. */
  readonly path: string;
  /** Whether it makes payments, or writes to the stack in another way. */
  readonly makesPayments: boolean;
}

const reads = (path: string): CheckSuite => ({ path, makesPayments: false });
const writes = (path: string): CheckSuite => ({ path, makesPayments: true });

/** What can be checked of a deployed stack, by name; the rest of the integration suite concerns none. */
export const checkSuites: Readonly<Record<string, CheckSuite>> = {
  outputs: reads("outputs"),
  network: reads("network"),
  database: reads("database"),
  storage: reads("storage"),
  functions: reads("functions"),
  monitoring: reads("monitoring"),
  payments: writes("payments"),
  audit: writes("audit"),
  payouts: writes("payouts"),
  reconciliation: writes("reconciliation"),
  "dead-letters": writes("dead-letters"),
  "exactly-once": writes("behaviour/exactly-once"),
  interleavings: writes("behaviour/interleavings"),
};

/** What shall be checked. */
export interface Choice {
  /** Names of suites; without, all that only read. */
  readonly only?: readonly string[];
  /** Also those that make payments. */
  readonly payments: boolean;
}

/**
 * The suites' names that a choice means on a stack.
 *
 * @throws {@link CommandError} if there is no such suite, or it would make payments in prod on AWS.
 */
export function chosenSuites(
  { only, payments }: Choice,
  { isLocal, outputs }: Pick<Target, "isLocal" | "outputs">,
): string[] {
  const all = Object.keys(checkSuites);
  const unknown = only?.filter((name) => !all.includes(name)) ?? [];
  if (unknown.length > 0)
    throw new CommandError(
      `There is no suite ${unknown.map((name) => `"${name}"`).join(", ")}. Suites: ${all.join(", ")}`,
    );
  const chosen = all.filter((name) => only?.includes(name) ?? (payments || !makesPayments(name)));
  const writing = chosen.filter(makesPayments);
  if (writing.length > 0 && !isLocal && outputs.environment === "prod")
    throw new CommandError(
      `${outputs.apiEndpoint} is prod on AWS: made-up payments have no place there. ` +
        `They are made by: ${writing.join(", ")}.`,
    );
  return chosen;
}

/** Whether a suite makes payments. */
export function makesPayments(name: string): boolean {
  return checkSuites[name]?.makesPayments === true;
}
