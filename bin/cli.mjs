// The project's command-line tool: installs what a command needs and is missing, then runs it.
// Plain Node: it runs before node_modules exists.
import * as module from "node:module";
import { fileURLToPath } from "node:url";
import { setUp } from "./setup.mjs";

/** What commands need beside the packages. */
const tools = { local: ["local"], fuzz: ["local", "fuzz"] };

// colours are for terminals; the libraries that print would also colour the log of a CI run
if (!process.stdout.isTTY && !process.env.FORCE_COLOR) process.env.NO_COLOR ||= "1";

setUp(tools[process.argv[2]] ?? []);
// the packages' compiled code is kept, from Node 22.8 on
module.enableCompileCache?.(fileURLToPath(new URL("../.cache/compiled", import.meta.url)));
const { commandsBundle } = await import("./commands-bundle.mjs");
const bundle = await commandsBundle();
await import("./lazy-packages.mjs");
if (bundle === undefined) {
  await import("./tsx.mjs");
  await import("./cli.ts");
} else {
  module.createRequire(import.meta.url)(bundle);
}
