import * as fs from "node:fs";
import * as path from "node:path";
import type { ProgressLine } from "../operations/progress-line";
import { rehearsalClients } from "./clients";
import type { RehearsalClients } from "./clients";
import { Engine } from "./engine";
import { newStackName } from "./names";
import { ProjectCopy } from "./project";

/** What is rehearsed, and where. */
export interface RehearsalOptions {
  /** The checkout whose program is deployed. */
  readonly checkout: string;
  /** The account that nothing else is in. */
  readonly account: string;
  readonly region: string;
  /** Who is notified by the alarms. */
  readonly emailAddresses: readonly string[];
  /** The suites of the integration suite that check the stack; by default all. */
  readonly checks?: readonly string[];
  /** Where outputs, logs and reports go. */
  readonly folder: string;
  readonly progress: Pick<ProgressLine, "show">;
  /** How long what should be gone may still be found, in milliseconds. */
  readonly patience?: number;
}

/** A run: a stack of its own, made of a copy of the program. */
export interface Rehearsal extends RehearsalOptions {
  readonly stack: string;
  readonly project: ProjectCopy;
  readonly engine: Engine;
  readonly clients: RehearsalClients;
  readonly patience: number;
}

/** Ten minutes: the tagging API's index lags behind. */
const defaultPatience = 10 * 60_000;

/** Prepares a run; nothing is deployed yet. What it returns is removed by `rehearsal.project.remove()`. */
export async function prepare(options: RehearsalOptions): Promise<Rehearsal> {
  // Node 20 is supported here; the SDK's warning is about its future versions
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  const { checkout, region, emailAddresses, progress } = options;
  const folder = path.resolve(options.folder);
  const stack = newStackName();
  const project = ProjectCopy.make(checkout);
  project.configure({ name: stack, region, emailAddresses });
  fs.mkdirSync(folder, { recursive: true });
  const engine = await Engine.open({
    folder: project.folder,
    logFile: path.join(folder, "engine.log"),
    onProgress: (resources) => {
      progress.show(`… ${String(resources)} resources`);
    },
  });
  const clients = rehearsalClients(region);
  return { patience: defaultPatience, ...options, folder, stack, project, engine, clients };
}
