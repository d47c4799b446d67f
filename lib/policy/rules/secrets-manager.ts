import type { SecretArgs, SecretPolicyArgs, SecretRotationArgs } from "@pulumi/aws/secretsmanager";
import { publicStatements } from "../access";
import { atLeast, byDefault, not } from "../expectations";
import { graphRule, resourceRule, violation } from "../rule";
import type { Rule } from "../rule";

const secretType = "aws:secretsmanager/secret:Secret";
const rotationType = "aws:secretsmanager/secretRotation:SecretRotation";

/** Days; Security Hub's default. */
const longestRotation = 90;

/** The rules for secrets in Secrets Manager. */
export const secretsManagerRules: readonly Rule[] = [
  graphRule<SecretRotationArgs>({
    id: "SecretsManager.1",
    title: "Secrets are rotated automatically",
    severity: "medium",
    concern: "confidentiality",
    pci: ["8.3.9", "8.6.3"],
    remediation:
      "Add a SecretRotation, or let the service manage the secret, if it can: manageMasterUserPassword of RDS.",
    types: [secretType, rotationType],
    check: (subject, graph) => {
      const { resource } = subject;
      if (resource.type === rotationType) return subject.expect("rotationEnabled", not(false));
      return graph.referringTo(resource, rotationType, "secretId").length > 0
        ? []
        : [violation("no SecretRotation rotates the secret")];
    },
  }),
  resourceRule<SecretRotationArgs>({
    id: "SecretsManager.4",
    title: `Secrets are rotated at least every ${String(longestRotation)} days`,
    severity: "medium",
    concern: "confidentiality",
    pci: ["8.3.9", "8.6.3"],
    remediation: `Set rotationRules.automaticallyAfterDays to ${String(longestRotation)} or less.`,
    types: [rotationType],
    check: (rotation) => {
      const days = rotation.get("rotationRules.automaticallyAfterDays");
      const schedule = rotation.get("rotationRules.scheduleExpression");
      if (typeof days === "number") {
        return days <= longestRotation
          ? []
          : [
              violation(
                `found ${String(days)} days, expected at most ${String(longestRotation)}`,
                "rotationRules.automaticallyAfterDays",
              ),
            ];
      }
      return typeof schedule === "string" && isOftenEnough(schedule)
        ? []
        : [
            violation(
              `no schedule of at most ${String(longestRotation)} days`,
              "rotationRules.scheduleExpression",
            ),
          ];
    },
  }),
  resourceRule<SecretArgs>({
    id: "SecretsManager.Key",
    title: "Secrets are encrypted with a key of the customer's own",
    severity: "medium",
    concern: "confidentiality",
    pci: ["3.6.1", "8.3.2"],
    remediation: "Set kmsKeyId; without it, whoever may read the secret may decrypt it.",
    types: [secretType],
    check: (secret) => secret.expectPresent("kmsKeyId"),
  }),
  resourceRule<SecretPolicyArgs>({
    id: "SecretsManager.Public",
    title: "Secrets cannot be read by anyone",
    severity: "critical",
    concern: "confidentiality",
    pci: ["7.2.1", "8.3.2"],
    remediation: "Name principals in the secret's policy, and set blockPublicPolicy: true.",
    binding: true,
    types: [secretType, "aws:secretsmanager/secretPolicy:SecretPolicy"],
    check: (secret) => publicStatements(secret, "policy"),
  }),
  resourceRule<SecretArgs>({
    id: "SecretsManager.Recovery",
    title: "Deleted secrets can be restored",
    severity: "low",
    concern: "availability",
    pci: [],
    remediation: "Leave out recoveryWindowInDays, or set it to 7 or more.",
    types: [secretType],
    check: (secret) => secret.expect("recoveryWindowInDays", byDefault(atLeast(7))),
  }),
];

/** By a rate; a `cron()` names its days of each month or year, of which any is taken. */
function isOftenEnough(schedule: string): boolean {
  const [, days] = /^rate\((\d+) days?\)$/.exec(schedule) ?? [];
  return days === undefined
    ? /^(rate\(\d+ hours?\)|cron\(.+\))$/.test(schedule)
    : Number(days) <= longestRotation;
}
