import Table from "cli-table3";
import type { FirstUseReport } from "../foundation/first-use";
import type { RunningCloud } from "./local-cloud";

/** What a run reports when it is up. */
export interface Report {
  readonly cloud: RunningCloud;
  /** Of each module that has been used. */
  readonly firstUses: readonly FirstUseReport[];
  /** Since the command was started, in milliseconds. */
  readonly elapsed: number;
  /** Whether the cloud stays up, so that there is something to send requests to. */
  readonly staysUp: boolean;
}

/** Endpoints, the first use of each module, and what to paste to go on. */
export function report({ cloud, firstUses, elapsed, staysUp }: Report): string {
  const table = new Table({ style: { head: [], border: [] }, wordWrap: false });
  table.push(
    ...firstUses.flatMap(({ endpoints }) => Object.entries(endpoints)),
    ["AWS", cloud.endpoint],
    ["Outputs", cloud.outputsFile],
  );
  return [
    `${String(cloud.resourceCount)} resources of stack ${cloud.stack} in ${(elapsed / 1000).toFixed(1)} s.`,
    table.toString(),
    ...notes(cloud),
    ...firstUses.map(({ summary }) => summary),
    ...(staysUp ? toPaste(cloud, firstUses) : []),
  ].join("\n");
}

function toPaste({ environment }: RunningCloud, firstUses: readonly FirstUseReport[]): string[] {
  return [
    ...firstUses.flatMap(({ next: { title, commands } }) => [
      "",
      title,
      "",
      ...commands.map((command) => `  ${command}`),
    ]),
    "",
    "Any AWS client, with these variables:",
    "",
    ...Object.entries(environment)
      .filter(([name]) => name.startsWith("AWS_") && !name.endsWith("WARNING_DISABLED"))
      .map(([name, value]) => `  export ${name}=${value}`),
  ];
}

function notes({ simulated, skippedKeys, stack }: RunningCloud): string[] {
  return [
    ...(simulated.length > 0
      ? [`Simulated, because the emulator has no such service: ${simulated.join(", ")}`]
      : []),
    ...(skippedKeys.length > 0
      ? [`Skipped of Pulumi.${stack}.yaml, because encrypted: ${skippedKeys.join(", ")}`]
      : []),
  ];
}
