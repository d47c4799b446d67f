import { Command } from "commander";
import { commands } from "./commands";
import { start } from "./operations/command";

/** Runs the command that the arguments name; only that one is loaded. */
async function main(args: readonly string[]): Promise<void> {
  const tool = new Command("cli.mjs")
    .description("Everything that can be done with this project; each command has --help.")
    .helpCommand(false)
    .configureHelp({
      commandUsage: (command) =>
        command.parent === null
          ? "npm run <command> -- [options], or node bin/cli.mjs <command> [options]"
          : `npm run ${command.name()} -- ${command.usage()}`,
    });
  for (const [group, entries] of Object.entries(commands)) {
    for (const { name, summary, load } of entries) {
      const command = args.slice(0, 2).includes(name) ? (await load()).command : new Command(name);
      tool.addCommand(command.copyInheritedSettings(tool).summary(summary).helpGroup(`${group}:`));
    }
  }
  await start(tool, args);
}

void main(process.argv.slice(2));
