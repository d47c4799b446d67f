import { Command } from "commander";
import pc from "picocolors";
import type { FirstUseReport } from "../../lib/foundation/first-use";
import type { RunningCloud } from "../../lib/local/local-cloud";
import { PhaseLog } from "../../lib/local/phases";
import { showProgress } from "../../lib/local/progress";
import type { Progress } from "../../lib/local/progress";
import { between, exitCodes, withOption } from "../operations/command";
import { log, print } from "../operations/terminal";

interface Options {
  readonly stack: string;
  readonly with?: readonly string[];
  readonly port?: number;
  readonly once?: true;
  readonly json?: true;
}

/** Starts, uses each module once, and runs until it is stopped; resolves to the exit code. */
async function run(options: Options): Promise<number> {
  const stopped = stopSignal();
  // Pulumi's and AWS's SDKs take seconds to load, which help and wrong usage need not wait for
  await import("../bundle-first.js");
  const [{ startLocalCloud }, { useFirst }, { report }] = await Promise.all([
    import("../../lib/local/local-cloud.js"),
    import("../../lib/local/first-uses.js"),
    import("../../lib/local/report.js"),
  ]);
  // standard output has nothing but the JSON
  const { onProgress, finish } = options.json === true ? silent : showProgress();
  let cloud: RunningCloud | undefined;
  try {
    const { stack, port, with: chosen } = options;
    const running = await startLocalCloud({
      stack,
      loadDeployment: () => import("../../lib/local/deploy-program.js"),
      ...(chosen !== undefined && { with: chosen }),
      ...(port !== undefined && { port }),
      onProgress,
      signal: stopped,
    });
    cloud = running;
    const phases = new PhaseLog(onProgress);
    const firstUses = await phases.run("payment", () => useFirst(running));
    await finish();
    const elapsed = performance.now();
    const timings = { ...running.timings, ...phases.timings, total: Math.round(elapsed) };
    print(
      options.json === true
        ? JSON.stringify({ ...summary(running), ...used(firstUses), timings })
        : report({ cloud: running, firstUses, elapsed, staysUp: options.once !== true }),
    );
    if (options.once === true) return exitCodes.done;
    if (options.json !== true) print(`\n${pc.bold("Running until Ctrl-C.")}`);
    const failure = await Promise.race([running.ended, aborted(stopped)]);
    if (failure === undefined) return exitCodes.done;
    throw new Error(failure);
  } catch (error) {
    await finish();
    if (!stopped.aborted) {
      log(pc.red(error instanceof Error ? error.message : String(error)));
    }
    return exitCodes.failed;
  } finally {
    await cloud?.stop();
  }
}

const silent: Progress = { onProgress: () => undefined, finish: () => Promise.resolve() };

/** The addresses of a running cloud, for programs. */
function summary({ stack, endpoint, region, outputsFile, outputs, resourceCount }: RunningCloud) {
  return { stack, api: outputs["apiEndpoint"], endpoint, region, outputsFile, resourceCount };
}

/** The values of the first uses, for programs. */
function used(firstUses: readonly FirstUseReport[]): object {
  return Object.fromEntries(firstUses.flatMap(({ values }) => Object.entries(values)));
}

/** Aborted by the first Ctrl-C or SIGTERM; the second ends this process, and with it all that it started. */
function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(130);
      controller.abort();
    });
  }
  return controller.signal;
}

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener("abort", () => {
      resolve(undefined);
    });
  });
}

export const command = new Command("local")
  .description(
    "The whole stack on this machine: an AWS emulator and PostgreSQL, the program deployed to them, and a first payment.",
  )
  .option("--stack <name>", "whose Pulumi.<name>.yaml to deploy: dev, staging, prod, …", "dev")
  .addOption(withOption())
  .option("--port <number>", "the emulator's port (default: a free one)", between(1, 65_535))
  .option("--once", "exit after the first payment")
  .option(
    "--json",
    "when it is up, print where it is, the payment and how long each phase took, in ms, as JSON",
  )
  .addHelpText(
    "after",
    "\nExit code: 0 it ran and was stopped, 2 wrong usage, or it could not start or failed while running.",
  )
  .action(async (options: Options) => {
    // connections that the SDK and Pulumi keep open must not keep this process alive
    process.exit(await run(options));
  });
