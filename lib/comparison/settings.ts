import type { PermittedDifference } from "../core/permitted-difference";
import { withoutOwnNames } from "../differences";
import { environmentTypes } from "../types";
import type { StackNames } from "../types";

/** A stack with the configuration that it really has. */
export interface ConfiguredStack {
  readonly stack: string;
  readonly config: StackNames;
}

/** What settings are compared with. */
export interface DeclaredSettings {
  /** An environment's own settings. */
  readonly defaults: (names: StackNames) => object;
  readonly permitted: readonly PermittedDifference[];
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

/** Every setting of every stack side by side, in the order of the configuration. */
export function compareSettings(
  stacks: readonly ConfiguredStack[],
  { defaults, permitted }: DeclaredSettings,
): ComparedSetting[] {
  const all = stacks.map(({ stack, config }) => {
    const { environment, environmentSuffix, ...settings } = config;
    const names = { environment, environmentSuffix };
    return { stack, names, values: flattened(settings), defaults: flattened(defaults(names)) };
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
