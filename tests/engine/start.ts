import { cliVariable, findCli } from "./cli";

/** Gets the CLI, once for all test files. */
export default async function start(): Promise<void> {
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
  process.env[cliVariable] = (await findCli()) ?? "";
}
