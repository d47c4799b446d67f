import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { Command, InvalidArgumentError } from "commander";
import * as z from "zod";
import { fuzz } from "../lib/local/fuzz";
import { startLocalCloud } from "../lib/local/local-cloud";
import { readFlatOutputs } from "../lib/outputs-file";

interface Options {
  readonly seconds: number;
  readonly seed?: number;
}

const outputsSchema = z.object({ apiEndpoint: z.url(), region: z.string() });

function wholeNumber(value: string): number {
  if (!/^\d{1,15}$/.test(value)) throw new InvalidArgumentError("allowed: whole numbers");
  return Number(value);
}

/** Fuzzes what an outputs file tells of, with the credentials of the environment. */
async function fuzzDeployed(outputsFile: string, options: Options): Promise<boolean> {
  const { apiEndpoint, region } = outputsSchema.parse(readFlatOutputs(outputsFile));
  const { accessKeyId, secretAccessKey, sessionToken } = await new DynamoDBClient({
    region,
  }).config.credentials();
  const { passed, statuses } = await fuzz({
    ...options,
    target: apiEndpoint,
    region,
    accessKeyId,
    secretAccessKey,
    ...(sessionToken !== undefined && { sessionToken }),
    onOutput: (text) => process.stdout.write(text),
  });
  const counts = [...statuses].sort(([a], [b]) => a - b);
  console.log(
    `Answers: ${counts.map(([status, count]) => `${String(count)} × ${String(status)}`).join(", ")}`,
  );
  return passed;
}

async function run(options: Options): Promise<void> {
  const outputsFile = process.env["OUTPUTS_FILE"];
  if (outputsFile !== undefined) {
    process.exitCode = (await fuzzDeployed(outputsFile, options)) ? 0 : 1;
    return;
  }
  console.log("Starting a local cloud …");
  const cloud = await startLocalCloud({ stack: "dev" });
  try {
    Object.assign(process.env, cloud.environment);
    process.exitCode = (await fuzzDeployed(cloud.outputsFile, options)) ? 0 : 1;
  } finally {
    await cloud.stop();
  }
}

new Command("npm run fuzz --")
  .description(
    "Sends made-up requests, good and bad, to a local cloud of its own, or to the stack of OUTPUTS_FILE, " +
      "and fails on every answer that docs/openapi.json does not allow.",
  )
  .option("--seconds <number>", "how long", wholeNumber, 60)
  .option("--seed <number>", "make the requests of an earlier run again", wholeNumber)
  .action(run)
  .parseAsync()
  .then(
    // what the SDK keeps open must not keep this process
    () => process.exit(),
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      process.exit(2);
    },
  );
