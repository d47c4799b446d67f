import { ambiguityRule } from "../../lib/policy/ambiguity";
import { rulesByForm } from "../../lib/policy/audit";
import { pciRequirements } from "../../lib/policy/pci";
import { PolicyGraph } from "../../lib/policy/policy-graph";
import type { Rule } from "../../lib/policy/rule";
import { rules } from "../../lib/policy/rules";
import { uncheckedControls } from "../../lib/policy/unchecked";
import { table } from "./markdown";

/** The names of the modules of Pulumi's type tokens (`aws:rds/instance:Instance`), in the order of the reference. */
const services: Readonly<Record<string, readonly string[]>> = {
  "API Gateway": ["apigateway", "apigatewayv2"],
  "Certificate Manager": ["acm"],
  CloudFront: ["cloudfront"],
  CloudWatch: ["cloudwatch"],
  Cognito: ["cognito"],
  "Database Migration Service": ["dms"],
  DynamoDB: ["dynamodb"],
  "DynamoDB Accelerator": ["dax"],
  ECS: ["ecs"],
  "EC2 and VPC": ["ec2"],
  ElastiCache: ["elasticache"],
  "Elastic Load Balancing": ["elb", "lb"],
  IAM: ["iam"],
  Kinesis: ["kinesis"],
  KMS: ["kms"],
  Lambda: ["lambda"],
  RDS: ["rds"],
  "Route 53": ["route53"],
  S3: ["s3", "s3control"],
  "Secrets Manager": ["secretsmanager"],
  SNS: ["sns"],
  SQS: ["sqs"],
  WAF: ["wafv2"],
};

const none = new PolicyGraph([]);
/** The rules that are of no service. */
const general = [...rulesByForm.map((rule) => rule(none)), ambiguityRule([], [], none)];

/** The reference of the security rules. */
export function rulesReference(): string {
  return [
    "# Security rules",
    "",
    "Generated from `lib/policy/` by `npm run docs`.",
    "",
    `${String(rules.length + general.length)} rules evaluate the AWS resources of any Pulumi program: in tests, in a preview as a policy pack, or`,
    "in an exported state. How they run, and how a violation is accepted, is in [security.md](security.md#the-rules).",
    "",
    "- **Id.** Of AWS Foundational Security Best Practices (FSBP) where AWS has such a control, else one of this set's own.",
    "- **Severity.** AWS's, where the control is in FSBP; this project's where it is not.",
    "- **Concern.** Where a stack is shaped like dev, availability is relaxed; the others never are.",
    "- **PCI DSS.** The requirements of PCI DSS 4.0.1 that the rule supports. They are this project's reading, unless AWS",
    "  maps the control to them; an assessor may read them otherwise. A rule that passes is evidence for a requirement, and",
    "  does not meet it alone.",
    "- **Binding.** prod may not suppress it.",
    "",
    ...Object.entries(services).flatMap(([service, modules]) => [
      `## ${service}`,
      "",
      ruleTable(rules.filter((rule) => modules.includes(moduleOf(rule)))),
      "",
    ]),
    "## Every service",
    "",
    ruleTable([...rules.filter(({ types }) => types.some(isProvider)), ...general]),
    "",
    "## What no program can show",
    "",
    "The rules see what a program declares. What runs, and what people do, is for others to show.",
    "",
    table(
      ["Controls", "What", "Why a program cannot show it", "Who or what does"],
      uncheckedControls.map(({ controls, title, why, how }) => [
        controls.join(", "),
        title,
        why,
        how,
      ]),
    ),
    "",
    "## PCI DSS 4.0.1",
    "",
    "Requirements in short words of our own; the standard is in the",
    "[document library](https://www.pcisecuritystandards.org/document_library/) of its council. No rule supports those",
    "that are missing here.",
    "",
    table(["Requirement", "In short", "Rules"], requirementRows()),
    "",
  ].join("\n");
}

/** `rds` of a rule for `aws:rds/instance:Instance`; a rule for several is where its first type is. */
function moduleOf({ types }: Rule): string {
  return /^aws:(\w+)\//.exec(types[0] ?? "")?.[1] ?? "";
}

function isProvider(type: string): boolean {
  return type.startsWith("pulumi:providers:");
}

function ruleTable(listed: readonly Rule[]): string {
  return table(
    ["Id", "What must hold", "Severity", "Concern", "PCI DSS", "Binding"],
    byId(listed).map(({ id, title, severity, concern, pci, binding }) => [
      `\`${id}\``,
      title,
      severity,
      concern,
      pci.join(", "),
      binding === true ? "in prod" : "",
    ]),
  );
}

function requirementRows(): string[][] {
  return Object.entries(pciRequirements)
    .map(([number, text]) => {
      const supporting = rules.filter(({ pci }) => pci.some((one) => one === number));
      return [
        number,
        text,
        byId(supporting)
          .map(({ id }) => `\`${id}\``)
          .join(", "),
      ];
    })
    .filter(([, , supporting]) => supporting !== "");
}

/** `EC2.2` comes before `EC2.10`. */
function byId(listed: readonly Rule[]): Rule[] {
  return [...listed].sort((a, b) => a.id.localeCompare(b.id, "en", { numeric: true }));
}
