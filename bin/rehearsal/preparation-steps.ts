import * as path from "node:path";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { scripts } from "../../package.json";
import { CommandError } from "../operations/command";
import { startOf } from "./names";
import { runOwnCommand } from "./own-command";
import type { Rehearsal } from "./rehearsal";
import { searchFor } from "./removal-steps";
import type { Step } from "./run-steps";

/** How old a stack is, in hours, whose run has ended or was killed: all steps together may take less. */
export const staleHours = 5;

/** What comes before a deployment. */
export function preparationSteps(rehearsal: Rehearsal): Step[] {
  const { account, region, clients, engine, stack } = rehearsal;
  return [
    {
      name: "account",
      limitMinutes: 1,
      run: async () => {
        const { Account, Arn } = await clients.sts.send(new GetCallerIdentityCommand({}));
        if (Account !== account)
          throw new CommandError(
            `the credentials are of account ${String(Account)}, the rehearsal is for ${account}`,
          );
        return `${String(Arn)}, ${region}`;
      },
    },
    {
      name: "sweep",
      limitMinutes: 60,
      run: async (signal) => {
        const stale = (await engine.stacks()).filter(isStale);
        for (const name of stale) {
          await engine.destroy(name, signal);
          await searchFor(name, rehearsal, signal);
        }
        return stale.length === 0 ? "no run has left a stack" : `destroyed ${stale.join(", ")}`;
      },
    },
    {
      name: "stack",
      limitMinutes: 2,
      run: async () => {
        await engine.create(stack);
        return stack;
      },
    },
    ...("preflight" in scripts ? [preflightStep(rehearsal)] : []),
  ];
}

/** Whether a stack is of a run that has ended or was killed. */
function isStale(stack: string): boolean {
  const start = startOf(stack);
  return start !== undefined && Date.now() - start > staleHours * 3_600_000;
}

/** The copy's own command: it has the stack's file. */
function preflightStep({ project, stack, folder }: Rehearsal): Step {
  return {
    name: "preflight",
    limitMinutes: 10,
    run: async (signal) => {
      await runOwnCommand({
        checkout: project.folder,
        name: "preflight",
        args: ["--stack", stack],
        folder: project.folder,
        logFile: path.join(folder, "preflight.log"),
        signal,
      });
      return "the account can take the stack";
    },
  };
}
