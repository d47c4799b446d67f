import type * as z from "zod";
import type { StackNames } from "../types";
import type { ConfigurationProblem } from "./configuration";

/** Settings in sections. */
export type Sections = Readonly<Record<string, object>>;

/** What one part of the program, the foundation or a module, adds to the configuration. */
export interface PartSettings<Settings extends Sections> {
  /**
   * Its sections by key, each an object of settings with their meaning (`describe`). Parts may share a section, each
   * with keys of its own in it.
   */
  readonly schema: z.ZodType<Settings> & { readonly shape: z.ZodRawShape };
  /** The values of an environment, which may follow from the stack's names. */
  readonly values: (names: StackNames) => Settings;
  /** What no single key can say: checks between settings, each with the reason that AWS or the program has. */
  readonly problems: (settings: Settings) => readonly ConfigurationProblem[];
}
