import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { PulumiCommand } from "@pulumi/pulumi/automation";
import { prepare } from "../../bin/rehearsal/rehearsal";
import type { Rehearsal } from "../../bin/rehearsal/rehearsal";
import { runSteps } from "../../bin/rehearsal/run-steps";
import type { Step, StepResult } from "../../bin/rehearsal/run-steps";
import { rehearsalSteps } from "../../bin/rehearsal/steps";
import { writeCredentials } from "../../lib/local/credentials";
import { startMetricsBridge } from "../../lib/local/metrics-bridge";
import { localAccount } from "../../lib/local/regions";
import { foundCli } from "./cli";
import { startEmptyCloud } from "./cloud";
import type { EmptyCloud } from "./cloud";
import { LocalProvider } from "./provider/provider";
import { serve } from "./provider/server";
import { engineVariables } from "./stack";

const root = path.resolve(__dirname, "../..");

/** A local cloud that the rehearsal's steps take for AWS, and an engine that creates in it. */
export class RehearsalCloud {
  private constructor(
    /** All files of states and reports. */
    readonly folder: string,
    readonly local: EmptyCloud,
    private readonly ends: readonly (() => Promise<void> | void)[],
  ) {}

  static async start(): Promise<RehearsalCloud> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "payments-rehearsals-"));
    const folderOf = (part: string) => {
      const made = path.join(folder, part);
      fs.mkdirSync(made);
      return made;
    };
    const local = await startEmptyCloud();
    const { endpoint, credentials, region } = local.settings;
    const account = localAccount(local.settings);
    const provider = await serve(new LocalProvider(account.cloud));
    Object.assign(process.env, engineVariables(folderOf("backend"), provider), {
      PULUMI_HOME: folderOf("home"),
      PATH: [...programs(await foundCli(), folderOf("plugins")), process.env["PATH"]].join(
        path.delimiter,
      ),
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    });
    return new RehearsalCloud(folder, local, [
      startMetricsBridge(account),
      () => {
        provider.stop();
      },
      () => local.stop(),
      () => {
        fs.rmSync(folder, { recursive: true });
      },
    ]);
  }

  /** Prepares a run of a checkout's program. */
  async prepare(checkout: string = root): Promise<Rehearsal> {
    const folder = fs.mkdtempSync(path.join(this.folder, "reports-"));
    const { accountId, region, credentials } = this.local.settings;
    void writeCredentials(credentials, path.join(folder, "flat-outputs.json"));
    return prepare({
      ...{ checkout, account: accountId, region, folder },
      emailAddresses: ["team@example.com"],
      progress: { show: () => undefined },
      // one that reads, one that pays: the integration suite has run all of them
      checks: ["monitoring", "payments"],
      // nothing lags behind here
      patience: 0,
    });
  }

  async stop(): Promise<void> {
    for (const end of this.ends) await end();
  }
}

/** The steps of those names, of a rehearsal. */
export function stepsOf(rehearsal: Rehearsal, ...names: readonly string[]): Step[] {
  return rehearsalSteps(rehearsal, { keep: false }).filter(({ name }) => names.includes(name));
}

/** Runs steps to their end, and returns their results by their names. */
export async function resultsOf(
  rehearsal: Rehearsal,
  steps: readonly Step[],
): Promise<Record<string, StepResult>> {
  const never = new AbortController().signal;
  try {
    const results = await runSteps(steps, { interrupted: never, abandoned: never });
    return Object.fromEntries(results.map((result) => [result.name, result]));
  } finally {
    rehearsal.project.remove();
  }
}

/** Folders with the Pulumi CLI and, where that does not bring it, its host of Node programs. */
function programs({ command }: PulumiCommand, folder: string): string[] {
  const own = path.dirname(command);
  const name = "pulumi-language-nodejs";
  if (command !== "pulumi" && fs.existsSync(path.join(own, name))) return [own];
  const host = path.join(__dirname, "language-host.ts");
  fs.writeFileSync(
    path.join(folder, name),
    `#!/bin/sh\nexec '${process.execPath}' --import '${path.join(root, "bin/tsx.mjs")}' '${host}' "$@"\n`,
    { mode: 0o755 },
  );
  return [folder, own];
}
