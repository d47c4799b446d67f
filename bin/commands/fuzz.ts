import { Command } from "commander";
import { fuzz } from "../../lib/local/fuzz";
import { between, exitCodes } from "../operations/command";
import { openTarget } from "../operations/target";
import { print, say, write } from "../operations/terminal";

interface Options {
  readonly seconds: number;
  readonly seed?: number;
  readonly json?: true;
}

/** Fuzzes what an outputs file tells of. */
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
    // what the fuzzer tells people is no JSON
    onOutput: (text) => {
      write(json === true ? "stderr" : "stdout", text);
    },
  });
  const counts = [...statuses].sort(([a], [b]) => a - b);
  print(
    json === true
      ? JSON.stringify({ passed, statuses: Object.fromEntries(counts) })
      : `Answers: ${counts.map(([status, count]) => `${String(count)} × ${String(status)}`).join(", ")}`,
  );
  return passed;
}

async function passes(options: Options): Promise<boolean> {
  const outputsFile = process.env["OUTPUTS_FILE"];
  if (outputsFile !== undefined) {
    return fuzzDeployed(outputsFile, options);
  }
  say("Starting a local cloud …");
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
  // what the SDK keeps open must not keep this process
  process.exit(passed ? exitCodes.done : exitCodes.attention);
}

export const command = new Command("fuzz")
  .description(
    "Sends made-up requests, good and bad, to a local cloud of its own, or to the stack of OUTPUTS_FILE, " +
      "and fails on every answer that docs/openapi.json does not allow.",
  )
  .option("--seconds <number>", "how long", between(1, 86_400), 60)
  .option("--seed <number>", "make the requests of an earlier run again", between(0, 1e15))
  .option("--json", "print how many answers there were of each status as JSON")
  .addHelpText(
    "after",
    "\nExit code: 0 every answer is allowed, 1 one is not, 2 wrong usage or an API that cannot be reached.",
  )
  .action(run);
