import { Command } from "commander";
import { CommandError, between, exitCodes, outputsOption } from "../operations/command";
import { FunctionFailure } from "../operations/invoke";
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
  readonly json?: true;
}

async function run({ outputs, grace, everything, json }: Options): Promise<void> {
  const target = openTarget(outputs);
  const progress = new ProgressLine();
  try {
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
  } catch (error) {
    throw error instanceof FunctionFailure ? new CommandError(error.message) : error;
  }
}

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
  .option("--json", "print the report as JSON")
  .addHelpText("after", "\nExit code: 0 they agree, 1 they differ, 2 they could not be compared.")
  .action(run);
