import * as path from "node:path";
import { Command, Option } from "commander";
import pc from "picocolors";
import { CommandError, exitCodes, root, withOption, writeFile } from "../operations/command";
import { print } from "../operations/terminal";
import { audit, ruleIds } from "../../lib/policy/audit";
import type { Report } from "../../lib/policy/evaluate";
import { jsonReport } from "../../lib/policy/report/json";
import { sarifReport } from "../../lib/policy/report/sarif";
import { formatReport } from "../../lib/policy/report/text";
import { readState } from "../../lib/policy/sources/state";
import { readSuppressions } from "../../lib/policy/suppressions";
import type { Suppression } from "../../lib/policy/suppressions";
import {
  environmentOfStack,
  projectName,
  readStackFile,
  stackNames,
} from "../../lib/core/stack-file";
import { environmentTypes } from "../../lib/types";
import type { EnvironmentType } from "../../lib/types";

const ownSuppressions = path.join(root, "bin/policy-pack/suppressions.yaml");

interface Options {
  readonly stack?: string;
  readonly state?: string;
  readonly with?: readonly string[];
  readonly environment?: EnvironmentType;
  readonly suppressions?: string;
  readonly json?: true;
  readonly sarif?: true;
  readonly output?: string;
  readonly verbose?: true;
}

/** Evaluates this program as a stack's file configures it. */
async function auditStack(stack: string, options: Options): Promise<Report> {
  const environment = options.environment ?? environmentOfStack(root, stack);
  const suppressions = suppressionsOf(options, true);
  const file = readStackFile(root, stack);
  // seconds to load, which the audit of a state need not wait for
  const [{ auditProgram }, { program }, { withModulesOn }] = await Promise.all([
    import("../../lib/policy/audit-program.js"),
    import("../../lib/program.js"),
    import("../../lib/modules/switch-on.js"),
  ]);
  const { project, config } = withModulesOn(file, stack, options.with ?? []);
  return auditProgram(program, { project, stack, config, environment, suppressions });
}

/** Evaluates the exported state of a deployed stack, of this program or another. */
function auditState(file: string, options: Options): Report {
  const graph = readState(file);
  // another program's stack of the same name has neither our environments nor our suppressions
  const isOwn = graph.project === projectName(root);
  return audit(graph, {
    environment: options.environment ?? (isOwn ? environmentOfStack(root, graph.stack) : "prod"),
    suppressions: suppressionsOf(options, isOwn),
  });
}

function suppressionsOf(options: Options, isOwn: boolean): Suppression[] {
  const file = options.suppressions ?? (isOwn ? ownSuppressions : undefined);
  return file === undefined ? [] : readSuppressions(file, ruleIds);
}

function written(report: Report, options: Options): string {
  if (options.json === true) return jsonReport(report);
  if (options.sarif === true) {
    return sarifReport(report, options.state ?? `Pulumi.${String(options.stack)}.yaml`);
  }
  return formatReport(report, {
    colors: options.output === undefined && pc.isColorSupported,
    verbose: options.verbose === true,
  });
}

async function reports(options: Options): Promise<Report[]> {
  if (options.state !== undefined) return [auditState(options.state, options)];
  if (options.stack !== undefined) return [await auditStack(options.stack, options)];
  if (options.json === true || options.sarif === true) {
    throw new CommandError("--json and --sarif are of one stack: add --stack or --state");
  }
  const all: Report[] = [];
  for (const stack of stackNames(root)) all.push(await auditStack(stack, options));
  return all;
}

async function run(options: Options): Promise<void> {
  const found = await reports(options);
  const text = found.map((report) => written(report, options)).join("\n");
  if (options.output === undefined) print(text);
  else writeFile(options.output, `${text}\n`);
  process.exitCode = found.every(({ passed }) => passed) ? exitCodes.done : exitCodes.attention;
}

export const command = new Command("audit")
  .description(
    "Evaluates the program of every stack, or one stack, or an exported state, against the security rules. " +
      "No cloud and no Pulumi CLI are needed.",
  )
  .addOption(
    new Option(
      "--stack <name>",
      "only this stack, as its Pulumi.<name>.yaml configures it",
    ).conflicts("state"),
  )
  .option("--state <file>", "what `pulumi stack export` wrote, of any program")
  .addOption(withOption().conflicts("state"))
  .addOption(
    new Option(
      "--environment <name>",
      "what the stack is shaped like (default: as its file says; prod for other projects)",
    ).choices(environmentTypes),
  )
  .option(
    "--suppressions <file>",
    "accepted violations, each with reason and expiry " +
      "(default: bin/policy-pack/suppressions.yaml for this project, none for others)",
  )
  .option("--json", "write it as JSON")
  .addOption(new Option("--sarif", "write it as SARIF, for code scanning").conflicts("json"))
  .option("--output <file>", "where to write it (default: standard output)")
  .option("--verbose", "also what is accepted, and what no program shows")
  .addHelpText(
    "after",
    "\nExit code: 0 nothing is violated, 1 something is, 2 wrong usage or unreadable input. What is not evaluated (a value " +
      "that is encrypted or not there yet, another provider's resource) changes no exit code: it is listed, and counted " +
      "in the last line.",
  )
  .action(run);
