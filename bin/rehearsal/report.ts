import pc from "picocolors";
import { oneLine } from "../../lib/core/printable";
import type { StepResult } from "./run-steps";

const marks = { passed: "✓", failed: "✗", skipped: "–" } as const;
const colors = { passed: pc.green, failed: pc.red, skipped: pc.dim } as const;

/** A step's result for a terminal. */
export function resultText({ name, outcome, message, seconds }: StepResult): string {
  const [first = "", ...more] = message.split("\n").map(oneLine);
  const head = `${marks[outcome]} ${name}: ${first}`;
  return [
    colors[outcome](outcome === "skipped" ? head : `${head} (${seconds.toFixed(0)} s)`),
    ...more.map((line) => `  ${line}`),
  ].join("\n");
}

/** A rehearsal as Markdown, for a job's summary. */
export function rehearsalMarkdown(stack: string, results: readonly StepResult[]): string {
  const failed = results.filter(({ outcome }) => outcome === "failed");
  const rows = results.map(
    ({ name, outcome, message, seconds }) =>
      `| ${marks[outcome]} ${name} | ${seconds.toFixed(0)} | ${cell(message)} |`,
  );
  return [
    `## Rehearsal of ${stack}: ${failed.length > 0 ? "failed" : "passed"}`,
    "",
    "| Step | Seconds | What it found |",
    "| --- | ---: | --- |",
    ...rows,
    ...failed.flatMap(({ name, message }) => [
      "",
      `**${name}**`,
      "",
      "~~~~~~~~~~~~",
      ...message.split("\n").map(oneLine),
      "~~~~~~~~~~~~",
    ]),
    "",
  ].join("\n");
}

/** The first line of a message, where it cannot end the cell. */
function cell(message: string): string {
  return oneLine(message.split("\n")[0] ?? "").replaceAll("|", "\\|");
}
