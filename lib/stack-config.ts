import * as pulumi from "@pulumi/pulumi";
import { closest } from "fastest-levenshtein";
import { ConfigurationError, parseEnvironmentConfig, settingsSchema } from "./config";
import type { ConfigurationProblem, EnvironmentConfig } from "./config";

/** What a stack's file configures. */
export interface StackConfig {
  readonly config: EnvironmentConfig;
  /**
   * The database's master password, where the stack sets one (`pulumi config set dbPassword --secret`);
   * otherwise RDS makes, keeps and rotates it.
   */
  readonly dbPassword?: pulumi.Output<string>;
}

const sections = Object.keys(settingsSchema.shape);
const knownKeys = ["environment", "environmentSuffix", "dbPassword", ...sections];

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
  const problems: ConfigurationProblem[] = unknownKeys(config.name);

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

function unknownKeys(namespace: string): ConfigurationProblem[] {
  return Object.keys(pulumi.runtime.allConfig())
    .filter((key) => key.startsWith(`${namespace}:`))
    .map((key) => key.slice(namespace.length + 1))
    .filter((key) => !knownKeys.includes(key))
    .map((key) => ({
      key,
      message: `unknown key; did you mean ${closest(key, knownKeys)}? Allowed: ${knownKeys.join(", ")}`,
    }));
}

/** The value itself is never part of the message. */
function passwordProblems(password: string): ConfigurationProblem[] {
  if (password === "" || passwordPattern.test(password)) return [];
  const message = `found ${String(password.length)} characters that RDS refuses; allowed: 8 to 128 printable ones but / " @ and space`;
  return [{ key: "dbPassword", message }];
}
