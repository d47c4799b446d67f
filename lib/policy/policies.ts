import type { Policy, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import type { EnvironmentType } from "../types";
import { ambiguityRule } from "./ambiguity";
import { audit, ruleIds, rulesByForm, rulesFor } from "./audit";
import { evaluate } from "./evaluate";
import type { Finding, Report } from "./evaluate";
import { pciRequirements } from "./pci";
import { PolicyGraph } from "./policy-graph";
import { formatViolation } from "./rule";
import type { Rule, RuleDescription } from "./rule";
import { rules } from "./rules";
import { validatedGraph, validatedResource } from "./sources/crossguard";
import { checkSuppressions, today } from "./suppressions";
import type { Suppression } from "./suppressions";

/** The options of a policy pack. */
export interface PolicyOptions {
  readonly suppressions?: readonly Suppression[];
  /** What a stack is shaped like, by its name; every stack is evaluated as prod by default. */
  readonly environmentOf?: (stack: string) => EnvironmentType;
}

/**
 * The rules as policies of a CrossGuard pack, for `pulumi preview` and `pulumi up`. Each is mandatory; a
 * policy pack's configuration (`--policy-pack-config`) may set another level by a rule's id.
 *
 * CrossGuard evaluates rules that look at one resource before it is created, and rules that look at a graph when a
 * preview or an update has gone through all resources: what breaks one of those is stopped by the preview, or not at
 * all. What no rule could evaluate is reported by the advisory policy `NotEvaluated`.
 *
 * @throws `SuppressionError` if a suppression is incomplete, of a rule that does not exist, or holds for over a year.
 *
 * @example
 * ```ts
 * import { PolicyPack } from "@pulumi/policy";
 * import { policies } from "payment-stack/policy";
 *
 * new PolicyPack("payments", { policies: policies() });
 * ```
 */
export function policies(
  options: PolicyOptions = {},
): (ResourceValidationPolicy | StackValidationPolicy)[] {
  const { suppressions = [], environmentOf = () => "prod" } = options;
  checkSuppressions(suppressions, ruleIds, "The policy pack", today());
  const evaluateRule = (graph: PolicyGraph, rule: Rule): Report =>
    evaluate(graph, [rule], {
      environment: environmentOf(graph.stack),
      suppressions: suppressions.filter((suppression) => suppression.rule === rule.id),
    });
  const empty = new PolicyGraph([]);
  return [
    ...rules.map((rule) =>
      rule.looksAt === "resource"
        ? ({
            ...policy(rule),
            validateResource: (args, report) => {
              if (!rule.types.includes(args.type)) return;
              reportViolations(
                evaluateRule(new PolicyGraph([validatedResource(args)]), rule),
                report,
              );
            },
          } satisfies ResourceValidationPolicy)
        : ({
            ...policy(rule),
            validateStack: ({ resources }, report) => {
              // reading them all takes longer than the evaluation
              if (!resources.some(({ type }) => rule.types.includes(type))) return;
              reportViolations(evaluateRule(validatedGraph(resources), rule), report);
            },
          } satisfies StackValidationPolicy),
    ),
    ...rulesByForm.map((rule): ResourceValidationPolicy => ({
      ...policy(rule(empty)),
      validateResource: (args, report) => {
        const graph = new PolicyGraph([validatedResource(args)]);
        reportViolations(evaluateRule(graph, rule(graph)), report);
      },
    })),
    {
      ...policy(ambiguityRule([], [], empty)),
      validateStack: ({ resources }, report) => {
        const graph = validatedGraph(resources);
        reportViolations(
          evaluateRule(graph, ambiguityRule(suppressions, rulesFor(graph), graph)),
          report,
        );
      },
    },
    {
      name: "NotEvaluated",
      displayName: "What no rule could evaluate",
      description: "What no rule could evaluate",
      enforcementLevel: "advisory",
      validateStack: ({ resources }, report) => {
        reportNotEvaluated(audit(validatedGraph(resources)), report);
      },
    },
  ];
}

/** A rule as CrossGuard describes policies. */
function policy(rule: RuleDescription): Policy {
  const { id, title, severity, pci, remediation } = rule;
  return {
    name: id,
    displayName: title,
    description: title,
    enforcementLevel: "mandatory",
    severity,
    remediationSteps: remediation,
    ...(pci.length > 0 && {
      framework: {
        name: "PCI DSS",
        version: "4.0.1",
        reference: pci.join(", "),
        specification: pci.map((requirement) => pciRequirements[requirement]).join("; "),
      },
    }),
  };
}

/** Reports what fails; what is suppressed or relaxed does not concern a deployment. */
function reportViolations(
  report: Report,
  violation: (message: string, urn?: string) => void,
): void {
  for (const finding of report.findings.filter(({ verdict }) => verdict === "violated")) {
    violation(messageOf(finding), finding.resource.urn);
  }
}

/** Reports what was not evaluated, each resource once. */
function reportNotEvaluated(report: Report, warn: (message: string, urn?: string) => void): void {
  const about = new Map<string, string[]>();
  for (const { rule, resource, path } of report.deferrals) {
    about.set(resource.urn, [...(about.get(resource.urn) ?? []), `${rule.id} (${path})`]);
  }
  for (const [urn, checks] of about) {
    warn(`not evaluated, because a value is not known yet: ${checks.join(", ")}`, urn);
  }
  for (const { type, resources } of report.uncovered) {
    for (const { urn } of resources) warn(`not evaluated: no rule is about ${type}`, urn);
  }
}

function messageOf(finding: Finding): string {
  const { rule, note } = finding;
  const why = note === undefined ? "" : ` (${note})`;
  return `${formatViolation(finding)}${why}. ${rule.remediation}`;
}
