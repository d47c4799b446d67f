import * as fs from "node:fs";
import { Command, InvalidArgumentError } from "commander";
import pc from "picocolors";
import { makeFirstPayment } from "../lib/local/first-payment";
import { startLocalCloud } from "../lib/local/local-cloud";
import type { RunningCloud } from "../lib/local/local-cloud";
import { PhaseLog } from "../lib/local/phases";
import { showProgress } from "../lib/local/progress";
import { report } from "../lib/local/report";

interface Options {
  readonly stack: string;
  readonly port?: number;
  readonly once?: true;
  readonly timings?: string;
}

function portNumber(value: string): number {
  const port = Number(value);
  if (!/^\d+$/.test(value) || port < 1 || port > 65535) {
    throw new InvalidArgumentError("allowed: 1 to 65535");
  }
  return port;
}

/** Starts, pays once, and stays until it is told to stop; resolves to the exit code. */
async function run(options: Options): Promise<number> {
  const stopped = stopSignal();
  const { onProgress, finish } = showProgress();
  let cloud: RunningCloud | undefined;
  try {
    const { stack, port } = options;
    const running = await startLocalCloud({
      stack,
      ...(port !== undefined && { port }),
      onProgress,
      signal: stopped,
    });
    cloud = running;
    const phases = new PhaseLog(onProgress);
    const payment = await phases.run("payment", () => makeFirstPayment(running));
    await finish();
    const elapsed = performance.now();
    console.log(report({ cloud: running, payment, elapsed, staysUp: options.once !== true }));
    if (options.timings !== undefined) {
      const timings = { ...running.timings, ...phases.timings, total: Math.round(elapsed) };
      fs.writeFileSync(options.timings, JSON.stringify(timings));
    }
    if (options.once === true) return 0;
    console.log(`\n${pc.bold("Running until Ctrl-C.")}`);
    const failure = await Promise.race([running.ended, aborted(stopped)]);
    if (failure === undefined) return 0;
    throw new Error(failure);
  } catch (error) {
    await finish();
    if (!stopped.aborted) {
      console.error(pc.red(error instanceof Error ? error.message : String(error)));
    }
    return 1;
  } finally {
    await cloud?.stop();
  }
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

new Command("npm run local --")
  .description(
    "The whole stack on this machine: an AWS emulator and PostgreSQL, the program deployed to them, and a first payment.",
  )
  .option("--stack <name>", "whose Pulumi.<name>.yaml to deploy: dev, staging, prod, …", "dev")
  .option("--port <number>", "the emulator's port (default: a free one)", portNumber)
  .option("--once", "exit after the first payment")
  .option("--timings <file>", "write how long each phase took, in milliseconds, as JSON")
  .action(async (options: Options) => {
    // what the SDK and Pulumi keep open must not keep this process
    process.exit(await run(options));
  })
  .parseAsync()
  .catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
