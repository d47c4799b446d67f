import Table from "cli-table3";
import { Command } from "commander";
import { exitCodes, outputsOption } from "../operations/command";
import { ProgressLine } from "../operations/progress-line";
import { type Redriven, outcomes, redrive } from "../operations/redrive";
import { type Target, openTarget, reaching } from "../operations/target";

interface Options {
  readonly outputs: string;
  readonly dryRun?: true;
  readonly json?: true;
}

async function run({ outputs, dryRun, json }: Options): Promise<void> {
  const target = openTarget(outputs);
  const progress = new ProgressLine();
  const rows: Redriven[] = [];
  try {
    await reaching(target, async () => {
      for await (const row of redrive(target, { dryRun: dryRun === true })) {
        rows.push(row);
        progress.show(`Redriving … ${totalsText(rows)}`);
      }
    });
  } catch (error) {
    progress.clear();
    // what was done before is told, too
    if (rows.length > 0) print(rows, target, json);
    throw error;
  }
  progress.clear();
  print(rows, target, json);
  const remaining = rows.filter(({ outcome }) => outcome !== "posted" && outcome !== "ignored");
  process.exitCode = remaining.length === 0 ? exitCodes.done : exitCodes.attention;
}

function print(rows: readonly Redriven[], { outputs }: Target, json: true | undefined): void {
  console.log(
    json === true
      ? JSON.stringify({ totals: totals(rows), records: rows }, undefined, 2)
      : text(rows, outputs.deadLetterBucketName),
  );
}

function totals(rows: readonly Redriven[]): Record<string, number> {
  return Object.fromEntries(
    outcomes
      .map((outcome) => [outcome, rows.filter((row) => row.outcome === outcome).length] as const)
      .filter(([, count]) => count > 0),
  );
}

function totalsText(rows: readonly Redriven[]): string {
  const counts = Object.entries(totals(rows)).map(
    ([outcome, count]) => `${String(count)} ${outcome}`,
  );
  return `${String(rows.length)} records: ${counts.join(", ")}`;
}

function text(rows: readonly Redriven[], bucket: string): string {
  if (rows.length === 0) return `There are no dead letters in ${bucket}.`;
  const table = new Table({
    head: ["payment", "event", "outcome", "reason", "letter"],
    style: { head: [], border: [] },
  });
  table.push(
    ...rows.map(({ paymentId, event, outcome, reason, letter }) => [
      paymentId,
      event,
      outcome,
      reason,
      letter,
    ]),
  );
  const failed = rows.some(({ outcome }) => outcome === "failed");
  return [
    table.toString(),
    `${totalsText(rows)}.`,
    ...(failed
      ? ["The ledger function failed; after three letters in a row the rest was not tried."]
      : []),
  ].join("\n");
}

export const command = new Command("redrive")
  .description(
    "Hands every dead letter to the ledger again: those that it takes are deleted, the others stay.",
  )
  .addOption(outputsOption())
  .option("--dry-run", "only list them")
  .option("--json", "print the result as JSON")
  .addHelpText("after", "\nExit code: 0 no letter is left, 1 some are, 2 it could not be tried.")
  .action(run);
