import { Command } from "commander";
import { fuzz } from "../../lib/local/fuzz";
import { between, exitCodes } from "../operations/command";
import { openTarget } from "../operations/target";
import { log, print, write } from "../operations/terminal";

interface Options {
  readonly seconds: number;
  readonly seed?: number;
  readonly json?: true;
}

/** Fuzzes the API of an outputs file. */
async function fuzzDeployed(
  outputsFile: string,
  { seconds, seed, json }: Options,
): Promise<boolean> {
  const { outputs, lambda } = openTarget(outputsFile);
  const { accessKeyId, secretAccessKey, sessionToken } = await lambda.config.credentials();
  const { passed, statuses } = await fuzz({
    seconds,
    ...(seed !== undefined && { seed }),
    target: outputs.apiEndpoint,
    region: outputs.region,
    accessKeyId,
    secretAccessKey,
    ...(sessionToken !== undefined && { sessionToken }),
    // the fuzzer's output for people is not JSON
    onOutput: (text) => {
      write(json === true ? "stderr" : "stdout", text);
    },
  });
  const counts = [...statuses].sort(([a], [b]) => a - b);
  print(
    json === true
      ? JSON.stringify({ passed, statuses: Object.fromEntries(counts) })
      : `Responses: ${counts.map(([status, count]) => `${String(count)} × ${String(status)}`).join(", ")}`,
  );
  return passed;
}

async function passes(options: Options): Promise<boolean> {
  const outputsFile = process.env["OUTPUTS_FILE"];
  if (outputsFile !== undefined) {
    return fuzzDeployed(outputsFile, options);
  }
  log("Starting a local cloud …");
  const { startLocalCloud } = await import("../../lib/local/local-cloud.js");
  const cloud = await startLocalCloud({
    stack: "dev",
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
    "Sends generated requests, valid and invalid, to a local cloud of its own, or to the stack of OUTPUTS_FILE, " +
      "and fails on every response that docs/openapi.json does not allow.",
  )
  .option("--seconds <number>", "how long", between(1, 86_400), 60)
  .option("--seed <number>", "repeat the requests of an earlier run", between(0, 1e15))
  .option("--json", "print the number of responses of each status as JSON")
  .addHelpText(
    "after",
    "\nExit code: 0 every response is allowed, 1 one is not, 2 wrong usage or an API that cannot be reached.",
  )
  .action(run);
