import { Command, Option } from "commander";
import pc from "picocolors";
import { CommandError, exitCodes, withOption, writeFile } from "../operations/command";
import { recordStack } from "../operations/recorded-stack";
import { print } from "../operations/terminal";
import { compareGraphs } from "../../lib/comparison/compare";
import type { Comparison } from "../../lib/comparison/compare";
import { graphFile, readGraphFile } from "../../lib/comparison/graph-file";
import type { StackGraph } from "../../lib/comparison/graph-file";
import { markdownReport } from "../../lib/comparison/report/markdown";
import { textReport } from "../../lib/comparison/report/text";

interface Options {
  readonly with?: readonly string[];
  readonly base?: string;
  readonly after?: string;
  readonly save?: string;
  readonly json?: true;
  readonly markdown?: true;
  readonly verbose?: true;
}

async function run(stack: string, other: string | undefined, options: Options): Promise<void> {
  const { base, after, save, with: chosen } = options;
  if ([other, base, save].filter((way) => way !== undefined).length !== 1) {
    throw new CommandError(
      `what should ${stack} be compared with? One of: a second stack, --base FILE, or --save FILE to compare later`,
    );
  }
  if (after !== undefined && base === undefined) {
    throw new CommandError("what should --after be compared with? Name it: --base FILE");
  }
  if (save !== undefined) {
    writeFile(save, graphFile(await recordStack(stack, chosen)));
    print(`${save} has the graph of ${stack}; compare: npm run diff -- ${stack} --base ${save}`);
    return;
  }
  const comparison =
    other !== undefined
      ? compareGraphs(
          await recordStack(stack, chosen),
          await recordStack(other, chosen),
          (await import("../../lib/modules/index.js")).modules.differences,
        )
      : compareWithBase(
          stack,
          String(base),
          after === undefined ? await recordStack(stack, chosen) : readGraphFile(after),
        );
  print(written(comparison, options));
  process.exitCode = comparison.passed ? exitCodes.done : exitCodes.attention;
}

function compareWithBase(stack: string, file: string, after: StackGraph): Comparison {
  const before = readGraphFile(file);
  const isOwn = before.project === after.project && before.stack === stack && after.stack === stack;
  if (!isOwn) {
    throw new CommandError(
      `${file} is the graph of ${before.stack} of ${before.project}, not of ${stack} of ${after.project}`,
    );
  }
  return compareGraphs(before, after, "versions");
}

function written(comparison: Comparison, { json, markdown, verbose }: Options): string {
  if (json === true) return JSON.stringify(comparison, undefined, 2);
  if (markdown === true) return markdownReport(comparison);
  return textReport(comparison, { colors: pc.isColorSupported, verbose: verbose === true });
}

export const command = new Command("diff")
  .description(
    "Compares what two stacks register, or what one stack registers now and registered before, resource by resource " +
      "and argument by argument. No cloud and no Pulumi CLI are needed; secrets are neither saved nor shown.",
  )
  .argument("<stack>", "as its Pulumi.<stack>.yaml configures it")
  .argument("[other]", "the stack to compare it with")
  .addOption(withOption().conflicts("after"))
  .option("--save <file>", "save the stack's graph, to compare with later")
  .option("--base <file>", "compare with the graph that --save wrote")
  .option("--after <file>", "with --base: compare two saved graphs, and run no program")
  .option("--json", "print it as JSON, whole")
  .addOption(new Option("--markdown", "print it as Markdown, for a pull request").conflicts("json"))
  .option("--verbose", "in text also the arguments of resources that only one of them has")
  .addHelpText(
    "after",
    "\nExit code: 0 all is equal or, between stacks, explained; 1 something else differs; " +
      "2 wrong usage or unreadable input.",
  )
  .action(run);
