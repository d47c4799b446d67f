import type { OutputDeclaration } from "../../lib/core/outputs";
import { modules } from "../../lib/modules";

/** An output with its name. */
export interface NamedOutput extends OutputDeclaration {
  readonly name: string;
}

/** Outputs that belong together, in the order in which they are declared. */
export interface OutputSection {
  readonly title: string;
  readonly outputs: readonly NamedOutput[];
}

/** The outputs of a stack with every module, by section. */
export function outputSections(): readonly OutputSection[] {
  const sections = new Map<string, NamedOutput[]>();
  for (const [name, declared] of modules.parts.flatMap(({ outputs }) => Object.entries(outputs))) {
    const section = sections.get(declared.section) ?? [];
    sections.set(declared.section, [...section, { name, ...declared }]);
  }
  return [...sections].map(([title, outputs]) => ({ title, outputs }));
}
