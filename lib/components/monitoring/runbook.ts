/** Where the runbook is, in the repository. */
export const runbookFile = "docs/runbook.md";

/**
 * Where the runbook has the entry of an alarm.
 *
 * @param url - Where the runbook is published; null for its place in the repository.
 * @param purpose - The alarm's, which is the heading of its entry.
 */
export function runbookEntry(url: string | null, purpose: string): string {
  return `${url ?? runbookFile}#${purpose}`;
}
