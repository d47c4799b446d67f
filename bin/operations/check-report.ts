import Table from "cli-table3";
import pc from "picocolors";
import type { SuiteResult } from "./check-run";

/** The results of a check. */
export interface CheckReport {
  readonly environment: string;
  readonly accountId: string;
  readonly region: string;
  readonly apiEndpoint: string;
  /** When it began, in ISO 8601. */
  readonly startedAt: string;
  readonly seconds: number;
  readonly suites: readonly SuiteResult[];
  /** Suites that were left out because they make payments. */
  readonly skipped: readonly string[];
}

/** Totals of a report. */
export function totals({ suites }: Pick<CheckReport, "suites">): Record<Count, number> {
  const sum = (count: Count) => suites.reduce((total, suite) => total + suite[count], 0);
  return { passed: sum("passed"), failed: sum("failed"), skipped: sum("skipped") };
}

type Count = "passed" | "failed" | "skipped";

/** The report for a terminal. */
export function checkText(report: CheckReport): string {
  const table = new Table({
    head: ["suite", "passed", "failed", "skipped", "seconds"],
    colAligns: ["left", "right", "right", "right", "right"],
    style: { head: [], border: [] },
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
  });
  for (const { suite, passed, failed, skipped, seconds } of report.suites)
    table.push([
      suite,
      passed,
      failed > 0 ? pc.red(String(failed)) : failed,
      skipped,
      seconds.toFixed(1),
    ]);
  const failures = report.suites.flatMap(({ suite, failures: some }) =>
    some.flatMap(({ test, message }) => [
      "",
      pc.red(`${suite}: ${test}`),
      ...message.map((line) => `  ${line}`),
    ]),
  );
  const color = totals(report).failed > 0 ? pc.red : pc.green;
  return [
    stackLine(report),
    table.toString(),
    ...failures,
    ...(failures.length > 0 ? [""] : []),
    color(totalsLine(report)),
    ...skippedLines(report),
  ].join("\n");
}

/** The report as Markdown: to keep with a release, or in a job's summary. */
export function checkMarkdown(report: CheckReport): string {
  const rows = report.suites.map(
    ({ suite, passed, failed, skipped, seconds }) =>
      `| ${suite} | ${String(passed)} | ${String(failed)} | ${String(skipped)} | ${seconds.toFixed(1)} |`,
  );
  const failures = report.suites.flatMap(({ suite, failures: some }) =>
    some.flatMap(({ test, message }) => [
      "",
      `**${suite}**: ${test}`,
      "",
      "```",
      ...message,
      "```",
    ]),
  );
  return [
    `## Checks of ${report.environment}: ${totals(report).failed > 0 ? "failed" : "passed"}`,
    "",
    `${stackLine(report)}, on ${report.startedAt}`,
    "",
    "| Suite | Passed | Failed | Skipped | Seconds |",
    "| --- | ---: | ---: | ---: | ---: |",
    ...rows,
    ...failures,
    "",
    [totalsLine(report), ...skippedLines(report)].join(" "),
    "",
  ].join("\n");
}

function stackLine({ environment, accountId, region, apiEndpoint }: CheckReport): string {
  return `${environment} in account ${accountId}, ${region}: ${apiEndpoint}`;
}

function totalsLine(report: CheckReport): string {
  const { passed, failed, skipped } = totals(report);
  const parts = [`${String(passed)} passed`, `${String(failed)} failed`];
  if (skipped > 0) parts.push(`${String(skipped)} skipped`);
  return `${parts.join(", ")} in ${report.seconds.toFixed(1)} s.`;
}

function skippedLines({ skipped }: CheckReport): string[] {
  return skipped.length === 0
    ? []
    : [`Skipped, because they make payments: ${skipped.join(", ")} (--payments).`];
}
