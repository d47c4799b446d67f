import { Command, Option } from "commander";
import { CommandError, between, exitCodes, outputsOption } from "../operations/command";
import { FunctionFailure } from "../operations/invoke";
import { orderReportText, reconcileOrders } from "../operations/order-reconciliation";
import { ProgressLine } from "../operations/progress-line";
import {
  maxGraceSeconds,
  reconcile,
  reconcileEverything,
  reportText,
  sweepText,
} from "../operations/reconciliation";
import { openTarget, withReadableErrors } from "../operations/target";
import { log, print } from "../operations/terminal";

interface Options {
  readonly outputs: string;
  readonly grace: number;
  readonly everything?: true;
  readonly orders?: true;
  readonly slice?: number;
  readonly json?: true;
}

async function run(options: Options): Promise<void> {
  try {
    await (options.orders === true ? runOrders(options) : runPayments(options));
  } catch (error) {
    throw error instanceof FunctionFailure ? new CommandError(error.message) : error;
  }
}

async function runOrders({ outputs, slice, json }: Options): Promise<void> {
  const target = openTarget(outputs);
  const report = await new ProgressLine().during(
    "Comparing orders with their payments",
    withReadableErrors(target, () => reconcileOrders(target, slice)),
  );
  print(json === true ? JSON.stringify(report, undefined, 2) : orderReportText(report));
  const isWell = report.complete && report.differenceCount === 0;
  process.exitCode = isWell ? exitCodes.done : exitCodes.attention;
}

async function runPayments({ outputs, grace, everything, json }: Options): Promise<void> {
  const target = openTarget(outputs);
  const progress = new ProgressLine();
  const report = await progress.during(
    "Comparing table, ledger and audit documents",
    withReadableErrors(target, () =>
      everything === true
        ? reconcileEverything(target, grace, (sweep) => {
            progress.clear();
            log(sweepText(sweep));
          })
        : reconcile(target, grace),
    ),
  );
  if (report.skipped === true)
    throw new CommandError("Another reconciliation is in progress: try again when it has ended.");
  print(json === true ? JSON.stringify(report, undefined, 2) : reportText(report));
  process.exitCode = report.differenceCount === 0 ? exitCodes.done : exitCodes.attention;
}

/** The last slice that a schedule can have: one every 15 minutes for a year. */
const maxSlice = 35_039;

export const command = new Command("reconcile")
  .description(
    "Compares table, ledger and audit documents, now: what changed, and the next slice of the sweep.",
  )
  .addOption(outputsOption())
  .option(
    "--grace <seconds>",
    "how long the ledger may lag behind",
    between(0, maxGraceSeconds),
    30,
  )
  .option("--everything", "compare all that there is, from the beginning, however long it takes")
  .addOption(
    new Option(
      "--orders",
      "compare the storefront's orders with their payments instead: those that are new, and a slice of all",
    ).conflicts(["everything", "grace"]),
  )
  .addOption(
    new Option("--slice <index>", "with --orders: this slice of all, not that of the hour")
      .argParser(between(0, maxSlice))
      .implies({ orders: true }),
  )
  .option("--json", "print the report as JSON")
  .addHelpText(
    "after",
    "\nExit code: 0 they agree, 1 they differ (or not all orders could be compared), 2 they could not be compared.",
  )
  .action(run);
