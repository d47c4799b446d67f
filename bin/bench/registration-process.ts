// Loads Pulumi's SDK, alone or as part of registering all of prod on mocks; prints milliseconds and megabytes.
import * as fs from "node:fs";
import * as path from "node:path";
import { inspect } from "node:util";
import { root } from "../operations/command";
import { log, print } from "../operations/terminal";

/** The SDK's modules that the graph imports. */
function sdkModules(): string[] {
  const folders = ["lib/core", "lib/components", "lib/modules"];
  const texts = folders
    .map((folder) => path.join(root, folder))
    .flatMap((folder) =>
      fs
        .readdirSync(folder, { encoding: "utf8", recursive: true })
        .filter((file) => file.endsWith(".ts"))
        .map((file) => fs.readFileSync(path.join(folder, file), "utf8")),
    );
  const found = texts.flatMap((text) => [
    ...text.matchAll(/^import (?!type).* from "(@pulumi\/[^"]+)"/gm),
  ]);
  return [...new Set(found.map(([, name = ""]) => name))];
}

async function loadSdk(): Promise<number> {
  const names = sdkModules();
  for (const name of names) await import(name);
  return names.length;
}

/** As `pulumi up` runs the program, with its bundles; with mocks instead of the engine. */
async function registerProd(): Promise<number> {
  await import("../bundle-first.js");
  const [{ program }, { record }] = await Promise.all([
    import("../../lib/program.js"),
    import("../../lib/graph/record.js"),
  ]);
  const alarms = JSON.stringify({ emailAddresses: "none" });
  const config = { "payments:environment": "prod", "payments:alarms": alarms };
  const { resources } = await record(program, { stack: "prod", config });
  return resources.length;
}

async function run(): Promise<void> {
  const count = await (process.argv[2] === "sdk" ? loadSdk() : registerProd());
  const mb = Math.round(process.memoryUsage.rss() / 1e5) / 10;
  print(JSON.stringify({ count, ms: performance.now(), mb }));
}

run().then(
  () => process.exit(),
  (error: unknown) => {
    log(inspect(error));
    process.exit(1);
  },
);
