import pc from "picocolors";
import type { Finding, Report, Verdict } from "../evaluate";
import { formatViolation, severities } from "../rule";
import type { Rule } from "../rule";
import { uncheckedControls } from "../unchecked";
import { counted } from "../../core/counted";
import { oneLine } from "../../core/printable";

/** How a report is written for people. */
export interface TextOptions {
  /** Colours; off by default. */
  readonly colors?: boolean;
  /** Also what is suppressed or relaxed, and what no program can show. */
  readonly verbose?: boolean;
}

/** A report for people: what fails first, worst first, by resource; then what was not evaluated; then a summary. */
export function formatReport(report: Report, options: TextOptions = {}): string {
  const { findings, deferrals, uncovered, unused } = report;
  const { verbose = false } = options;
  const colors = pc.createColors(options.colors ?? false);
  const of = (verdict: Verdict) => findings.filter((finding) => finding.verdict === verdict);
  const violated = of("violated");
  const accepted = [...of("suppressed"), ...of("relaxed")];
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [colors.bold(title), ...lines.map((line) => `  ${line}`), ""];
  return [
    ...worstFirst(violated).flatMap(([rule, broken]) => [
      `${colors.red("✗")} ${colors.bold(rule.id)} ${rule.title} ${colors.dim(weight(rule))}`,
      ...broken.flatMap((finding) => [
        `    ${oneLine(finding.resource.name)} ${colors.dim(oneLine(finding.resource.type))}: ${oneLine(formatViolation(finding))}`,
        ...(finding.note === undefined ? [] : [`      ${colors.yellow(finding.note)}`]),
      ]),
      `    ${colors.cyan("→")} ${rule.remediation}`,
      "",
    ]),
    ...(verbose
      ? [
          ...section(
            "Accepted",
            accepted.map(
              (finding) =>
                `${finding.rule.id} ${oneLine(finding.resource.name)}: ${oneLine(formatViolation(finding))} – ${String(finding.note)}`,
            ),
          ),
          ...section(
            "What no program can show",
            uncheckedControls.map(
              ({ controls, title, how }) => `${title} [${controls.join(", ")}]: ${how}`,
            ),
          ),
        ]
      : []),
    ...section(
      "Not evaluated, because a value is encrypted, not known yet or stored elsewhere",
      deferrals.map(
        ({ rule, resource, path }) => `${rule.id} ${oneLine(resource.name)}: ${oneLine(path)}`,
      ),
    ),
    ...section(
      "Not evaluated, because no rule covers the type",
      uncovered.map(
        ({ type, resources }) => `${oneLine(type)}: ${counted(resources.length, "resource")}`,
      ),
    ),
    ...unused.map(
      ({ rule, resources }) =>
        `${colors.yellow("!")} the suppression of ${rule} for ${resources.join(", ")} suppresses nothing: remove it`,
    ),
    summary(report, violated.length, accepted.length, colors),
  ].join("\n");
}

function summary(
  report: Report,
  violated: number,
  accepted: number,
  colors: ReturnType<typeof pc.createColors>,
): string {
  const { environment, resourceCount, applied, deferrals, uncovered } = report;
  const withoutRules = uncovered.reduce((sum, { resources }) => sum + resources.length, 0);
  const notEvaluated = [
    ...(deferrals.length === 0 ? [] : [counted(deferrals.length, "check")]),
    ...(withoutRules === 0 ? [] : [`${counted(withoutRules, "resource")} without rules`]),
  ];
  // never simply passed while something was not evaluated
  const passed = notEvaluated.length === 0 ? "passed" : "passed as far as it was evaluated";
  const verdict = report.passed
    ? colors.green(passed)
    : colors.red(`failed with ${counted(violated, "violation")}`);
  return (
    `${colors.bold(environment)}: ${verdict}; ${counted(resourceCount, "resource")}, ` +
    `${counted(applied.length, "rule")} with something to look at, ${String(accepted)} accepted` +
    (notEvaluated.length === 0 ? "" : `; not evaluated: ${notEvaluated.join(", ")}`)
  );
}

/** The findings by rule. */
function worstFirst(findings: readonly Finding[]): [Rule, Finding[]][] {
  const byRule = new Map<Rule, Finding[]>();
  for (const finding of findings) {
    const sameRule = byRule.get(finding.rule);
    if (sameRule === undefined) byRule.set(finding.rule, [finding]);
    else sameRule.push(finding);
  }
  return [...byRule].sort(([a], [b]) => rank(b) - rank(a));
}

function weight({ severity, pci }: Rule): string {
  return pci.length === 0 ? `(${severity})` : `(${severity}, PCI DSS ${pci.join(", ")})`;
}

function rank({ severity }: Rule): number {
  return severities.indexOf(severity);
}
