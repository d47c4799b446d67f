import * as path from "node:path";
import * as z from "zod";
import { readJsonFile } from "../../lib/core/json-file";
import { readFlatOutputs } from "../../lib/core/outputs-file";
import { CommandError, root } from "../operations/command";
import { messageOfForcedAlarm } from "./alarm";
import { runOwnCommand } from "./own-command";
import type { Rehearsal } from "./rehearsal";
import type { Step } from "./run-steps";

const reportSchema = z.object({ totals: z.object({ passed: z.int() }) });

/** The suites that run again when the program has been updated. */
const afterUpdate = ["payments", "audit"];

/** The stack does what it is for, and goes on with it through an update. */
export function useSteps(rehearsal: Rehearsal): Step[] {
  return [
    {
      name: "outputs",
      limitMinutes: 2,
      run: async (signal) => {
        const { stack, folder } = rehearsal;
        await own(rehearsal, signal, "outputs", ["--stack", stack, "--folder", folder]);
        return String(readFlatOutputs(outputsFile(rehearsal))["apiEndpoint"]);
      },
    },
    {
      name: "check",
      limitMinutes: 25,
      run: (signal) => check(rehearsal, signal, "check", rehearsal.checks),
    },
    {
      name: "alarm",
      limitMinutes: 10,
      run: (signal) => alarm(rehearsal, signal),
    },
    {
      name: "update with a migration",
      limitMinutes: 20,
      run: (signal) => updateWithMigration(rehearsal, signal),
    },
    {
      name: "payments after it",
      limitMinutes: 10,
      run: (signal) => check(rehearsal, signal, "check-after-update", afterUpdate),
    },
  ];
}

const outputsFile = ({ folder }: Rehearsal) => path.join(folder, "flat-outputs.json");

/** Runs a command of this checkout on the rehearsed project. */
function own(
  { project, folder }: Rehearsal,
  signal: AbortSignal,
  name: string,
  args: readonly string[],
  log = name,
): Promise<string> {
  const logFile = path.join(folder, `${log}.log`);
  return runOwnCommand({ checkout: root, name, args, folder: project.folder, logFile, signal });
}

/** Checks the stack by suites of the integration suite, by default by all. */
async function check(
  rehearsal: Rehearsal,
  signal: AbortSignal,
  report: string,
  suites: readonly string[] | undefined,
): Promise<string> {
  const file = path.join(rehearsal.folder, `${report}.json`);
  const args = ["--payments", "--outputs", outputsFile(rehearsal), "--report", file];
  if (suites !== undefined) args.push("--only", suites.join(","));
  await own(rehearsal, signal, "check", args, report);
  const { totals } = reportSchema.parse(readJsonFile(file, "", CommandError));
  return `${String(totals.passed)} checks passed`;
}

const outputsSchema = z.object({
  alarmTopicArn: z.string(),
  alarmArns: z.record(z.string(), z.string()),
});

async function alarm(rehearsal: Rehearsal, signal: AbortSignal): Promise<string> {
  const { clients, stack, emailAddresses } = rehearsal;
  const outputs = outputsSchema.parse(readFlatOutputs(outputsFile(rehearsal)));
  const [arn = ""] = Object.values(outputs.alarmArns);
  const alarmName = arn.split(":alarm:")[1] ?? "";
  const times = await messageOfForcedAlarm({
    ...{ clients, stack, alarmName, emailAddresses, signal },
    topicArn: outputs.alarmTopicArn,
  });
  const mails =
    emailAddresses.length === 0
      ? "no e-mail address was given"
      : `${emailAddresses.join(", ")}: subscribed; whether the mail has come, see there`;
  return `${alarmName} has notified (forced ${String(times)} times); ${mails}`;
}

/** Runs the migration of a next release, and proves that it was applied and by which update. */
async function updateWithMigration(
  { project, engine, stack }: Rehearsal,
  signal: AbortSignal,
): Promise<string> {
  const migration = project.addMigration();
  const { changes } = await engine.up(stack, signal);
  const results = await engine.valuesOf(stack, "aws:lambda/invocation:Invocation", "result");
  if (!results.some((result) => String(result).includes(`"${migration}"`)))
    throw new CommandError(
      `${String(changes.length)} resources were updated, but no migration ${migration} was applied: ${results.map(String).join(", ")}`,
    );
  return `${migration} applied, ${String(changes.length)} resources updated`;
}
