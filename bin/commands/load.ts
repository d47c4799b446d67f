import Table from "cli-table3";
import { Command } from "commander";
import pc from "picocolors";
import { CommandError, between, exitCodes, outputsOption } from "../operations/command";
import { FunctionFailure } from "../operations/invoke";
import { apiClient } from "../operations/load/api";
import { drive } from "../operations/load/drive";
import type { LoadResult } from "../operations/load/measurements";
import { Traffic } from "../operations/load/traffic";
import { ProgressLine } from "../operations/progress-line";
import { maxGraceSeconds, reconcile, reportText } from "../operations/reconciliation";
import { type Target, openTarget, refuseProd, withReadableErrors } from "../operations/target";
import { print } from "../operations/terminal";
import { oneLine } from "../../lib/core/printable";

interface Options {
  readonly outputs: string;
  readonly rate: number;
  readonly seconds: number;
  readonly connections: number;
  readonly catchUp: number;
  readonly againstAws?: true;
  readonly json?: true;
}

async function run(options: Options): Promise<void> {
  const { rate, seconds, connections, catchUp, json } = options;
  const target = openTarget(options.outputs);
  refuseAws(target, options.againstAws === true);
  const send = await withReadableErrors(target, () => apiClient(target));
  const health = await send({ method: "GET", path: "/health" });
  if (health.status !== 200)
    throw new CommandError(
      `${target.outputs.apiEndpoint}/health should respond with 200, but: ${String(health.status)}. ` +
        (target.isLocal
          ? "Is `npm run local` still running, and is the outputs file the one that it wrote?"
          : "Are the credentials allowed to call the API?"),
    );

  const progress = new ProgressLine();
  const result = await drive({
    rate,
    seconds,
    connections,
    send,
    traffic: new Traffic(),
    signal: firstInterrupt(),
    onRequest({ requests, errorCount }, elapsed) {
      const perSecond = (requests / elapsed).toFixed(1);
      progress.show(
        `Load … ${elapsed.toFixed(0)} of ${String(seconds)} s, ${String(requests)} requests, ` +
          `${perSecond} a second, ${String(errorCount)} errors`,
      );
    },
  });
  progress.clear();
  if (json !== true) print(resultText(result, options, target));

  const reconciliation = await progress.during(
    "Waiting for the ledger to catch up, and comparing it with the table",
    withReadableErrors(target, () => reconcile(target, catchUp)).catch((error: unknown) => {
      throw error instanceof FunctionFailure ? new CommandError(error.message) : error;
    }),
  );
  print(
    json === true
      ? JSON.stringify({ ...result, emulator: target.endpoint, reconciliation }, undefined, 2)
      : reportText(reconciliation),
  );
  const isClean =
    reconciliation.differenceCount === 0 &&
    reconciliation.pending === 0 &&
    Object.keys(result.wrong).length === 0;
  process.exitCode = isClean ? exitCodes.done : exitCodes.attention;
}

/** A load makes thousands of payments: on AWS only with `--against-aws`, in prod never. */
function refuseAws(target: Target, againstAws: boolean): void {
  const { isLocal, outputs } = target;
  refuseProd(target);
  if (!isLocal && !againstAws)
    throw new CommandError(
      `${outputs.apiEndpoint} is not on this machine. Its payments would remain, and AWS charges for them: ` +
        "to allow it, add --against-aws.",
    );
}

/** Aborted by the first Ctrl-C, which ends the load and not the command; the second ends it. */
function firstInterrupt(): AbortSignal {
  const controller = new AbortController();
  process.once("SIGINT", () => {
    controller.abort();
  });
  return controller.signal;
}

function resultText(result: LoadResult, { rate, connections }: Options, target: Target): string {
  const { operations, waiting, errors, wrong } = result;
  const ms = (value: number) => value.toFixed(1);
  const table = new Table({
    head: ["operation", "requests", "p50 ms", "p95 ms", "p99 ms", "errors"],
    style: { head: [], border: [] },
    colAligns: ["left", "right", "right", "right", "right", "right"],
  });
  table.push(
    ...operations.map(({ operation, requests, errors: failed, p50, p95, p99 }) => [
      operation,
      requests,
      ms(p50),
      ms(p95),
      ms(p99),
      failed,
    ]),
    ["(waiting to be sent)", "", ms(waiting.p50), ms(waiting.p95), ms(waiting.p99), ""],
  );
  const sent = (result.requests / result.seconds).toFixed(1);
  return [
    `${String(result.requests)} requests in ${result.seconds.toFixed(1)} s: ${sent} a second, ` +
      `requested ${String(rate)}, over ${String(connections)} connections.`,
    table.toString(),
    ...(target.endpoint === undefined
      ? []
      : [`The emulator at ${target.endpoint}, not AWS, sets the ceiling of these numbers.`]),
    ...Object.entries(errors).map(
      ([error, times]) => `Error ${oneLine(error)}: ${String(times)} times`,
    ),
    ...Object.entries(wrong).map(([what, times]) =>
      pc.red(`Wrong: ${oneLine(what)}, ${String(times)} times`),
    ),
  ].join("\n");
}

export const command = new Command("load")
  .description(
    "Loads the API as callers would: payments are created, authorized, captured, refunded, read, and sometimes\n" +
      "retried. Ends with a comparison of table and ledger. Ctrl-C ends the load and goes on to the comparison.",
  )
  .addOption(outputsOption())
  .option("--rate <number>", "requests a second", between(1, 10_000), 20)
  .option("--seconds <number>", "for how long", between(1, 86_400), 30)
  .option("--connections <number>", "concurrent requests", between(1, 1_000), 4)
  .option(
    "--catch-up <seconds>",
    "how long the ledger may take to catch up",
    between(0, maxGraceSeconds),
    120,
  )
  .option("--against-aws", "allow a stack on AWS, which charges for every request; never prod")
  .option("--json", "print the result as JSON")
  .addHelpText(
    "after",
    "\nExit code: 0 table and ledger agree, 1 they differ or a retry got another response, 2 it could not be done.",
  )
  .action(run);
