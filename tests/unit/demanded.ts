import type { SettingsOverrides } from "../../lib/config";
import type { EnvironmentType } from "../../lib/types";

/** What a stack of an environment has to set itself: prod's says who hears of its alarms. */
export function demanded(environment: EnvironmentType): SettingsOverrides {
  return environment === "prod" ? { alarms: { emailAddresses: "none" } } : {};
}
