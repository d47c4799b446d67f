import type { UserPoolArgs, UserPoolClientArgs } from "@pulumi/aws/cognito";
import { atLeast, atMost, byDefault, equals, oneOf } from "../expectations";
import { resourceRule } from "../rule";
import type { Rule, Subject } from "../rule";

const poolType = "aws:cognito/userPool:UserPool";

/** The rules for Cognito's user pools and their clients. */
export const cognitoRules: readonly Rule[] = [
  resourceRule<UserPoolArgs>({
    id: "Cognito.3",
    title: "User pools demand strong passwords",
    severity: "medium",
    concern: "confidentiality",
    pci: [],
    remediation:
      "Set passwordPolicy: minimumLength 8 or more, all four of requireLowercase, requireUppercase, requireNumbers and requireSymbols, and temporaryPasswordValidityDays 7 or less.",
    binding: true,
    types: [poolType],
    // Cognito's own policy is such a one
    check: (pool) => (pool.has("passwordPolicy") ? passwordPolicy(pool) : []),
  }),
  resourceRule<UserPoolArgs>({
    id: "Cognito.5",
    title: "User pools whose users sign in by password let them have a second factor",
    severity: "medium",
    concern: "confidentiality",
    pci: [],
    remediation:
      'Set mfaConfiguration: "ON" or "OPTIONAL", and softwareTokenMfaConfiguration: { enabled: true }.',
    types: [poolType],
    check: (pool) =>
      pool.texts("signInPolicy.allowedFirstAuthFactors").some((factor) => factor !== "PASSWORD")
        ? []
        : pool.expect("mfaConfiguration", oneOf("ON", "OPTIONAL")),
  }),
  resourceRule<UserPoolArgs>({
    id: "Cognito.6",
    title: "User pools cannot be deleted by mistake",
    severity: "medium",
    concern: "availability",
    pci: [],
    remediation: 'Set deletionProtection: "ACTIVE".',
    types: [poolType],
    check: (pool) => pool.expect("deletionProtection", equals("ACTIVE")),
  }),
  resourceRule<UserPoolClientArgs>({
    id: "Identity.1",
    title: "User pools' clients do not reveal who has an account, and their tokens can be revoked",
    severity: "medium",
    concern: "confidentiality",
    pci: [],
    remediation: 'Set preventUserExistenceErrors: "ENABLED" and enableTokenRevocation: true.',
    binding: true,
    types: ["aws:cognito/userPoolClient:UserPoolClient"],
    check: (client) => [
      ...client.expect("preventUserExistenceErrors", equals("ENABLED")),
      ...client.expect("enableTokenRevocation", byDefault(equals(true))),
    ],
  }),
];

function passwordPolicy(pool: Subject<UserPoolArgs>) {
  const required = ["Lowercase", "Uppercase", "Numbers", "Symbols"] as const;
  return [
    ...pool.expect("passwordPolicy.minimumLength", atLeast(8)),
    ...required.flatMap((kind) => pool.expect(`passwordPolicy.require${kind}`, equals(true))),
    ...pool.expect("passwordPolicy.temporaryPasswordValidityDays", byDefault(atMost(7))),
  ];
}
