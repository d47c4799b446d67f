import { foundationChecks } from "./checks";
import { foundationDifferences } from "./differences";
import { foundationOutputs } from "./outputs";
import type { Part } from "./part";
import { foundationSettings } from "./settings";
import type { FoundationSettings } from "./settings";
import { foundationUsage } from "./usage";

/** What every module is built on: keys, network, security groups, endpoints, alarms and dashboard. */
export const foundation: Part<FoundationSettings, typeof foundationOutputs> = {
  name: "foundation",
  settings: foundationSettings,
  outputs: foundationOutputs,
  differences: foundationDifferences,
  usage: foundationUsage,
  checks: foundationChecks,
};
