import { catalogue } from "../catalogue";
import { isInStateOnly } from "../catalogue/state-only";

/** How the picture shows a type of resources. */
export function treatmentOf(type: string): "detail" | "drawn" | "unknown" {
  const drawn = isInStateOnly(type) ? "detail" : catalogue[type]?.drawn;
  if (drawn === undefined) return "unknown";
  return drawn === "detail" ? "detail" : "drawn";
}
