import Table from "cli-table3";
import { Command } from "commander";
import pc from "picocolors";
import { driftKinds } from "../operations/drift";
import type { Drift, DriftKind } from "../operations/drift";
import { ProgressLine } from "../operations/progress-line";
import { print } from "../operations/terminal";
import { oneLine } from "../../lib/core/printable";

/** For a scheduled job: 2 is for drift alone, so that no failure can be mistaken for it. */
export const driftExitCodes = { none: 0, failed: 1, drift: 2 } as const;

interface Options {
  readonly stack: string;
  readonly json?: true;
}

async function run({ stack: name, json }: Options): Promise<void> {
  const { findDrift, openStack } = await import("../operations/drift-engine.js");
  const progress = new ProgressLine();
  progress.show(`Opening ${name} …`);
  try {
    // the program is loaded when it runs: AWS is read before that
    const stack = await openStack(name, async () => {
      await import("../bundle-first.js");
      const { program } = await import("../../lib/program.js");
      return program();
    });
    const drift = await findDrift(stack, (what, resources) => {
      progress.show(`${what} … ${String(resources)} resources`);
    });
    progress.clear();
    print(json === true ? JSON.stringify(drift, undefined, 2) : driftText(name, drift));
    process.exitCode = drift.length === 0 ? driftExitCodes.none : driftExitCodes.drift;
  } finally {
    progress.clear();
  }
}

/** What was found, for a terminal of 100 columns. */
export function driftText(stack: string, drift: readonly Drift[]): string {
  if (drift.length === 0)
    return pc.green(`${stack}: AWS, the state and the program agree about every resource.`);
  const table = new Table({
    head: ["difference", "resource", "type", "properties"],
    style: { head: [], border: [] },
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
    colWidths: [18, 34, 24, 19],
    wordWrap: true,
    wrapOnWordBoundary: false,
  });
  const kinds = Object.keys(driftKinds) as DriftKind[];
  for (const kind of kinds)
    table.push(
      ...drift
        .filter((one) => one.kind === kind)
        .map(({ name, type, properties }) => [
          driftKinds[kind],
          oneLine(name),
          oneLine(shortType(type)),
          properties.map(oneLine).join("\n"),
        ]),
    );
  const resources = new Set(drift.map(({ urn }) => urn)).size;
  return [
    pc.red(
      `${stack}: ${String(resources)} ${resources === 1 ? "resource differs" : "resources differ"}.`,
    ),
    table.toString(),
    "On AWS: since the last deployment. Would be: by `pulumi up`, which would run this program.",
  ].join("\n");
}

/** `aws:cloudwatch/logGroup:LogGroup` as `cloudwatch.LogGroup`. */
function shortType(type: string): string {
  const [, module = "", name = ""] = type.split(":");
  return `${module.split("/")[0] ?? ""}.${name}`;
}

/** `npm run drift`. */
export const command = new Command("drift")
  .description(
    "Compares a deployed stack with AWS and with this program, through the Pulumi CLI, and changes nothing: " +
      "what differs on AWS from the last deployment, and what `pulumi up` would change. " +
      "Properties are named, their values are not shown.",
  )
  .requiredOption("--stack <name>", "the stack, as `pulumi stack ls` names it")
  .option("--json", "print what was found as JSON")
  .addHelpText(
    "after",
    "\nNeeds the Pulumi CLI, its backend and passphrase, and credentials that may read (or more).\n" +
      "Exit code: 0 no drift; 2 drift; 1 wrong usage, or it could not be determined.",
  )
  .action(run);
