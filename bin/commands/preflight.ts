import { Command } from "commander";
import { exitCodes, withOption } from "../operations/command";
import { ProgressLine } from "../operations/progress-line";
import { print } from "../operations/terminal";

interface Options {
  readonly stack: string;
  readonly with?: readonly string[];
  readonly state?: string;
  readonly deployer?: string;
  readonly json?: true;
  readonly verbose?: true;
}

async function run(options: Options): Promise<void> {
  // a dozen clients, which help and refusals need not wait for
  const [{ contextOf }, { checks }, { runChecks }, { reportOf, reportText }] = await Promise.all([
    import("../preflight/context.js"),
    import("../preflight/index.js"),
    import("../preflight/run.js"),
    import("../preflight/report.js"),
  ]);
  const progress = new ProgressLine();
  try {
    const context = await contextOf(options, (what) => {
      progress.show(`${what} …`);
    });
    const results = await runChecks(checks, context, (done, waitingFor) => {
      progress.show(
        `Asking AWS … ${String(done)} of ${String(checks.length)}, waiting for ${waitingFor.join(", ")}`,
      );
    });
    progress.clear();
    const report = reportOf(context, results);
    print(
      options.json === true
        ? JSON.stringify(report, undefined, 2)
        : reportText(report, options.verbose === true),
    );
    process.exitCode = report.problems === 0 ? exitCodes.done : exitCodes.attention;
  } finally {
    progress.clear();
  }
}

/** `npm run preflight`. */
export const command = new Command("preflight")
  .description(
    "Asks an account, before a stack is deployed to it, whether it takes the stack: quotas, roles, permissions, names, " +
      "zones, database, certificates. It only reads. What the stack needs is read from what its program registers.",
  )
  .requiredOption("--stack <name>", "the stack, as its Pulumi.<name>.yaml configures it")
  .addOption(withOption())
  .option(
    "--state <file>",
    "what `pulumi stack export` wrote: what is the stack's own already (default: as the Pulumi CLI knows it)",
  )
  .option(
    "--deployer <arn>",
    "the user or role that deploys (default: whose credentials these are)",
  )
  .option("--verbose", "also what is well")
  .option("--json", "print the report as JSON, whole")
  .addHelpText(
    "after",
    "\nNeeds credentials of the account, as the AWS SDK finds them. What they may not ask, and what does not respond, is a\n" +
      "warning that says so.\n" +
      "Exit code: 0 no problem, 1 something to do before the deployment, 2 it could not be asked: wrong usage, a refused\n" +
      "configuration, no credentials.",
  )
  .action(run);
