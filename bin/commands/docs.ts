import * as fs from "node:fs";
import * as path from "node:path";
import { Command } from "commander";
import { references } from "../docs/references";
import { exitCodes, root, writeFile } from "../operations/command";
import { print } from "../operations/terminal";

interface Options {
  readonly check?: true;
  readonly json?: true;
}

async function run({ check, json }: Options): Promise<void> {
  // modules that take seconds to load, which help need not wait for
  const { costFile, costReference, environmentCosts } = await import("../docs/cost.js");
  const { dashboardPictures } = await import("../docs/dashboard.js");
  const { environmentPictures } = await import("../diagram/pictures.js");
  const { pipelineRolesFile, pipelineRolesReference } = await import("../docs/pipeline-roles.js");
  const { recordEnvironment } = await import("../docs/recorded.js");
  const all = {
    ...references(),
    [costFile]: costReference(await environmentCosts(recordEnvironment)),
    [pipelineRolesFile]: await pipelineRolesReference(recordEnvironment),
    ...(await environmentPictures(recordEnvironment)),
    ...dashboardPictures((await recordEnvironment("prod")).resources),
  };
  const stale = Object.entries(all).filter(([file, text]) => !isWritten(file, text));
  if (check !== true) for (const [file, text] of stale) writeFile(path.join(root, file), text);
  const files = stale.map(([file]) => file);
  if (json === true) print(JSON.stringify({ stale: files, written: check !== true }));
  else if (files.length === 0) print("every reference is up to date");
  else print(files.map((file) => `${check === true ? "stale" : "wrote"} ${file}`).join("\n"));
  process.exitCode = check === true && files.length > 0 ? exitCodes.attention : exitCodes.done;
}

function isWritten(file: string, text: string): boolean {
  const whole = path.join(root, file);
  return fs.existsSync(whole) && fs.readFileSync(whole, "utf8") === text;
}

export const command = new Command("docs")
  .description(
    "Writes the references and pictures in docs/ that are generated from the code, where they are stale.",
  )
  .option("--check", "write nothing; end with 1 if any is stale")
  .option("--json", "print it as JSON")
  .addHelpText(
    "after",
    "\nExit code: 0 all are up to date, 1 with --check some are stale, 2 wrong usage or unwritable files.",
  )
  .action(run);
