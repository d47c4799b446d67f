import type { Comparison, Reason, ResourceChange } from "../compare";
import { isUnexplained } from "../compare";
import { counted } from "../../core/counted";

/** What is compared: one stack with its earlier self, or with another. */
export function title({ between, before, after }: Comparison): string {
  return between === "versions" ? after : `${before} → ${after}`;
}

/** The comparison in one line. */
export function summary(comparison: Comparison): string {
  const { resources, equal, between } = comparison;
  if (resources.length === 0) return `no difference in ${counted(equal, "resource")}`;
  const of = (kind: ResourceChange["change"]) =>
    resources.filter(({ change }) => change === kind).length;
  const counts =
    `${String(of("added"))} added, ${String(of("removed"))} removed, ${String(of("changed"))} changed, ` +
    `${String(equal)} the same`;
  if (between === "versions") return counts;
  const unexplained = resources.filter(isUnexplained).length;
  return `${counts}; ${unexplained === 0 ? "all of it explained" : `${counted(unexplained, "resource")} with differences that nothing explains`}`;
}

/** Every reason that a comparison names, once. */
export function reasons({ resources }: Comparison): Reason[] {
  const all = resources.flatMap(({ reason, arguments: changes }) => [
    reason,
    ...changes.map((change) => change.reason),
  ]);
  const named = all.filter((reason) => reason !== undefined);
  return [...new Map(named.map((reason) => [reason.setting, reason])).values()];
}
