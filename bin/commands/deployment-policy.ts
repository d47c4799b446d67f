import * as path from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { exitCodes, withOption, writeFile } from "../operations/command";
import { recordGraph } from "../operations/recorded-stack";
import { print } from "../operations/terminal";
import { deploymentPolicy } from "../pipeline/deployment-policy";
import type { PolicyDocument } from "../pipeline/policy";

interface Options {
  readonly stack: string;
  readonly with?: readonly string[];
  readonly account: string;
  readonly region?: string;
  readonly stateBucket?: string;
  readonly secretsKey: string;
  readonly out?: string;
}

async function run(options: Options): Promise<void> {
  const { stack, account, stateBucket, secretsKey, out } = options;
  const { graph, region = "REGION" } = await recordGraph(stack, options.with);
  const policies = deploymentPolicy(
    graph,
    { environment: graph.result.environment, account, region: options.region ?? region },
    stateBucket === undefined ? undefined : { stateBucket, secretsKey },
  );
  print(out === undefined ? json(policies) : written(policies, stack, out));
  process.exitCode = exitCodes.done;
}

function json(value: PolicyDocument | readonly PolicyDocument[]): string {
  return JSON.stringify(value, undefined, 2);
}

/** Writes each policy to a file, and lists the files. */
function written(policies: readonly PolicyDocument[], stack: string, folder: string): string {
  const files = policies.map((policy, index) => {
    const file = path.join(folder, `${stack}-deployment-${String(index + 1)}.json`);
    writeFile(file, `${json(policy)}\n`);
    return file;
  });
  return files.join("\n");
}

function accountId(value: string): string {
  if (!/^\d{12}$/.test(value)) throw new InvalidArgumentError("allowed: 12 digits");
  return value;
}

export const command = new Command("deployment-policy")
  .description(
    "The permissions that deploying a stack needs, from what its program registers: IAM policies for the role of the " +
      "pipeline, or for whoever deploys. No cloud and no Pulumi CLI are needed.",
  )
  .option("--stack <name>", "as its Pulumi.<stack>.yaml configures it", "prod")
  .addOption(withOption())
  .addOption(
    new Option("--account <id>", "the account that it is deployed to")
      .argParser(accountId)
      .default("ACCOUNT"),
  )
  .option("--region <name>", "the region, in place of the stack's")
  .option("--state-bucket <name>", "the bucket with the stack's state, to read and write it too")
  .option("--secrets-key <id>", "the KMS key of the stack's secrets", "SECRETS_KEY")
  .option(
    "--out <folder>",
    "write each policy to a file in this folder, in place of printing an array",
  )
  .addHelpText(
    "after",
    "\nEach policy is small enough for a managed one. What is protected cannot be deleted by them. They follow the stack:\n" +
      "renew them before what is deployed has something new, and after it has lost something.\n" +
      "\nExit code: 0 done, 2 wrong usage, a refused configuration or unwritable files.",
  )
  .action(run);
