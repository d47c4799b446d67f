import Table from "cli-table3";
import { Command } from "commander";
import { exitCodes, outputsOption } from "../operations/command";
import { ProgressLine } from "../operations/progress-line";
import { type Redriven, outcomes, redrive } from "../operations/redrive";
import { type Target, openTarget, withReadableErrors } from "../operations/target";
import { print } from "../operations/terminal";
import { oneLine } from "../../lib/core/printable";

interface Options {
  readonly outputs: string;
  readonly dryRun?: true;
  readonly json?: true;
}

/** Records that are listed: so many that are done and so many that remain. All are counted. */
const maxListed = 1_000;

/** The outcomes of the records, however many there are. */
class Report {
  readonly totals = new Map<Redriven["outcome"], number>();
  readonly rows: Redriven[] = [];
  private readonly listed = { done: 0, remaining: 0 };
  private count = 0;

  add(row: Redriven): void {
    this.count += 1;
    this.totals.set(row.outcome, (this.totals.get(row.outcome) ?? 0) + 1);
    const kind = row.outcome === "posted" || row.outcome === "ignored" ? "done" : "remaining";
    this.listed[kind] += 1;
    if (this.listed[kind] <= maxListed) this.rows.push(row);
  }

  get isEmpty(): boolean {
    return this.count === 0;
  }

  get isDone(): boolean {
    return this.listed.remaining === 0;
  }

  /** How many are counted and not listed. */
  get omitted(): number {
    return this.count - this.rows.length;
  }

  get summary(): string {
    const counts = outcomes.flatMap((outcome) => {
      const count = this.totals.get(outcome);
      return count === undefined ? [] : [`${String(count)} ${outcome}`];
    });
    return `${String(this.count)} records: ${counts.join(", ")}`;
  }
}

async function run({ outputs, dryRun, json }: Options): Promise<void> {
  const target = openTarget(outputs);
  const progress = new ProgressLine();
  const report = new Report();
  try {
    await withReadableErrors(target, async () => {
      for await (const row of redrive(target, { dryRun: dryRun === true })) {
        report.add(row);
        progress.show(`${dryRun === true ? "Listing" : "Redriving"} … ${report.summary}`);
      }
    });
  } catch (error) {
    progress.clear();
    // what was done before the failure is printed too
    if (!report.isEmpty) printReport(report, target, json);
    throw error;
  }
  progress.clear();
  printReport(report, target, json);
  process.exitCode = report.isDone ? exitCodes.done : exitCodes.attention;
}

function printReport(report: Report, { outputs }: Target, json: true | undefined): void {
  print(json === true ? asJson(report) : text(report, outputs.deadLetterBucketName));
}

function asJson({ totals, rows, omitted }: Report): string {
  const result = { totals: Object.fromEntries(totals), records: rows, omitted };
  return JSON.stringify(result, undefined, 2);
}

function text(report: Report, bucket: string): string {
  if (report.isEmpty) return `There are no dead letters in ${bucket}.`;
  const table = new Table({
    head: ["payment", "event", "outcome", "reason", "dead letter"],
    style: { head: [], border: [] },
  });
  table.push(
    ...report.rows.map(({ paymentId, event, outcome, reason, letter }) => [
      ...[paymentId, event, outcome, reason, letter].map(oneLine),
    ]),
  );
  return [
    table.toString(),
    ...(report.omitted > 0 ? [`${String(report.omitted)} more are counted and not listed.`] : []),
    `${report.summary}.`,
    ...(report.totals.has("failed")
      ? [
          "The ledger function failed; where three records in a row fail, the rest is not tried. " +
            "Nothing is lost: another redrive continues with the rest.",
        ]
      : []),
  ].join("\n");
}

export const command = new Command("redrive")
  .description(
    "Has the ledger process every dead letter again, a hundred records at a time: those that succeed are deleted, the others remain. It may be stopped at any time; the next run continues.",
  )
  .addOption(outputsOption())
  .option("--dry-run", "only list them")
  .option("--json", "print the result as JSON")
  .addHelpText(
    "after",
    "\nExit code: 0 no dead letter is left, 1 some are, 2 it could not be tried.",
  )
  .action(run);
