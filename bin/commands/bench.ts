import Table from "cli-table3";
import { Argument, Command } from "commander";
import pc from "picocolors";
import { chartOf } from "../bench/chart";
import { measureAll } from "../bench/measure";
import { ratioOf, shown } from "../bench/measurement";
import { partNames, parts } from "../bench/parts";
import type { Part } from "../bench/parts";
import { margin, regressions } from "../bench/regressions";
import { readResult, resultOf } from "../bench/result";
import type { BenchResult } from "../bench/result";
import { between, exitCodes, writeFile } from "../operations/command";
import { pictureKind, pictureWidths, writePicture } from "../operations/picture";
import { log, print } from "../operations/terminal";

interface Options {
  readonly runs: number;
  readonly check?: string;
  readonly save?: string;
  readonly chart?: string;
  readonly json?: true;
}

async function run(wanted: readonly Part[], options: Options): Promise<void> {
  const { runs, check, save, chart, json } = options;
  // first: an error here would make minutes of work useless
  const saved = check === undefined ? {} : readResult(check).ratios;
  if (chart !== undefined) pictureKind(chart);

  const names = wanted.length === 0 ? partNames : wanted;
  const { measurements, failures } = await measureAll(
    names.map((name) => parts[name]),
    runs,
    log,
  );
  const result = resultOf(measurements);
  const whole = JSON.stringify(result, undefined, 2);
  if (save !== undefined) writeFile(save, `${whole}\n`);
  if (chart !== undefined) {
    await writePicture(chart, chartOf(measurements, "light"), pictureWidths.usual);
  }
  print(json === true ? whole : text(result));

  const worse = regressions(measurements, saved);
  for (const { what, before, now } of worse) {
    log(pc.red(`Regression: ${what}: ${now.toFixed(2)} of its baseline, was ${before.toFixed(2)}`));
  }
  for (const failure of failures) log(pc.red(failure));
  if (failures.length > 0) process.exitCode = exitCodes.failed;
  else process.exitCode = worse.length > 0 ? exitCodes.attention : exitCodes.done;
}

function text({ node, platform, cores, measurements }: BenchResult): string {
  const table = new Table({
    head: ["", "value", "goal", "baseline of this run", "ratio"],
    style: { head: [], border: [] },
    colAligns: ["left", "right", "left", "left", "left"],
  });
  table.push(
    ...measurements.map((measurement) => {
      const { what, value, unit, against, goal, ratioGoal } = measurement;
      const ratio = ratioOf(measurement);
      return [
        what,
        `${shown(value)} ${unit}`,
        goal === undefined ? "" : marked(`under ${shown(goal)}`, value < goal),
        against === undefined ? "" : `${against.what}: ${shown(against.value)} ${unit}`,
        ratio === undefined
          ? ""
          : ratio.toFixed(2) +
            (ratioGoal === undefined
              ? ""
              : marked(` under ${String(ratioGoal)}`, ratio < ratioGoal)),
      ];
    }),
  );
  return [
    table.toString(),
    `Node ${node}, ${platform}, ${String(cores)} cores; times are medians of runs in turns.`,
    "Plain is the same handler over the AWS SDK file by file and the whole classic zod; its size is that of all its files.",
  ].join("\n");
}

/** A goal, marked as met or not. */
function marked(goal: string, isMet: boolean): string {
  return isMet ? pc.green(`${goal} ✓`) : pc.yellow(`${goal} ✗`);
}

export const command = new Command("bench")
  .description(
    "Measures what the project claims, each against a baseline of the same run: " +
      Object.entries(parts)
        .map(([part, { about }]) => `${part}: ${about}`)
        .join("; ") +
      ".",
  )
  .addArgument(new Argument("[parts...]", "what to measure (default: all)").choices(partNames))
  .option("--runs <number>", "how often to measure what is quick", between(1, 99), 3)
  .option("--save <file>", "save the result as JSON")
  .option(
    "--check <file>",
    `compare the ratios that are the same on any machine with a saved result; more than ${String(margin * 100)} % above is a regression`,
  )
  .option("--chart <file>", "draw the ratios, as .svg or .png")
  .option("--json", "print the result as JSON")
  .addHelpText(
    "after",
    "\nExit code: 0 measured and, with --check, nothing is worse; 1 something is; 2 wrong usage, unreadable input, or a part that could not be measured: the others' results are printed and saved.",
  )
  .action(run);
