// The project's command-line tool: installs what a command needs and is missing, then runs it.
// Plain Node: it runs before node_modules exists.
import { setUp } from "./setup.mjs";

/** What commands need beside the packages. */
const tools = { local: ["local"], fuzz: ["local", "fuzz"] };

setUp(tools[process.argv[2]] ?? []);
await import("tsx");
await import("./cli.ts");
