import type { StackFile } from "../core/stack-file";
import { program } from "../program";
import { deploy } from "./deploy";
import type { Deployed } from "./deploy";
import { startMetricsBridge } from "./metrics-bridge";
import { localAccount } from "./regions";
import type { AccountSettings } from "./regions";
import { resourceTypes } from "./resources";
import type { Shutdown } from "./shutdown";

/** What configures the program, and where it is deployed to. */
export interface ProgramDeployment {
  readonly stack: string;
  readonly stackFile: StackFile;
  readonly settings: AccountSettings;
  /** What is to be stopped is added to it. */
  readonly shutdown: Shutdown;
  /** Called after each resource, with how many there are. */
  readonly onResource: (count: number) => void;
}

/** Deploys this project's program to running servers, and starts the bridge from its functions' logs to metrics. */
export function deployProgram(deployment: ProgramDeployment): Promise<Deployed> {
  const { settings, shutdown, ...options } = deployment;
  const account = localAccount(settings);
  shutdown.addAction(startMetricsBridge(account));
  return deploy({ ...options, program, cloud: account.cloud, resourceTypes });
}
