import { catalogue } from "../catalogue";
import { isInStateOnly } from "../catalogue/state-only";

/** Resource types that cost nothing by themselves, and why. */
export const freeTypes: ReadonlyMap<string, string> = new Map(
  Object.entries(catalogue).flatMap(([type, { cost }]) =>
    cost === "charged" ? [] : [[type, cost.free]],
  ),
);

/** Why a type costs nothing; undefined if it is charged or not known. */
export function whyFree(type: string): string | undefined {
  if (type.startsWith("payments:")) return "a component: its children are charged";
  return isInStateOnly(type) ? "exists in Pulumi's state only" : freeTypes.get(type);
}
