import * as path from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { outputsFolder } from "../../lib/core/outputs-file";
import { exitCodes, listed, root, writeFile } from "../operations/command";
import { ProgressLine } from "../operations/progress-line";
import { log, print } from "../operations/terminal";
import { rehearsalMarkdown, resultText } from "../rehearsal/report";
import { Interruption, runSteps } from "../rehearsal/run-steps";
import type { StepResult } from "../rehearsal/run-steps";

interface Options {
  readonly account: string;
  readonly region: string;
  readonly email?: readonly string[];
  readonly only?: readonly string[];
  readonly folder: string;
  readonly keep?: true;
}

/** Milliseconds between two lines of progress in a log: a rehearsal takes an hour or more. */
const lineInterval = 60_000;

async function run({ account, region, email = [], only, folder, keep }: Options): Promise<void> {
  const [{ prepare }, { rehearsalSteps }] = await Promise.all([
    import("../rehearsal/rehearsal.js"),
    import("../rehearsal/steps.js"),
  ]);
  const { interrupted, abandoned } = stopSignals();
  const progress = new StepProgress();
  const rehearsal = await prepare({
    ...{ checkout: root, account, region, emailAddresses: email, folder, progress },
    ...(only !== undefined && { checks: only }),
  });
  const { stack, project } = rehearsal;
  log(`Rehearsal ${stack} in account ${account}, ${region}`);
  let results: readonly StepResult[];
  try {
    results = await runSteps(rehearsalSteps(rehearsal, { keep: keep === true }), {
      interrupted,
      abandoned,
      onStart: ({ name }) => {
        progress.start(name);
      },
      onEnd: (result) => {
        progress.end();
        print(resultText(result));
      },
    });
  } finally {
    project.remove();
  }
  const report = path.join(folder, "rehearsal.md");
  writeFile(report, rehearsalMarkdown(stack, results));
  log(`wrote ${report}`);
  const passed = results.every(({ outcome }) => outcome === "passed");
  if (keep === true) log(`${stack} is kept: \`pulumi destroy --remove --stack ${stack}\` ends it.`);
  // connections that the SDK keeps open must not keep this process alive, nor a step that did not end
  process.exit(passed ? exitCodes.done : exitCodes.attention);
}

/** The step that runs, how long it has, and what it reports. */
class StepProgress {
  private readonly line = new ProgressLine(lineInterval);
  private detail = "";
  private timer: NodeJS.Timeout | undefined;

  show(detail: string): void {
    this.detail = detail;
  }

  start(step: string): void {
    const start = performance.now();
    this.detail = "";
    this.timer = setInterval(() => {
      const seconds = ((performance.now() - start) / 1000).toFixed(0);
      this.line.show(`${step} … ${seconds} s ${this.detail}`);
    }, 1_000);
  }

  end(): void {
    clearInterval(this.timer);
    this.line.clear();
  }
}

/** The first Ctrl-C ends what is being done, then all is removed; the second ends that, too. */
function stopSignals() {
  const interrupted = new AbortController();
  const abandoned = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => {
      const reason = new Interruption(signal === "SIGINT" && process.stdin.isTTY);
      if (interrupted.signal.aborted) abandoned.abort(reason);
      else {
        log("Ending; what was made is destroyed. Again: leave it there.");
        interrupted.abort(reason);
      }
    });
  return { interrupted: interrupted.signal, abandoned: abandoned.signal };
}

function accountId(value: string): string {
  if (!/^\d{12}$/.test(value)) throw new InvalidArgumentError("allowed: twelve digits");
  return value;
}

/** `npm run rehearse`. */
export const command = new Command("rehearse")
  .description(
    "Deploys this program for real into an account that has nothing else: up, up again and refresh without changes, " +
      "checks with payments, an alarm that notifies, an update with a migration, destroy, a search for what is left. " +
      "Whatever fails, what was made is destroyed and searched for.",
  )
  .requiredOption(
    "--account <id>",
    "the account; it does nothing with another's credentials",
    accountId,
  )
  .option("--region <name>", "the region", process.env["AWS_REGION"] ?? "us-east-1")
  .option("--email <addresses>", "whom the alarms notify, separated by commas", listed)
  .option(
    "--folder <path>",
    "where its outputs, logs and reports go",
    path.join(outputsFolder, "rehearsal"),
  )
  .option(
    "--only <suites>",
    "check by these suites only, separated by commas (npm run check)",
    listed,
  )
  .option("--keep", "destroy nothing, to look at it; it costs as much as dev")
  .addHelpText(
    "after",
    "\nNeeds the Pulumi CLI, its backend and passphrase, and credentials that may deploy. Takes an hour or more, and\n" +
      "costs about a dollar (docs/pipeline.md).\n" +
      "Exit code: 0 all is as promised; 1 something is not; 2 wrong usage, or it could not begin.",
  )
  .action(run);
