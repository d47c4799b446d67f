import pc from "picocolors";
import { counted } from "../../lib/core/counted";
import type { Context } from "./check";
import type { Level } from "./finding";
import type { CheckResult } from "./run";

/** What is said of a stack before it is deployed. */
export interface Report {
  readonly stack: string;
  readonly environment: string;
  readonly account: string;
  readonly region: string;
  /** ARN of who asked. */
  readonly caller: string;
  /** ARN of who deploys. */
  readonly deployer: string;
  readonly problems: number;
  readonly warnings: number;
  readonly checks: readonly CheckResult[];
}

/** The report of what checks found. */
export function reportOf(context: Context, checks: readonly CheckResult[]): Report {
  const { stack, environment, identity, region, deployer } = context;
  const count = (level: Level) =>
    checks.flatMap(({ findings }) => findings.filter((one) => one.level === level)).length;
  return {
    stack,
    environment,
    account: identity.account,
    region,
    caller: identity.arn,
    deployer,
    problems: count("problem"),
    warnings: count("warning"),
    checks,
  };
}

const marks: Readonly<Record<Level, string>> = {
  ok: pc.green("ok     "),
  warning: pc.yellow("warning"),
  problem: pc.red("problem"),
};

/**
 * The report for a terminal. Lines are as long as they are: commands and links are to be copied.
 *
 * @param verbose - Also what is well.
 */
export function reportText(report: Report, verbose: boolean): string {
  const { stack, account, region, deployer, problems, warnings } = report;
  const lines = report.checks.flatMap(({ check, findings }) => {
    const shown = findings.filter(({ level }) => verbose || level !== "ok");
    if (shown.length === 0) return [];
    return [
      "",
      pc.bold(check),
      ...shown.flatMap(({ level, what, where, whatToDo }) => [
        `  ${marks[level]}  ${where}: ${what}`,
        ...(whatToDo === undefined ? [] : [`           → ${whatToDo}`]),
      ]),
    ];
  });
  const all = report.checks.flatMap(({ findings }) => findings).length;
  const well = `${String(all - problems - warnings)} well`;
  const color = problems > 0 ? pc.red : pc.green;
  return [
    `${stack} in account ${account}, ${region}, deployed by ${deployer}`,
    ...lines,
    "",
    color(`${counted(problems, "problem")}, ${counted(warnings, "warning")}, ${well}.`),
  ].join("\n");
}
