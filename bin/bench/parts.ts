import { measureFunctions } from "./functions";
import { measureRegistration } from "./registration";
import { measureGrowth } from "./growth";
import { measureLocal } from "./local";
import type { MeasurablePart } from "./measure";
import { measureStorefront } from "./storefront";
import { measureSuite } from "./suite";

/** The parts that can be measured, each by itself. */
export const parts = {
  functions: {
    about: "size of the functions, init and warm calls of the payment function",
    measure: (runs: number) => measureFunctions(2 * runs + 1),
  },
  storefront: {
    about: "init and warm calls of the functions behind the storefront's API",
    measure: (runs: number) => measureStorefront(2 * runs + 1),
  },
  graph: {
    about: "time and memory to register every resource of prod",
    measure: (runs: number) => Promise.resolve(measureRegistration(runs)),
  },
  suite: {
    about: "the unit suite and `npm test`, once each",
    measure: () => Promise.resolve(measureSuite()),
  },
  growth: {
    about: "what operations cost at 10^4, 10^5 and 10^6 payments",
    measure: () => measureGrowth(),
  },
  local: {
    about: "the phases of `npm run local -- --once`, and the same with the storefront",
    measure: (runs: number) => Promise.resolve(measureLocal(runs)),
  },
} as const satisfies Readonly<Record<string, MeasurablePart>>;

export type Part = keyof typeof parts;

/** Every part, in the order in which they are measured. */
export const partNames = [
  "functions",
  "storefront",
  "graph",
  "suite",
  "growth",
  "local",
] as const satisfies Part[];
