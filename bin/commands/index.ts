import { Command } from "commander";
import { exitCodes, start } from "../operations/command";
import { write } from "../operations/terminal";

interface CommandEntry {
  /** As in package.json's scripts, too. */
  readonly name: string;
  /** What it is for, in the list of all commands. */
  readonly summary: string;
  /** Loads the command, and with it what only it needs. */
  readonly load: () => Promise<{ readonly command: Command }>;
  /** Its exit code when it fails, where 2 means something else. */
  readonly failed?: number;
}

/** Every command, by where it works. */
export const commands: Readonly<Record<string, readonly CommandEntry[]>> = {
  "On this machine, without a cloud account": [
    {
      name: "local",
      summary: "run the whole stack on this machine and make a first payment",
      load: () => import("./local.js"),
    },
    {
      name: "environments",
      summary: "the stacks' settings side by side, and why they differ",
      load: () => import("./environments.js"),
    },
    {
      name: "diff",
      summary: "compare what two stacks register, or one stack now and before",
      load: () => import("./diff.js"),
    },
    {
      name: "audit",
      summary: "evaluate a program or an exported state against the security rules",
      load: () => import("./audit.js"),
    },
    {
      name: "diagram",
      summary: "draw a stack's architecture from what it registers",
      load: () => import("./diagram.js"),
    },
    {
      name: "dashboard",
      summary: "draw a stack's CloudWatch dashboard, to see what a change does to it",
      load: () => import("./dashboard.js"),
    },
    {
      name: "cost",
      summary: "what stacks cost in a month, idle and for each thousand payments",
      load: () => import("./cost.js"),
    },
    {
      name: "deployment-policy",
      summary: "the permissions that deploying a stack needs, as IAM policies",
      load: () => import("./deployment-policy.js"),
    },
  ],
  "On a stack that is about to be deployed": [
    {
      name: "preflight",
      summary: "whether an AWS account takes a stack: quotas, roles, permissions, names",
      load: () => import("./preflight.js"),
    },
  ],
  "On a deployed stack, on AWS or local": [
    {
      name: "outputs",
      summary: "a stack's outputs as a table and as files",
      load: () => import("./outputs.js"),
    },
    {
      name: "check",
      summary: "check a stack by the integration tests, with a report",
      load: () => import("./check.js"),
    },
    {
      name: "drift",
      summary: "what differs, on AWS or in the program, from the last deployment",
      load: () => import("./drift.js"),
      failed: 1,
    },
    {
      name: "load",
      summary: "load the API as callers would, and reconcile",
      load: () => import("./load.js"),
    },
    {
      name: "fuzz",
      summary: "send generated requests, and check every response against the API document",
      load: () => import("./fuzz.js"),
    },
    {
      name: "reconcile",
      summary: "compare table, ledger and audit documents",
      load: () => import("./reconcile.js"),
    },
    {
      name: "redrive",
      summary: "process the ledger's dead letters again",
      load: () => import("./redrive.js"),
    },
    {
      name: "rehearse",
      summary: "deploy for real into a throwaway account, use it, and destroy it",
      load: () => import("./rehearse.js"),
    },
  ],
  "Working on the project": [
    {
      name: "docs",
      summary: "write the references that are generated from the code",
      load: () => import("./docs.js"),
    },
    {
      name: "bench",
      summary: "measure what the project claims about sizes and times",
      load: () => import("./bench.js"),
    },
  ],
};

/** Runs the command that the arguments name; only that one is loaded. */
export async function main(args: readonly string[]): Promise<void> {
  const tool = new Command("cli.mjs")
    .description("Everything that can be done with this project; each command has --help.")
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        write("stdout", text);
      },
      writeErr: (text) => {
        write("stderr", text);
      },
    })
    .configureHelp({
      commandUsage: (command) =>
        command.parent === null
          ? "npm run <command> -- [options], or node bin/cli.mjs <command> [options]"
          : `npm run ${command.name()} -- ${command.usage()}`,
    });
  let failedCode: number = exitCodes.failed;
  for (const [group, entries] of Object.entries(commands)) {
    for (const { name, summary, load, failed = exitCodes.failed } of entries) {
      const isNamed = args.slice(0, 2).includes(name);
      const command = isNamed ? (await load()).command : new Command(name);
      tool.addCommand(command.copyInheritedSettings(tool).summary(summary).helpGroup(`${group}:`));
      if (isNamed) failedCode = failed;
    }
  }
  await start(tool, args, failedCode);
}
