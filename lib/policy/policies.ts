import type { Policy, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import type { EnvironmentType } from "../types";
import { ruleIds, unknownTypesRule } from "./audit";
import { evaluate } from "./evaluate";
import type { Finding, Report } from "./evaluate";
import { pciRequirements } from "./pci";
import { PolicyGraph } from "./resource";
import { inWords } from "./rule";
import type { RuleDescription } from "./rule";
import { rules } from "./rules";
import { validatedGraph, validatedResource } from "./sources/crossguard";
import { checkRules } from "./suppressions";
import type { Suppression } from "./suppressions";

/** How a policy pack judges. */
export interface PolicyOptions {
  readonly suppressions?: readonly Suppression[];
  /** What a stack is shaped like, by its name; every stack is judged as prod by default. */
  readonly environmentOf?: (stack: string) => EnvironmentType;
}

/**
 * The rules as policies of a CrossGuard pack, for `pulumi preview` and `pulumi up`. Each is mandatory; a
 * policy pack's configuration (`--policy-pack-config`) may set another level by a rule's id.
 *
 * @throws `SuppressionError` if a suppression is of a rule that does not exist.
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
  checkRules(suppressions, ruleIds, "The policy pack");
  const judge = (graph: PolicyGraph, rule: (typeof rules)[number]): Report => {
    return evaluate(graph, [rule], {
      environment: environmentOf(graph.stack),
      suppressions: suppressions.filter((suppression) => suppression.rule === rule.id),
    });
  };
  const ofRules = rules.map((rule) =>
    rule.looksAt === "resource"
      ? ({
          ...policy(rule),
          validateResource: (args, report) => {
            if (!rule.types.includes(args.type)) return;
            tell(judge(new PolicyGraph([validatedResource(args)]), rule), report);
          },
        } satisfies ResourceValidationPolicy)
      : ({
          ...policy(rule),
          validateStack: ({ resources }, report) => {
            // reading them all takes longer than judging
            if (!resources.some(({ type }) => rule.types.includes(type))) return;
            tell(judge(validatedGraph(resources), rule), report);
          },
        } satisfies StackValidationPolicy),
  );
  return [
    ...ofRules,
    {
      ...policy(unknownTypesRule(new PolicyGraph([]))),
      validateStack: ({ resources }, report) => {
        const graph = validatedGraph(resources);
        tell(judge(graph, unknownTypesRule(graph)), report);
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

/** Reports what fails; what is suppressed or relaxed is none of a deployment's business. */
function tell(report: Report, violation: (message: string, urn?: string) => void): void {
  for (const finding of report.findings.filter(({ verdict }) => verdict === "violated")) {
    violation(sentence(finding), finding.resource.urn);
  }
}

function sentence(finding: Finding): string {
  const { rule, note } = finding;
  const why = note === undefined ? "" : ` (${note})`;
  return `${inWords(finding)}${why}. ${rule.remediation}`;
}
