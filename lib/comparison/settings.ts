import { environmentTypes } from "../types";
import type { StackNames } from "../types";
import { withoutOwnNames } from "./differences";
import type { PermittedDifference } from "../core/permitted-difference";

/** A stack with the configuration that it really has. */
export interface ConfiguredStack {
  readonly stack: string;
  readonly config: StackNames;
}

/** One setting in every stack. */
export interface ComparedSetting {
  /** As in `Pulumi.<stack>.yaml`: `database.instanceClass`. */
  readonly setting: string;
  /** By stack; absent where a stack has no such key, as with further tags. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The stacks whose file sets another value than their environment has. */
  readonly overriddenIn: readonly string[];
  readonly differs: boolean;
  /** Why it may differ; absent if it does not, or if nothing explains it. */
  readonly why?: string;
}

/** The stacks in the order in which a change reaches them. */
export function inOrder(stacks: readonly ConfiguredStack[]): ConfiguredStack[] {
  const rank = ({ config }: ConfiguredStack) => environmentTypes.indexOf(config.environment);
  return [...stacks].sort((a, b) => rank(a) - rank(b));
}

/**
 * Every setting of every stack side by side, in the order of the configuration.
 *
 * @param defaultsOf - What a stack has if its file sets nothing.
 * @param permitted - What may differ, and why.
 */
export function compareSettings(
  stacks: readonly ConfiguredStack[],
  defaultsOf: (names: StackNames) => StackNames,
  permitted: readonly PermittedDifference[],
): ComparedSetting[] {
  const all = stacks.map(({ stack, config }) => {
    const { environment, environmentSuffix } = config;
    return {
      stack,
      names: { environment, environmentSuffix },
      values: settingsOf(config),
      defaults: settingsOf(defaultsOf({ environment, environmentSuffix })),
    };
  });
  const keys = new Set(all.flatMap(({ values }) => [...values.keys()]));
  return [...keys].map((setting) => {
    const texts = all.map(({ values }) => JSON.stringify(values.get(setting)));
    const differs = new Set(texts).size > 1;
    const neutral = all.map(({ names }, index) => withoutOwnNames(texts[index] ?? "", names));
    const isOwnName = new Set(neutral).size === 1;
    const why = isOwnName ? "the environment's own name" : reasonOf(setting, permitted);
    return {
      setting,
      values: Object.fromEntries(all.map(({ stack, values }) => [stack, values.get(setting)])),
      overriddenIn: all
        .filter(({ defaults }, index) => JSON.stringify(defaults.get(setting)) !== texts[index])
        .map(({ stack }) => stack),
      differs,
      ...(differs && why !== undefined && { why }),
    };
  });
}

/** Whether settings differ that nothing lets differ. */
export function isUnexplainedSetting({ differs, why }: ComparedSetting): boolean {
  return differs && why === undefined;
}

function reasonOf(key: string, permitted: readonly PermittedDifference[]): string | undefined {
  return permitted.find(({ setting }) => key === setting || key.startsWith(`${setting}.`))?.why;
}

/** What is configured besides the stack's own names. */
function settingsOf(config: StackNames): Map<string, unknown> {
  const settings = flattened(config);
  settings.delete("environment");
  settings.delete("environmentSuffix");
  return settings;
}

/** Every setting by its path; a list is one value. */
function flattened(value: object, path: readonly string[] = []): Map<string, unknown> {
  return new Map(
    Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
      const own = [...path, key];
      return typeof inner === "object" && inner !== null && !Array.isArray(inner)
        ? [...flattened(inner, own)]
        : [[own.join("."), inner] as const];
    }),
  );
}
