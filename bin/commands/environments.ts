import Table from "cli-table3";
import { Command } from "commander";
import pc from "picocolors";
import { exitCodes, root } from "../operations/command";
import { configuredStack } from "../operations/recorded-stack";
import { print } from "../operations/terminal";
import { compareSettings, inOrder, isUnexplainedSetting } from "../../lib/comparison/settings";
import type { ComparedSetting, ConfiguredStack } from "../../lib/comparison/settings";
import { stackNames } from "../../lib/core/stack-file";

interface Options {
  readonly all?: true;
  readonly json?: true;
}

/** Width of the column of reasons, in characters. */
const reasonWidth = 44;

async function run({ all, json }: Options): Promise<void> {
  const configured: ConfiguredStack[] = [];
  for (const stack of stackNames(root)) configured.push(await configuredStack(stack));
  const stacks = inOrder(configured);
  const { modules } = await import("../../lib/modules/index.js");
  const settings = compareSettings(
    stacks,
    (names) => ({ ...names, ...modules.defaults(names) }),
    modules.differences,
  );
  const shown = all === true ? settings : settings.filter(({ differs }) => differs);
  print(
    json === true
      ? JSON.stringify(
          {
            stacks: stacks.map(({ stack, config }) => ({ stack, environment: config.environment })),
            settings: shown,
          },
          undefined,
          2,
        )
      : text(stacks, shown, settings.length),
  );
  process.exitCode = settings.some(isUnexplainedSetting) ? exitCodes.attention : exitCodes.done;
}

function text(
  stacks: readonly ConfiguredStack[],
  settings: readonly ComparedSetting[],
  total: number,
): string {
  const table = new Table({
    head: ["", "setting", ...stacks.map(columnTitle), "why it may differ"],
    colWidths: [null, null, ...stacks.map(() => null), reasonWidth],
    wordWrap: true,
    style: { head: [], border: [] },
  });
  table.push(
    ...settings.map((setting) => [
      mark(setting),
      setting.setting,
      ...stacks.map(({ stack }) => cell(setting, stack)),
      setting.why ?? (setting.differs ? "nothing explains it" : ""),
    ]),
  );
  const differing = settings.filter(({ differs }) => differs).length;
  const overridden = settings.some(({ overriddenIn }) => overriddenIn.length > 0);
  const unexplained = settings.filter(isUnexplainedSetting).length;
  return [
    table.toString(),
    ...(overridden ? ["* set in the stack's file"] : []),
    `${String(differing)} of ${String(total)} settings differ` +
      (unexplained > 0 ? `, ${String(unexplained)} of them unexplained` : "") +
      (settings.length < total ? "; --all shows the others too" : ""),
  ].join("\n");
}

function columnTitle({ stack, config: { environment } }: ConfiguredStack): string {
  return stack === environment ? stack : `${stack} (${environment})`;
}

function mark(setting: ComparedSetting): string {
  if (isUnexplainedSetting(setting)) return pc.red("✗");
  return setting.differs ? pc.yellow("≠") : "";
}

function cell({ values, overriddenIn }: ComparedSetting, stack: string): string {
  const value = values[stack];
  if (value === undefined) return "–";
  const written = typeof value === "string" ? value : JSON.stringify(value);
  return overriddenIn.includes(stack) ? `${written} *` : written;
}

export const command = new Command("environments")
  .description(
    "The configuration of every stack side by side: what differs, why it may, and what a stack's own file sets.",
  )
  .option("--all", "also what is the same everywhere")
  .option("--json", "print it as JSON")
  .addHelpText(
    "after",
    "\nExit code: 0 all that differs is explained, 1 something is not, 2 wrong usage or a refused configuration.",
  )
  .action(run);
