import { spawnSync } from "node:child_process";

import { Command } from "commander";

import { isRecord } from "../../lib/core/is-record";
import { outputsFolder, readFlatOutputs, writeOutputs } from "../../lib/core/outputs-file";
import type { StackOutputs } from "../../lib/core/outputs-file";
import { CommandError, outputsOption } from "../operations/command";
import { outputTable } from "../operations/output-table";
import { log, print } from "../operations/terminal";

interface Options {
  readonly stack?: string;
  readonly folder: string;
  readonly outputs: string;
  readonly json?: true;
}

async function run({ stack, folder, outputs: file, json }: Options): Promise<void> {
  const outputs = stack === undefined ? readFlatOutputs(file) : deployedOutputs(stack);
  if (stack !== undefined) log(`wrote ${writeOutputs(outputs, stack, folder)}`);
  if (json === true) {
    print(JSON.stringify(outputs, undefined, 2));
    return;
  }
  const { outputSections } = await import("../operations/output-sections.js");
  const width = process.stdout.isTTY ? process.stdout.columns : 100;
  print(outputTable(outputs, outputSections(), width));
}

/** A stack's outputs as the Pulumi CLI knows them, secret ones masked. */
function deployedOutputs(stack: string): StackOutputs {
  const { error, status, stdout, stderr } = spawnSync(
    "pulumi",
    ["stack", "output", "--json", "--stack", stack],
    { encoding: "utf8" },
  );
  if (error !== undefined) {
    throw new CommandError(
      "The Pulumi CLI cannot be started; install it (https://www.pulumi.com/docs/install/) or put it on PATH. " +
        "For the local cloud none is needed: `npm run local` writes the same files.",
    );
  }
  if (status !== 0)
    throw new CommandError(`pulumi stack output failed for ${stack}:\n${stderr.trim()}`);
  const outputs: unknown = JSON.parse(stdout);
  if (!isRecord(outputs) || Object.keys(outputs).length === 0) {
    throw new CommandError(`The stack ${stack} has no outputs yet; deploy it with \`pulumi up\`.`);
  }
  return outputs;
}

/** `npm run outputs`. */
export const command = new Command("outputs")
  .description(
    "Shows a stack's outputs: those of an outputs file, or with --stack those that the Pulumi CLI reads, which " +
      "are also written to flat-outputs.json and all-outputs.json. Secret outputs are masked.",
  )
  .addOption(outputsOption())
  .option("--stack <name>", "read this stack's outputs by the Pulumi CLI, and write the files")
  .option("--folder <path>", "where to, with --stack", outputsFolder)
  .option("--json", "print them as JSON, whole")
  .addHelpText("after", "\nExit code: 0 done; 2 there are none, or they cannot be read or written.")
  .action(run);
