import { spawnSync } from "node:child_process";
import { Command } from "commander";
import { outputsFolder, writeOutputs } from "../../lib/outputs-file";
import { CommandError } from "../operations/command";

/** A stack's outputs as the Pulumi CLI knows them; throws with the CLI's own words. */
function stackOutputs(stack: string): Record<string, unknown> {
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
  const outputs = JSON.parse(stdout) as Record<string, unknown>;
  if (Object.keys(outputs).length === 0) {
    throw new CommandError(`The stack ${stack} has no outputs yet; deploy it with \`pulumi up\`.`);
  }
  return outputs;
}

export const command = new Command("outputs")
  .description("Writes the outputs of a stack on AWS to flat-outputs.json and all-outputs.json.")
  .requiredOption("--stack <name>", "the stack, as `pulumi stack ls` names it")
  .option("--folder <path>", "where to", outputsFolder)
  .action(({ stack, folder }: { stack: string; folder: string }) => {
    console.log(`wrote ${writeOutputs(stackOutputs(stack), stack, folder)}`);
  });
