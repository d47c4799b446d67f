import type { Part } from "../modules/contract";
import { foundationDifferences } from "./differences";
import { foundationOutputs } from "./outputs";
import { foundationSettings } from "./settings";
import type { FoundationSettings } from "./settings";

/** What every module stands on: keys, network, security groups, endpoints, alarms and dashboard. */
export const foundation: Part<FoundationSettings, typeof foundationOutputs> = {
  name: "foundation",
  settings: foundationSettings,
  outputs: foundationOutputs,
  differences: foundationDifferences,
};
