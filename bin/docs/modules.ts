import * as fs from "node:fs";
import * as path from "node:path";
import { groupBy } from "es-toolkit/array/groupBy";
import { runbookFile } from "../../lib/components/monitoring/runbook";
import { modules } from "../../lib/modules";
import type { ListedPart } from "../../lib/modules/module-list";
import { root } from "../operations/command";
import { anchorOf, headingsOf, table } from "./markdown";

/** A text in the folder of a part. */
function textOf({ name }: ListedPart, file: string): string {
  const folder = name === "foundation" ? "lib/foundation" : `lib/modules/${name}`;
  return fs.readFileSync(path.join(root, folder, file), "utf8");
}

/** The runbook: its frame, which is the foundation's, and the entries of each module. */
export function runbook(): Record<string, string> {
  const sources = "lib/foundation/runbook.md and lib/modules/*/runbook.md";
  return {
    [runbookFile]: [
      `<!-- Assembled by \`npm run docs\` from ${sources}: edit those. -->\n`,
      ...modules.parts.map((part) => textOf(part, "runbook.md")),
    ].join("\n"),
  };
}

/** The page of each module: the text in its folder, and links to what it declares. */
export function modulePages(): Record<string, string> {
  return Object.fromEntries(
    modules.parts
      .filter(({ name }) => name !== "foundation")
      .map((part) => [`docs/modules/${part.name}.md`, pageOf(part)]),
  );
}

function pageOf(part: ListedPart): string {
  return [
    `<!-- Assembled by \`npm run docs\` from lib/modules/${part.name}/page.md and what the module declares. -->\n`,
    textOf(part, "page.md"),
    "## Settings\n",
    "With each environment's value and meaning in [configuration.md](../configuration.md).\n",
    `${table(
      ["Section", "Keys"],
      Object.entries(part.sections).map(([name, keys]) => [
        link(name, "configuration.md"),
        code(keys),
      ]),
    )}\n`,
    "## Outputs\n",
    "With their types and meanings in [outputs.md](../outputs.md).\n",
    `${table(
      ["Section", "Outputs"],
      Object.entries(groupBy(Object.entries(part.outputs), ([, { section }]) => section)).map(
        ([section, outputs]) => [link(section, "outputs.md"), code(outputs.map(([name]) => name))],
      ),
    )}\n`,
    "## Alarms\n",
    "Each leads to its entry in the [runbook](../runbook.md).\n",
    `${headingsOf(textOf(part, "runbook.md"))
      .filter(({ level }) => level === 3)
      .map(({ text }) => link(text, "runbook.md"))
      .join(", ")}\n`,
    "## Checks\n",
    `${checksOf(part)}\n`,
  ].join("\n");
}

function checksOf({ checks }: ListedPart): string {
  const named = (writes: boolean) =>
    code(Object.entries(checks).flatMap(([name, check]) => (check.writes === writes ? name : [])));
  const some = [
    named(false) && `${named(false)}, which only read`,
    named(true) && `with \`--payments\` ${named(true)}`,
  ].filter((text) => text !== "");
  return some.length === 0
    ? "`npm run check` has none of it."
    : `Of \`npm run check\`: ${some.join("; ")}.`;
}

const code = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(", ");
const link = (heading: string, page: string) => `[${heading}](../${page}#${anchorOf(heading)})`;
