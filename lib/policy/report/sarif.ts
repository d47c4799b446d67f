import { createHash } from "node:crypto";
import type { Location, Log, Notification, ReportingDescriptor, Result } from "sarif";
import type { Finding, Report } from "../evaluate";
import { pciRequirements } from "../pci";
import type { PolicyResource } from "../policy-graph";
import { formatViolation } from "../rule";
import type { Rule, Severity } from "../rule";

const levels: Readonly<Record<Severity, Result.level>> = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "note",
};

/** GitHub's scale, https://docs.github.com/code-security/code-scanning: over 9 critical, 7 high, 4 medium. */
const securitySeverities: Readonly<Record<Severity, string>> = {
  critical: "9.5",
  high: "8.0",
  medium: "5.5",
  low: "2.0",
};

/**
 * A report in SARIF 2.1.0, as code scanning services take it.
 *
 * @param artifact - The file that results are shown at, relative to the repository: a resource has no line.
 *
 * @example
 * ```ts
 * import * as fs from "node:fs";
 * import { audit, readState, sarifReport } from "payment-stack/policy";
 *
 * const report = audit(readState("state.json"));
 * fs.writeFileSync("audit.sarif", sarifReport(report, "state.json"));
 * ```
 */
export function sarifReport(report: Report, artifact: string): string {
  const log: Log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "payment-stack audit",
            rules: report.applied.map((rule) => descriptor(rule)),
          },
        },
        invocations: [
          { executionSuccessful: true, toolExecutionNotifications: notEvaluated(report, artifact) },
        ],
        results: report.findings.map((finding) => result(finding, report.applied, artifact)),
      },
    ],
  };
  return JSON.stringify(log, null, 2);
}

/** What was not evaluated is no result, neither good nor bad. */
function notEvaluated({ deferrals, uncovered, applied }: Report, artifact: string): Notification[] {
  return [
    ...deferrals.map(({ rule, resource, path }): Notification => ({
      level: "warning",
      message: {
        text: `${resource.name}: ${path} is not known, so that ${rule.id} was not evaluated`,
      },
      associatedRule: { id: rule.id, index: applied.indexOf(rule) },
      locations: [location(resource, artifact)],
    })),
    ...uncovered.flatMap(({ type, resources }) =>
      resources.map((resource): Notification => ({
        level: "warning",
        message: { text: `${resource.name} was not evaluated: no rule is about ${type}` },
        locations: [location(resource, artifact)],
      })),
    ),
  ];
}

function location({ name, urn }: PolicyResource, artifact: string): Location {
  return {
    physicalLocation: { artifactLocation: { uri: artifact }, region: { startLine: 1 } },
    logicalLocations: [{ name, fullyQualifiedName: urn, kind: "resource" }],
  };
}

function descriptor({ id, title, severity, concern, pci, remediation }: Rule): ReportingDescriptor {
  const requirements = pci.map((number) => `PCI DSS 4.0.1 ${number}: ${pciRequirements[number]}`);
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: [title, ...requirements].join(". ") },
    help: { text: remediation },
    defaultConfiguration: { level: levels[severity] },
    properties: {
      tags: ["security", concern, ...pci.map((number) => `PCI-DSS-4.0.1/${number}`)],
      "security-severity": securitySeverities[severity],
    },
  };
}

function result(finding: Finding, rules: readonly Rule[], artifact: string): Result {
  const { rule, resource, paths, note, verdict } = finding;
  return {
    ruleId: rule.id,
    ruleIndex: rules.indexOf(rule),
    level: levels[rule.severity],
    message: { text: `${resource.name}: ${formatViolation(finding)}` },
    locations: [location(resource, artifact)],
    // the same finding keeps its identity from run to run
    partialFingerprints: {
      "resourceAndRule/v1": createHash("sha256")
        .update([rule.id, resource.urn, ...paths].join("\n"))
        .digest("hex"),
    },
    suppressions:
      verdict === "violated"
        ? []
        : [
            {
              kind: "external",
              status: "accepted",
              ...(note !== undefined && { justification: note }),
            },
          ],
  };
}
