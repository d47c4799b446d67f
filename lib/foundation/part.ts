import type * as z from "zod";
import type { ConfigurationProblem } from "../core/configuration";
import type { OutputDeclarations } from "../core/outputs";
import type { PermittedDifference } from "../core/permitted-difference";
import type { ModuleUsage } from "../cost/usage";
import type { StackNames } from "../types";
import type { PartApi } from "./api";
import type { Checks } from "./check";
import type { FirstUse } from "./first-use";

/** Settings in sections. */
export type Sections = Readonly<Record<string, object>>;

/** Some of the settings, down to the single key; what is absent stays as it is. */
export type Overrides<Settings extends Sections> = {
  readonly [Section in keyof Settings]?: Partial<Settings[Section]>;
};

/**
 * What one part of the program, the foundation or a module, adds to the configuration.
 *
 * `Known` are all the settings that its checks know: its own, by default.
 */
export interface PartSettings<Settings extends Sections, Known = Settings> {
  /**
   * Its sections by key, each an object of settings with their meaning (`describe`). Parts may share a section, each
   * with keys of its own in it.
   */
  readonly schema: z.ZodType<Settings> & { readonly shape: z.ZodRawShape };
  /** The values of an environment, which may follow from the stack's names. */
  readonly values: (names: StackNames) => Settings;
  /**
   * What no single key can say: checks between settings, or of what the environment demands, each with the reason that
   * AWS or the program has.
   */
  readonly problems: (settings: Known, names: StackNames) => readonly ConfigurationProblem[];
}

/** What a part of the program, the foundation or a module, declares; commands, documents and tests are made of it. */
export interface Part<
  Settings extends Sections,
  Declared extends OutputDeclarations,
  Known = Settings,
> {
  /** The name of its folder: `payments`. */
  readonly name: string;
  readonly settings: PartSettings<Settings, Known>;
  readonly outputs: Declared;
  /** What its settings let differ between the graphs of two environments, and why. */
  readonly differences: readonly PermittedDifference[];
  /** How much its resources are used, which is what they cost. */
  readonly usage: ModuleUsage;
  /** What `npm run check` can check of it in a deployed stack. */
  readonly checks: Checks;
  /** What `npm run local` does with it as soon as it is up; by default nothing. */
  readonly firstUse?: FirstUse;
  /** Its APIs; by default it has none. `npm run docs` documents them, `npm run fuzz` tries them. */
  readonly apis?: readonly PartApi[];
}
