import { Command } from "commander";
import type { StackOutputs } from "../../lib/core/outputs-file";
import type { PartApi } from "../../lib/foundation/api";
import { fuzz } from "../../lib/local/fuzz";
import type { FuzzResult } from "../../lib/local/fuzz";
import { CommandError, between, exitCodes, withOption } from "../operations/command";
import { openTarget, refuseProd } from "../operations/target";
import { log, print, write } from "../operations/terminal";

interface Options {
  readonly api: string;
  readonly with?: readonly string[];
  readonly seconds: number;
  readonly seed?: number;
  readonly json?: true;
}

/** Stands for every API of the stack. */
const every = "all";

/** Fuzzes APIs of an outputs file, one after the other. */
async function fuzzDeployed(
  outputsFile: string,
  { api: chosen, seconds, seed, json }: Options,
): Promise<boolean> {
  const deployed = openTarget(outputsFile);
  refuseProd(deployed);
  const { outputs, lambda, endpoint } = deployed;
  const { accessKeyId, secretAccessKey, sessionToken } = await lambda.config.credentials();
  const results = new Map<string, FuzzResult>();
  for (const api of await apisOf(outputs, chosen)) {
    const { name, signIn } = api;
    log(`The API ${name} at ${String(outputs[api.urlOutput])}, for ${String(seconds)} s …`);
    if (signIn !== undefined && signIn.poolOutput in outputs)
      log(
        `An administrator is made for it in the user pool ${String(outputs[signIn.poolOutput])}, and deleted at the end.`,
      );
    const result = await fuzz({
      api,
      outputs,
      aws: {
        region: outputs.region,
        credentials: {
          accessKeyId,
          secretAccessKey,
          ...(sessionToken !== undefined && { sessionToken }),
        },
        ...(endpoint !== undefined && { endpoint }),
      },
      extent: { seconds },
      ...(seed !== undefined && { seed }),
      // the fuzzer's output for people is not JSON
      onOutput: (text) => {
        write(json === true ? "stderr" : "stdout", text);
      },
    });
    results.set(name, result);
    if (json !== true) print(responsesOf(result));
  }
  const passed = [...results.values()].every((result) => result.passed);
  if (json === true) print(JSON.stringify({ passed, apis: asJson(results) }));
  return passed;
}

/**
 * The chosen APIs of a stack.
 *
 * @throws {@link CommandError} if it has none of that name.
 */
async function apisOf(outputs: StackOutputs, chosen: string): Promise<readonly PartApi[]> {
  const { modules } = await import("../../lib/modules/index.js");
  const all = modules.partsIn(outputs).flatMap(({ apis = [] }) => apis);
  const found = all.filter(({ name }) => chosen === every || name === chosen);
  if (found.length > 0) return found;
  const names = all.map(({ name }) => name).join(", ");
  throw new CommandError(
    `--api ${chosen}: the stack has no such API; it has: ${names}. A local cloud has those of the modules of --with too.`,
  );
}

/** A line an operation. */
function responsesOf({ statuses }: FuzzResult): string {
  const lines = [...statuses].map(([operation, counts]) => {
    const sorted = [...counts].sort(([a], [b]) => a - b);
    const texts = sorted.map(([status, count]) => `${String(count)} × ${String(status)}`);
    return `  ${operation}: ${texts.length > 0 ? texts.join(", ") : "none"}`;
  });
  return ["Responses:", ...lines].join("\n");
}

function asJson(results: ReadonlyMap<string, FuzzResult>) {
  return Object.fromEntries(
    [...results].map(([name, { passed, statuses }]) => [
      name,
      {
        passed,
        statuses: Object.fromEntries(
          [...statuses].map(([operation, counts]) => [operation, Object.fromEntries(counts)]),
        ),
      },
    ]),
  );
}

async function passes(options: Options): Promise<boolean> {
  const outputsFile = process.env["OUTPUTS_FILE"];
  if (outputsFile !== undefined) {
    if (options.with !== undefined)
      throw new CommandError(
        "--with is for a local cloud; the stack of OUTPUTS_FILE has the modules that it has.",
      );
    return fuzzDeployed(outputsFile, options);
  }
  log("Starting a local cloud …");
  const { startLocalCloud } = await import("../../lib/local/local-cloud.js");
  const cloud = await startLocalCloud({
    stack: "dev",
    ...(options.with !== undefined && { with: options.with }),
    loadDeployment: () => import("../../lib/local/deploy-program.js"),
  });
  try {
    return await fuzzDeployed(cloud.outputsFile, options);
  } finally {
    await cloud.stop();
  }
}

async function run(options: Options): Promise<void> {
  const passed = await passes(options);
  // connections that the SDK keeps open must not keep this process alive
  process.exit(passed ? exitCodes.done : exitCodes.attention);
}

export const command = new Command("fuzz")
  .description(
    "Sends generated requests, valid and invalid, to the APIs of a local cloud of its own, or of the stack of\n" +
      "OUTPUTS_FILE, and fails on every response that their documents, docs/openapi*.json, do not allow. Where callers\n" +
      "sign in at a user pool, it makes an administrator there, and deletes it at the end.",
  )
  .option("--api <name>", "the only API to fuzz, payments for example; all for every one", every)
  .addOption(withOption())
  .option("--seconds <number>", "for how long, each API", between(1, 86_400), 60)
  .option("--seed <number>", "repeat the requests of an earlier run", between(0, 1e15))
  .option("--json", "print the number of responses of each status, by API and operation, as JSON")
  .addHelpText(
    "after",
    "\nExit code: 0 every response is allowed, 1 one is not, 2 wrong usage or an API that cannot be reached.",
  )
  .action(run);
