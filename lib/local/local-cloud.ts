import * as path from "node:path";
import { outputsFolder, writeOutputs } from "../core/outputs-file";
import type { StackOutputs } from "../core/outputs-file";
import { record } from "../graph/record";
import { writeCredentials } from "./credentials";
import type { deployProgram } from "./deploy-program";
import { PhaseLog } from "./phases";
import type { OnProgress, Timings } from "./phases";
import { freePort, requireFreePort } from "./ports";
import { recordIamUses } from "./iam-use-recorder";
import { startServers } from "./servers";
import { withModulesOn } from "../modules/switch-on";
import { readStackFile } from "../core/stack-file";
import { readStackConfig } from "../config";
import { Shutdown } from "./shutdown";
import { failWhen } from "./managed-process";

/** Twelve zeros: no account on AWS has them. */
const accountId = "000000000000";
const defaultRegion = "us-east-1";
const root = path.resolve(__dirname, "../..");

/** The stack to run, and where. */
export interface LocalCloudOptions {
  /** Loads the deployment, and with it AWS's SDK, while the servers start: either takes a second. */
  readonly loadDeployment: () => Promise<{ readonly deployProgram: typeof deployProgram }>;
  /** The stack whose `Pulumi.<stack>.yaml` configures the program. */
  readonly stack: string;
  /** Optional modules to switch on, beside those that the stack's file has on; `all` stands for every one. */
  readonly with?: readonly string[];
  /** The emulator's port on the loopback interface; by default a free one. */
  readonly port?: number;
  /** Called with what is being done. */
  readonly onProgress?: OnProgress;
  /** Ends the start. */
  readonly signal?: AbortSignal;
  /** The file that records which permissions functions use; by default none. */
  readonly usesFile?: string;
  /** Where the outputs files go; by default `cfn-outputs` of the project. */
  readonly outputsFolder?: string;
}

/** A local cloud with the program deployed to it. */
export interface RunningCloud {
  /** The emulator's URL. */
  readonly endpoint: string;
  readonly stack: string;
  readonly region: string;
  readonly outputs: StackOutputs;
  /** `flat-outputs.json`. */
  readonly outputsFile: string;
  /** Environment variables that a client of it needs. */
  readonly environment: Readonly<Record<string, string>>;
  readonly resourceCount: number;
  /** Resource types that are simulated, because the emulator has no such service. */
  readonly simulated: readonly string[];
  /** Keys of the stack's file that are skipped, because they are encrypted. */
  readonly skippedKeys: readonly string[];
  /** PostgreSQL's log, with every sign-in. */
  readonly databaseLogFile: string;
  /** How long each phase of the start took, in milliseconds. */
  readonly timings: Timings;
  /** Resolves if the emulator or PostgreSQL ends by itself, to a sentence of how. */
  readonly ended: Promise<string>;
  /** Stops everything that was started and removes what it has written, but for the outputs files. */
  stop(): Promise<void>;
}

/**
 * Starts the emulator and PostgreSQL, deploys the program and writes its outputs.
 *
 * @throws if anything fails or `signal` is aborted; nothing is left running then.
 */
export async function startLocalCloud(options: LocalCloudOptions): Promise<RunningCloud> {
  const shutdown = new Shutdown();
  try {
    const { signal } = options;
    const aborted = new Promise<never>((_, reject) => {
      signal?.addEventListener("abort", () => {
        reject(new Error("stopped before it was up"));
      });
    });
    return await Promise.race([start(options, shutdown), aborted]);
  } catch (error) {
    await shutdown.run();
    throw error;
  }
}

async function start(options: LocalCloudOptions, shutdown: Shutdown): Promise<RunningCloud> {
  const { stack } = options;
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
  const phases = new PhaseLog(options.onProgress);
  const stackFile = withModulesOn(readStackFile(root, stack), stack, options.with ?? []);
  const region = stackFile.config["aws:region"] ?? defaultRegion;
  // rejected, if it is invalid, before anything is started
  await record(readStackConfig, { stack, project: stackFile.project, config: stackFile.config });
  const port = options.port === undefined ? await freePort() : await requireFreePort(options.port);
  const [{ settings, databaseLogFile, ended }, deployment] = await Promise.all([
    startServers({
      root,
      port,
      accountId,
      region,
      phases,
      ...(options.usesFile !== undefined && {
        onCall: recordIamUses(options.usesFile, accountId),
      }),
      shutdown,
    }),
    options.loadDeployment(),
  ]);
  const deployed = await Promise.race([
    phases.run("deployment", (report) =>
      deployment.deployProgram({
        stack,
        stackFile: { ...stackFile, config: { ...stackFile.config, "aws:region": region } },
        settings,
        shutdown,
        onResource: (count) => {
          report(`${String(count)} resources`);
        },
      }),
    ),
    failWhen(ended),
  ]);
  await settings.database.ready; // a program need not have anything that waits for it
  const outputsFile = writeOutputs(
    deployed.outputs,
    stack,
    options.outputsFolder ?? path.join(root, outputsFolder),
  );
  shutdown.addAction(writeCredentials(settings.credentials, outputsFile));
  return {
    endpoint: settings.endpoint,
    stack,
    region,
    ...deployed,
    outputsFile,
    databaseLogFile,
    environment: {
      AWS_ENDPOINT_URL: settings.endpoint,
      AWS_ACCESS_KEY_ID: settings.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: settings.credentials.secretAccessKey,
      AWS_REGION: region,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
      OUTPUTS_FILE: outputsFile,
    },
    skippedKeys: stackFile.skippedKeys,
    timings: phases.timings,
    ended,
    stop: () => shutdown.run(),
  };
}
