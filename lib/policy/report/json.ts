import type { Finding, Report } from "../evaluate";
import { uncheckedControls } from "../unchecked";

/** A report as JSON: everything that the readable one says, with rules by id and resources by URN. */
export function jsonReport(report: Report): string {
  const { environment, passed, resourceCount, applied, findings, deferrals, uncovered, unused } =
    report;
  return JSON.stringify(
    {
      environment,
      passed,
      resourceCount,
      rules: applied.map(({ id, title, severity, concern, pci, remediation }) => ({
        id,
        title,
        severity,
        concern,
        pci,
        remediation,
      })),
      findings: findings.map((finding) => jsonFinding(finding)),
      notEvaluated: deferrals.map(({ rule, resource, path }) => ({
        rule: rule.id,
        resource: resource.urn,
        path,
      })),
      withoutRules: uncovered.map(({ type, resources }) => ({
        type,
        resources: resources.map(({ urn }) => urn),
      })),
      unusedSuppressions: unused,
      uncheckedControls,
    },
    null,
    2,
  );
}

function jsonFinding({ rule, resource, verdict, paths, message, note }: Finding) {
  const { name, type, urn } = resource;
  return { rule: rule.id, verdict, resource: { name, type, urn }, paths, message, note };
}
