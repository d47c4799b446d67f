export { ConfigurationError, getEnvironmentConfig } from "./config";
export type {
  ConfigurationProblem,
  EnvironmentConfig,
  EnvironmentSettings,
  SettingsOverrides,
} from "./config";
export { environmentSettings } from "./environments";
export { PaymentStack } from "./payment-stack";
export type { PaymentStackOutputs } from "./outputs";
export type { PaymentStackArgs } from "./payment-stack";
export { program } from "./program";
export { readStackConfig } from "./stack-config";
export type { StackConfig } from "./stack-config";
export { environmentTypes } from "./types";
export type { EnvironmentType, NameScope, StackContext, TagsConfig, Transform } from "./types";
