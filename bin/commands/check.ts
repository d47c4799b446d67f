import * as path from "node:path";
import { Command, InvalidArgumentError } from "commander";
import pc from "picocolors";
import { checkMarkdown, checkText, totals } from "../operations/check-report";
import type { CheckReport } from "../operations/check-report";
import { requireReachable, runSuites } from "../operations/check-run";
import type { SuiteResult } from "../operations/check-run";
import { chosenSuites, suitesOf } from "../operations/check-suites";
import { exitCodes, listed, outputsOption, writeFile } from "../operations/command";
import { ProgressLine } from "../operations/progress-line";
import { openTarget } from "../operations/target";
import { log, print } from "../operations/terminal";

interface Options {
  readonly outputs: string;
  readonly only?: readonly string[];
  readonly payments?: true;
  readonly report?: string;
  readonly json?: true;
}

async function run({ outputs: file, only, payments, report: reportFile, json }: Options) {
  const target = openTarget(file);
  const all = await suitesOf(target.outputs);
  const choice = { writes: payments === true, ...(only !== undefined && { only }) };
  const chosen = chosenSuites(all, choice, target);
  const names = Object.keys(chosen);
  const progress = new ProgressLine();
  await progress.during("Connecting to AWS and the API", requireReachable(target));
  const startedAt = new Date();
  const suites = await progress.during(
    `Checking ${String(names.length)} suites`,
    runSuites(chosen, target, file, (result) => {
      progress.clear();
      log(resultLine(result));
    }),
  );
  const { environment, accountId, region, apiEndpoint } = target.outputs;
  const report: CheckReport = {
    ...{ environment, accountId, region, apiEndpoint },
    startedAt: startedAt.toISOString(),
    seconds: (Date.now() - startedAt.getTime()) / 1000,
    suites: names.flatMap((name) => suites.filter(({ suite }) => suite === name)),
    skipped: only === undefined ? Object.keys(all).filter((name) => !names.includes(name)) : [],
  };
  const asJson = () => `${JSON.stringify({ ...report, totals: totals(report) }, undefined, 2)}\n`;
  if (reportFile !== undefined)
    writeFile(reportFile, reportFile.endsWith(".json") ? asJson() : checkMarkdown(report));
  print(json === true ? asJson().trimEnd() : checkText(report));
  process.exitCode = totals(report).failed > 0 ? exitCodes.attention : exitCodes.done;
}

function resultLine({ suite, passed, failed, skipped, seconds }: SuiteResult): string {
  const mark = failed > 0 ? pc.red("✗") : pc.green("✓");
  const counts = [`${String(passed)} passed`, `${String(failed)} failed`];
  if (skipped > 0) counts.push(`${String(skipped)} skipped`);
  return `${mark} ${suite}: ${counts.join(", ")} (${seconds.toFixed(1)} s)`;
}

function reportPath(file: string): string {
  if (![".md", ".json"].includes(path.extname(file)))
    throw new InvalidArgumentError("allowed: a name that ends with .md or .json");
  return file;
}

/** `npm run check`. */
export const command = new Command("check")
  .description(
    "Checks a deployed stack: does it have what the outputs name, configured as its environment should be, and does it respond? " +
      "Runs suites of the integration suite against it, by default those that only read.",
  )
  .addOption(outputsOption())
  .option(
    "--only <suites>",
    "only these, separated by commas: outputs, network, …; an unknown one prints all",
    listed,
  )
  .option(
    "--payments",
    "also the suites that make payments, which are not deleted; never in prod on AWS",
  )
  .option("--report <file>", "also write a report: .md or .json", reportPath)
  .option("--json", "print the report as JSON")
  .addHelpText(
    "after",
    "\nExit code: 0 all checks passed; 1 one failed; 2 wrong usage, or the stack cannot be reached.",
  )
  .action(run);
