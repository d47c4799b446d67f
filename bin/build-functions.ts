import * as fs from "node:fs";
import * as path from "node:path";
import { inspect } from "node:util";
import { Command } from "commander";
import { functionFiles, functionNames, functionsFolder } from "../lib/components/lambda/bundles";
import { log } from "./operations/terminal";

/** Writes each function's files to where `functionCode` of the compiled package looks for them. */
async function writeFunctions(folder: string): Promise<void> {
  for (const name of functionNames(functionsFolder)) {
    for (const [file, text] of Object.entries(await functionFiles(name, functionsFolder))) {
      const target = path.join(folder, "lib/lambda", name, file);
      fs.mkdirSync(path.dirname(target), { recursive: true });
      fs.writeFileSync(target, text);
    }
  }
}

new Command("build-functions")
  .description(
    "The second half of `npm run build`: the functions' bundles, beside the compiled code.",
  )
  .argument("[folder]", "where the compiled code is", "dist")
  .action(writeFunctions)
  .parseAsync()
  .catch((error: unknown) => {
    log(inspect(error));
    process.exitCode = 1;
  });
