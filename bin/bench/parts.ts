import { measureFunctions } from "./functions";
import { measureRegistration } from "./registration";
import { measureGrowth } from "./growth";
import { measureLocal } from "./local";
import type { MeasurablePart } from "./measure";
import { measureSuite } from "./suite";

/** The parts that can be measured, each by itself. */
export const parts = {
  functions: {
    about: "size, init and warm calls of the functions",
    measure: (runs: number) => measureFunctions(2 * runs + 1),
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
    about: "the phases of `npm run local -- --once`",
    measure: (runs: number) => Promise.resolve(measureLocal(runs)),
  },
} as const satisfies Readonly<Record<string, MeasurablePart>>;

export type Part = keyof typeof parts;

/** Every part, in the order in which they are measured. */
export const partNames = [
  "functions",
  "graph",
  "suite",
  "growth",
  "local",
] as const satisfies Part[];
