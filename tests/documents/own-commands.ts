import * as fs from "node:fs";
import * as path from "node:path";
import { Command, CommanderError } from "commander";
import { commands } from "../../bin/commands";
import { stackNames } from "../../lib/core/stack-file";
import { modules } from "../../lib/modules";
import { scripts } from "../../package.json";
import { read, root } from "./pages";
import type { Words } from "./shell";

/** What is called by a command line of this project, if it is one: a script of package.json and its arguments. */
export interface OwnCommand {
  readonly name: string;
  readonly args: Words;
}

/** Modules that a page adds to the project; tests/standalone/new-module.test.ts does, and runs the commands then. */
const addedModules = fs.readdirSync(path.join(root, "tests/module/lib/modules"));

/** Whether a command line is of a module that only a page adds. */
export const needsAddedModule = ({ args }: OwnCommand) =>
  args.some((word, index) => args[index - 1] === "--with" && addedModules.includes(word));

/** A placeholder that a reader replaces: `STACK`, `FILE`. */
export const isPlaceholder = (word: string) => /^[A-Z_]+$/.test(word);

/** What `npm run …`, `npm test` or `node bin/cli.mjs …` calls. */
export function ownCommand(words: Words): OwnCommand | undefined {
  const [tool, ...rest] = words.filter((word) => word !== "--silent");
  if (tool === "node" && rest[0] === "bin/cli.mjs") return split(rest.slice(1));
  if (tool === "npm" && rest[0] === "test") return { name: "test", args: rest.slice(1) };
  return tool === "npm" && rest[0] === "run" ? split(rest.slice(1)) : undefined;
}

function split([name = "", ...args]: Words): OwnCommand {
  return { name, args: args[0] === "--" ? args.slice(1) : args };
}

/** Why the project would refuse a command line of a page; undefined if it would not. */
export async function refusalOf({ name, args }: OwnCommand, page: string) {
  if (!Object.keys(scripts).includes(name)) return "package.json has no such script";
  const entry = Object.values(commands)
    .flat()
    .find((one) => one.name === name);
  if (entry === undefined) return args.length === 0 ? undefined : "the script takes no arguments";
  const command = withoutAction((await entry.load()).command);
  const given = args.map((word) => (word === "N" ? "1024" : word));
  try {
    await command.parseAsync(given, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? undefined : error.message;
  }
  return unknownStackOf(command) ?? unknownModuleOf(command) ?? missingFileOf(command, page);
}

/** A command with the same options and arguments that does nothing. */
function withoutAction(command: Command): Command {
  const like = new Command(command.name())
    .exitOverride()
    .configureOutput({ writeOut: () => undefined, writeErr: () => undefined })
    .action(() => undefined);
  for (const option of command.options) like.addOption(option);
  for (const argument of command.registeredArguments) like.addArgument(argument);
  return like;
}

/** An argument that names no existing stack. */
function unknownStackOf(command: Command): string | undefined {
  const places = command.registeredArguments.map((argument) => argument.name());
  const named = places.flatMap((place, index): unknown[] =>
    ["stack", "other", "stacks"].includes(place) ? [command.processedArgs[index]].flat() : [],
  );
  const stranger = [...named, command.getOptionValue("stack")]
    .filter((stack) => typeof stack === "string")
    .find((stack) => !isPlaceholder(stack) && !stackNames(root).includes(stack));
  return stranger === undefined ? undefined : `there is no stack ${stranger}`;
}

/** A module to switch on that there is not. */
function unknownModuleOf(command: Command): string | undefined {
  const optional = modules.parts.filter((part) => part.isOptional).map(({ name }) => name);
  const stranger = [command.getOptionValue("with") ?? []]
    .flat()
    .map(String)
    .find((name) => !["all", ...optional, ...addedModules].includes(name));
  return stranger === undefined ? undefined : `there is no optional module ${stranger}`;
}

/** An input file that neither exists nor was written by what the page shows before. */
function missingFileOf(command: Command, page: string): string | undefined {
  const absent = command.options
    .filter((option) => option.flags.includes("<file>") && !writing.has(option.name()))
    .filter((option) => command.getOptionValueSource(option.attributeName()) === "cli")
    .map((option) => String(command.getOptionValue(option.attributeName())))
    .find(
      (file) =>
        !isPlaceholder(file) &&
        !fs.existsSync(path.join(root, file)) &&
        !new RegExp(`--(?:save|out|output|file) ${file}`).test(read(page)),
    );
  return absent === undefined ? undefined : `there is no ${absent}, and the page writes none`;
}

/** Options that name a file to write. */
const writing = new Set(["chart", "out", "output", "report", "save", "timings"]);
