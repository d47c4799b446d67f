import type { StackFile } from "../core/stack-file";
import { environmentTypes } from "../types";
import { modules } from ".";

/**
 * A stack's file as it would be with optional modules switched on: what `--with` means, for one run.
 *
 * @param stack - The stack's name, which names its resources where the file has no suffix for them.
 * @param chosen - The modules' names; `all` stands for every one.
 * @returns the file unchanged where its settings are refused: whoever reads them reports why.
 * @throws `UserError` for a name that no optional module has, listing those that there are.
 */
export function withModulesOn(
  file: StackFile,
  stack: string,
  chosen: readonly string[],
): StackFile {
  const { project, config } = file;
  const valueOf = (key: string) => config[`${project}:${key}`];
  // another one is refused, too, with whatever is switched on
  const environment = environmentTypes.find((type) => type === valueOf("environment")) ?? "prod";
  const suffix = valueOf("environmentSuffix") ?? "";
  const overrides: Readonly<Record<string, unknown>> = Object.fromEntries(
    Object.keys(modules.schema.shape).flatMap((section) => {
      const text = valueOf(section);
      return text === undefined ? [] : [[section, parsed(text)] as const];
    }),
  );
  const names = { environment, environmentSuffix: suffix === "" ? stack : suffix };
  const switched = Object.entries(modules.switchOn(names, overrides, chosen))
    .filter(([section, value]) => value !== overrides[section])
    .map(([section, value]) => [`${project}:${section}`, JSON.stringify(value)] as const);
  return { ...file, config: { ...config, ...Object.fromEntries(switched) } };
}

/** A section as Pulumi has it; what is no JSON is refused as it is. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
