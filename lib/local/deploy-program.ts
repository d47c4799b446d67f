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
  /** Takes what is to be stopped. */
  readonly shutdown: Shutdown;
  /** Called after each resource, with how many there are. */
  readonly onResource: (count: number) => void;
}

/** Deploys this project's program to servers that run, and lets metrics be made of what its functions log. */
export function deployProgram(deployment: ProgramDeployment): Promise<Deployed> {
  const { settings, shutdown, ...options } = deployment;
  const account = localAccount(settings);
  shutdown.addAction(startMetricsBridge(account));
  return deploy({ ...options, program, cloud: account.cloud, resourceTypes });
}
