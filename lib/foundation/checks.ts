import { reads } from "./check";

/** What can be checked of the foundation of a deployed stack. */
export const foundationChecks = {
  outputs: reads("outputs"),
  network: reads("network"),
  monitoring: reads("monitoring"),
};
