import * as path from "node:path";
import type { LocalCredentials } from "./credentials";
import { pythonTool } from "./python-tools";
import { failWhen, startProcess } from "./managed-process";
import type { ManagedProcess } from "./managed-process";
import { waitUntil } from "./wait-until";

/** The folder, port, account and credentials of the emulator. */
export interface EmulatorOptions {
  /** The project's folder. */
  readonly root: string;
  /** An empty folder for all that it writes; gone when this process is. */
  readonly folder: string;
  readonly port: number;
  readonly accountId: string;
  readonly region: string;
  /** Those of the account's root. */
  readonly credentials: LocalCredentials;
}

/** MiniStack, started; it may not respond yet. */
export interface Emulator extends ManagedProcess {
  readonly endpoint: string;
  /** Resolves when it responds; rejects when it ends before. */
  readonly ready: Promise<void>;
}

/** MiniStack's entry point, behind the guard that admits this run's own callers only. */
const guarded = path.join(__dirname, "emulator-guard/guard.py");

/** Starts MiniStack with an empty state, on the loopback interface only, for this run's callers only. */
export function startEmulator(options: EmulatorOptions): Emulator {
  const { folder, port } = options;
  const { python, packages } = pythonTool("emulator", options.root);
  const endpoint = `http://127.0.0.1:${String(port)}`;
  const managed = startProcess({
    title: "The emulator",
    command: python,
    args: [guarded],
    // functions inherit it, but for the credentials: nothing of this process's environment, but the node
    // that it runs on
    environment: {
      PATH: [path.dirname(process.execPath), "/usr/local/bin", "/usr/bin", "/bin"].join(":"),
      HOME: folder,
      TMPDIR: folder,
      PYTHONPATH: packages,
      PYTHONDONTWRITEBYTECODE: "1",
      BIND_HOST: "127.0.0.1",
      GATEWAY_PORT: String(port),
      MINISTACK_ACCOUNT_ID: options.accountId,
      MINISTACK_REGION: options.region,
      AWS_ACCESS_KEY_ID: options.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: options.credentials.secretAccessKey,
      // the keys of user pools, for the run alone
      STATE_DIR: path.join(folder, "state"),
      LAMBDA_EXECUTOR: "local",
      // what a role may not do is refused, as on AWS
      AUTH: "true",
      LOG_LEVEL: "WARNING",
      // listeners on fixed ports, which would collide with another emulator's
      IOT_MTLS_ENABLED: "0",
      SFTP_ENABLED: "0",
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    },
    folder,
    logFile: path.join(folder, "emulator.log"),
    // with its functions, which are in its group: of what it has, nothing is to be kept
    stopSignal: "SIGKILL",
  });
  const ready = Promise.race([
    // any response will do: it is up
    waitUntil(async () => (await fetch(endpoint)).status > 0, {
      title: "The emulator",
      timeout: 30_000,
      interval: 50,
    }),
    failWhen(managed.ended),
  ]).then(() => undefined);
  return { ...managed, endpoint, ready };
}
