import { catalogue } from "../../lib/catalogue";
import type { Step } from "./stack";

/** Types of what holds data, or without which data cannot be read. */
export const dataHolders: readonly string[] = Object.keys(catalogue).filter(
  (type) => catalogue[type]?.holdsData,
);

/** Steps that would lose data. */
export function losses(steps: readonly Step[]): Step[] {
  return steps.filter(
    ({ op, type }) => dataHolders.includes(type) && (op === "replace" || op === "delete"),
  );
}
