import * as pulumi from "@pulumi/pulumi";
import { ConfigurationError, found, unknownKey } from "./core/configuration";
import type { ConfigurationProblem } from "./core/configuration";
import { maxSuffixLength, suffixPattern } from "./core/names";
import type { Overrides } from "./foundation/part";
import { modules } from "./modules";
import { environmentTypes } from "./types";
import type { EnvironmentType, StackNames } from "./types";

/** An environment's settings by section, as the foundation and the modules declare them. */
export type EnvironmentSettings = ReturnType<typeof modules.defaults>;

/** The typed configuration of one stack: its environment, its suffix and every setting. */
export type EnvironmentConfig = StackNames & EnvironmentSettings;

/** Some of the settings, down to the single key; what is absent keeps the environment's value. */
export type SettingsOverrides = Overrides<EnvironmentSettings>;

/** What a stack's file configures. */
export interface StackConfig {
  readonly config: EnvironmentConfig;
  /**
   * The database's master password, where the stack sets one (`pulumi config set dbPassword --secret`);
   * otherwise RDS generates, stores and rotates it.
   */
  readonly dbPassword?: pulumi.Output<string>;
}

/** The settings of each environment's own stack, before that overrides any. */
export const environmentSettings: Readonly<Record<EnvironmentType, EnvironmentSettings>> = {
  dev: defaultsOf("dev"),
  staging: defaultsOf("staging"),
  prod: defaultsOf("prod"),
};

function defaultsOf(environment: EnvironmentType): EnvironmentSettings {
  return modules.defaults({ environment, environmentSuffix: environment });
}

/**
 * The configuration of an environment.
 *
 * @param environment - What the stack is shaped like.
 * @param options - The suffix of physical names (by default the environment) and settings that differ.
 * @throws {@link ConfigurationError} listing every key with a value that is not allowed.
 *
 * @example
 * ```ts
 * import { getEnvironmentConfig } from "payment-stack";
 *
 * const config = getEnvironmentConfig("staging", {
 *   environmentSuffix: "eu",
 *   overrides: { database: { instanceClass: "db.t4g.large" }, logs: { retentionDays: 60 } },
 * });
 * export const natGateways = config.network.natGateways;
 * ```
 */
export function getEnvironmentConfig(
  environment: EnvironmentType,
  options: { environmentSuffix?: string; overrides?: SettingsOverrides } = {},
): EnvironmentConfig {
  const { config, problems } = parseEnvironmentConfig(
    environment,
    options.environmentSuffix ?? environment,
    options.overrides ?? {},
  );
  if (config === undefined) throw new ConfigurationError(problems);
  return config;
}

/** As {@link getEnvironmentConfig}, but of values that may be anything, and returning the problems. */
export function parseEnvironmentConfig(
  environment: unknown,
  environmentSuffix: string,
  overrides: Readonly<Record<string, unknown>>,
): { config?: EnvironmentConfig; problems: readonly ConfigurationProblem[] } {
  const suffixes = suffixProblems(environmentSuffix);
  if (!isEnvironment(environment)) {
    const message = `found ${found(environment)}; allowed: ${environmentTypes.join(", ")}`;
    return { problems: [{ key: "environment", message }, ...suffixes] };
  }
  // a suffix that is refused is reported once, not again for each name made of it
  const suffix = suffixes.length > 0 ? environment : environmentSuffix;
  const names: StackNames = { environment, environmentSuffix: suffix };
  const { settings, problems } = modules.settings(names, overrides);
  const all = [...suffixes, ...problems];
  return settings === undefined || all.length > 0
    ? { problems: all }
    : { config: { ...names, ...settings }, problems: all };
}

/** RDS: 8 to 128 printable ASCII characters but `/`, `"`, `@` and space. */
const passwordPattern = /^[!#-.0-?A-~]{8,128}$/;

/**
 * Reads `Pulumi.<stack>.yaml` through Pulumi's configuration.
 *
 * @throws {@link ConfigurationError} listing every problem of every key, before anything is registered.
 *
 * @example
 * ```ts
 * import { PaymentStack, readStackConfig } from "payment-stack";
 *
 * const { config, dbPassword } = readStackConfig();
 * new PaymentStack("payments", { config, ...(dbPassword !== undefined && { dbPassword }) });
 * ```
 */
export function readStackConfig(): StackConfig {
  const config = new pulumi.Config();
  const sections = Object.keys(modules.schema.shape);
  const problems = unknownKeys(config.name, [
    ...["environment", "environmentSuffix", "dbPassword"],
    ...sections,
  ]);

  const overrides: Record<string, unknown> = {};
  for (const section of sections) {
    try {
      const value = config.getObject<unknown>(section);
      if (value !== undefined) overrides[section] = value;
    } catch {
      problems.push({
        key: section,
        message: `found ${JSON.stringify(config.get(section))}; allowed: a map of keys`,
      });
    }
  }
  // not through config.get: that warns of reading a secret in clear, which validating it must do
  const password = pulumi.runtime.allConfig()[`${config.name}:dbPassword`] ?? "";
  problems.push(...passwordProblems(password));

  const suffix = config.get("environmentSuffix") ?? "";
  const parsed = parseEnvironmentConfig(
    config.get("environment"),
    suffix === "" ? pulumi.getStack() : suffix,
    overrides,
  );
  problems.push(...parsed.problems);
  if (parsed.config === undefined || problems.length > 0) throw new ConfigurationError(problems);
  return password === ""
    ? { config: parsed.config }
    : { config: parsed.config, dbPassword: config.requireSecret("dbPassword") };
}

function unknownKeys(namespace: string, known: readonly string[]): ConfigurationProblem[] {
  return Object.keys(pulumi.runtime.allConfig())
    .filter((key) => key.startsWith(`${namespace}:`))
    .map((key) => key.slice(namespace.length + 1))
    .filter((key) => !known.includes(key))
    .map((key) => unknownKey([], key, known));
}

/** The value itself is never part of the message. */
function passwordProblems(password: string): ConfigurationProblem[] {
  if (password === "" || passwordPattern.test(password)) return [];
  const message = `found ${String(password.length)} characters that RDS refuses; allowed: 8 to 128 printable ones but / " @ and space`;
  return [{ key: "dbPassword", message }];
}

function isEnvironment(value: unknown): value is EnvironmentType {
  return environmentTypes.some((environment) => environment === value);
}

function suffixProblems(suffix: string): ConfigurationProblem[] {
  const key = "environmentSuffix";
  if (suffix.length > maxSuffixLength) {
    const message =
      `found ${found(suffix)} with ${String(suffix.length)} characters; allowed: at most ` +
      `${String(maxSuffixLength)}, or names of roles (64), buckets (63) and databases (63) get too long`;
    return [{ key, message }];
  }
  if (!suffixPattern.test(suffix)) {
    const message = `found ${found(suffix)}; allowed: lower-case letters, digits and single hyphens, a letter first`;
    return [{ key, message: `${message} (by default it is the stack's name)` }];
  }
  return [];
}
