import Table from "cli-table3";
import { Command } from "commander";
import { measureFunctions } from "../bench/functions";
import { measureGraph } from "../bench/graph";
import { measureLocal } from "../bench/local";
import { between } from "../operations/command";
import type { Measurement } from "../bench/statistics";

interface Options {
  readonly runs?: number;
  readonly local?: true;
  readonly stack: string;
  readonly json?: true;
}

/** Digits enough to compare, and no more. */
const shown = (value: number) =>
  value.toLocaleString("en-US", { maximumSignificantDigits: value < 100 ? 2 : 4 });

function text(measurements: readonly Measurement[]): string {
  const table = new Table({
    head: ["", "value", "goal", "against", "ratio"],
    style: { head: [], border: [] },
  });
  for (const { what, value, unit, against, goal } of measurements) {
    table.push([
      what,
      `${shown(value)} ${unit}`,
      goal === undefined ? "" : `under ${String(goal)}`,
      against === undefined ? "" : `${against.what}: ${shown(against.value)} ${unit}`,
      against === undefined ? "" : (value / against.value).toFixed(2),
    ]);
  }
  return table.toString();
}

async function run({ runs, local, stack, json }: Options): Promise<void> {
  const measurements =
    local === true
      ? measureLocal(runs ?? 3, stack)
      : [...(await measureFunctions(runs ?? 7)), ...measureGraph(runs ?? 3)];
  if (json === true) {
    console.log(JSON.stringify({ node: process.version, measurements }, undefined, 2));
    return;
  }
  console.log(text(measurements));
  console.log(
    `Node ${process.version}; times are medians of runs in turns.` +
      (local === true
        ? ""
        : " Plain is the same handler over the AWS SDK file by file and the whole classic zod; its size is that of all its files."),
  );
}

export const command = new Command("bench")
  .description(
    "Sizes, init and warm calls of the functions, and time and memory of the graph, each beside what it is measured against.",
  )
  .option("--runs <number>", "how often to measure", between(1, 9_999))
  .option("--local", "the phases of `npm run local -- --once` instead, with everything installed")
  .option("--stack <name>", "whose local cloud", "dev")
  .option("--json", "print JSON")
  .action(run);
