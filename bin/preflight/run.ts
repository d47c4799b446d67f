import { oneLine } from "../../lib/core/printable";
import type { Check, Context } from "./check";
import { asked } from "./finding";
import type { Finding } from "./finding";

/** What a check found. */
export interface CheckResult {
  readonly check: string;
  readonly findings: readonly Finding[];
}

/**
 * Runs the checks at once, each failing alone, and returns what they find in their order.
 *
 * @param onProgress - Called as checks end, with those that are still under way.
 */
export async function runChecks(
  checks: readonly Check[],
  context: Context,
  onProgress: (done: number, waitingFor: readonly string[]) => void = () => undefined,
): Promise<CheckResult[]> {
  const waitingFor = new Set(checks.map(({ name }) => name));
  const report = () => {
    onProgress(checks.length - waitingFor.size, [...waitingFor]);
  };
  report();
  return Promise.all(
    checks.map(async ({ name, permissions, run }) => {
      const findings = await asked(name, permissions, () => run(context));
      waitingFor.delete(name);
      report();
      return { check: name, findings: united(findings.map(printed)) };
    }),
  );
}

/** Findings of which only what they are about differs, as one: one call that is refused concerns several. */
function united(findings: readonly Finding[]): Finding[] {
  const found: Finding[] = [];
  for (const finding of findings) {
    const { level, what, where, whatToDo } = finding;
    const at = found.findIndex(
      (one) => level === "warning" && one.what === what && one.whatToDo === whatToDo,
    );
    const known = found[at];
    if (known === undefined) found.push(finding);
    else found[at] = { ...known, where: `${known.where}, ${where}` };
  }
  return found;
}

/** What AWS says is in the findings: none of it may pass for another line of the report. */
function printed({ level, what, where, whatToDo }: Finding): Finding {
  return {
    level,
    what: oneLine(what),
    where: oneLine(where),
    ...(whatToDo !== undefined && { whatToDo: oneLine(whatToDo) }),
  };
}
