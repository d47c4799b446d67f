import { cliVariable, findCli } from "./cli";

/** Gets the CLI, once for all test files. */
export default async function start(): Promise<void> {
  process.env[cliVariable] = (await findCli()) ?? "";
}
