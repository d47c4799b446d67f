import { Command } from "commander";
import { CommandError, between, exitCodes, outputsOption } from "../operations/command";
import { FunctionFailure } from "../operations/invoke";
import { ProgressLine } from "../operations/progress-line";
import { maxGraceSeconds, reconcile, reportText } from "../operations/reconciliation";
import { openTarget, reaching } from "../operations/target";

interface Options {
  readonly outputs: string;
  readonly grace: number;
  readonly json?: true;
}

async function run({ outputs, grace, json }: Options): Promise<void> {
  const target = openTarget(outputs);
  try {
    const report = await new ProgressLine().during(
      "Comparing table and ledger",
      reaching(target, () => reconcile(target, grace)),
    );
    console.log(json === true ? JSON.stringify(report, undefined, 2) : reportText(report));
    process.exitCode = report.differenceCount === 0 ? exitCodes.done : exitCodes.attention;
  } catch (error) {
    throw error instanceof FunctionFailure ? new CommandError(error.message) : error;
  }
}

export const command = new Command("reconcile")
  .description("Compares every payment of the table with the ledger, now.")
  .addOption(outputsOption())
  .option(
    "--grace <seconds>",
    "how long the ledger may lag behind",
    between(0, maxGraceSeconds),
    30,
  )
  .option("--json", "print the report as JSON")
  .addHelpText("after", "\nExit code: 0 they agree, 1 they differ, 2 they could not be compared.")
  .action(run);
