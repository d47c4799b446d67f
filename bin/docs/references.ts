import { modules } from "../../lib/modules";
import { configurationReference } from "./configuration";
import { measurementsReference } from "./measurements";
import { modulePages, runbook } from "./modules";
import { outputsReference } from "./outputs";
import { rulesReference } from "./rules";

/** The references that are generated from the code: each file's path and its text. */
export function references(): Record<string, string> {
  return {
    "docs/configuration.md": configurationReference(),
    "docs/outputs.md": outputsReference(),
    "docs/rules.md": rulesReference(),
    ...Object.fromEntries(
      modules.parts.flatMap(({ apis = [] }) =>
        apis.map(({ file, document }) => [file, `${JSON.stringify(document(), null, 2)}\n`]),
      ),
    ),
    ...measurementsReference(),
    ...runbook(),
    ...modulePages(),
  };
}
