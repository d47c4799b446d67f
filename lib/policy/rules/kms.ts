import type { KeyArgs, KeyPolicyArgs } from "@pulumi/aws/kms";
import { allows, publicStatements } from "../access";
import { matchesEveryResource } from "../breadth";
import { atLeast, byDefault, equals } from "../expectations";
import { resourceRule, violation } from "../rule";
import type { Rule, Subject, Violation } from "../rule";
import { identityViolations, inlinePolicyTypes, managedPolicyTypes } from "./identity-policies";
import type { IdentityPolicyArgs } from "./identity-policies";

const keyTypes = [
  "aws:kms/externalKey:ExternalKey",
  "aws:kms/key:Key",
  "aws:kms/replicaExternalKey:ReplicaExternalKey",
  "aws:kms/replicaKey:ReplicaKey",
];

/** The rules for KMS keys, and for who may decrypt with them. */
export const kmsRules: readonly Rule[] = [
  resourceRule<IdentityPolicyArgs>({
    id: "KMS.1",
    title: "No managed policy allows decrypting with every key",
    severity: "medium",
    concern: "confidentiality",
    pci: ["3.6.1", "7.2.2"],
    remediation: "Put the ARNs of the keys in place of the wildcard.",
    binding: true,
    types: managedPolicyTypes,
    check: decryptionWithEveryKey,
  }),
  resourceRule<IdentityPolicyArgs>({
    id: "KMS.2",
    title: "No inline policy allows decrypting with every key",
    severity: "medium",
    concern: "confidentiality",
    pci: ["3.6.1", "7.2.2"],
    remediation: "Put the ARNs of the keys in place of the wildcard.",
    binding: true,
    types: inlinePolicyTypes,
    check: decryptionWithEveryKey,
  }),
  resourceRule<KeyArgs>({
    id: "KMS.4",
    title: "Keys are rotated",
    severity: "medium",
    concern: "confidentiality",
    pci: ["3.7.4"],
    remediation: "Set enableKeyRotation: true.",
    types: ["aws:kms/key:Key"],
    // KMS can rotate only symmetric encryption keys that are not in a store of the customer's own
    check: (key) =>
      byDefault(equals("SYMMETRIC_DEFAULT")).isMet(key.get("customerMasterKeySpec")) &&
      !key.has("customKeyStoreId")
        ? key.expect("enableKeyRotation", equals(true))
        : [],
  }),
  resourceRule<KeyPolicyArgs>({
    id: "KMS.5",
    title: "Keys cannot be used by anyone",
    severity: "critical",
    concern: "confidentiality",
    pci: ["3.6.1", "7.2.1"],
    remediation:
      "Name principals in the key's policy, or the account in a condition on kms:CallerAccount.",
    binding: true,
    types: [...keyTypes, "aws:kms/keyPolicy:KeyPolicy"],
    check: (key) => publicStatements(key, "policy"),
  }),
  resourceRule<KeyArgs>({
    id: "KMS.Deletion",
    title: "Keys are protected from deletion, and their deletion can be cancelled",
    severity: "high",
    concern: "availability",
    pci: ["3.6.1"],
    remediation: "Set the option protect: true, and deletionWindowInDays to 7 or more.",
    types: keyTypes,
    check: (key) => [
      ...key.expect("deletionWindowInDays", byDefault(atLeast(7))),
      ...(key.resource.protect ? [] : [violation("the resource is not protected")]),
    ],
  }),
];

function decryptionWithEveryKey(subject: Subject<IdentityPolicyArgs>): Violation[] {
  return identityViolations(subject, (statement) => {
    const action = ["kms:Decrypt", "kms:ReEncryptFrom"].find((one) => allows(statement, one));
    const everyKey =
      statement.notResources.length > 0 ||
      // AWS's control lets all keys of one region pass; IAM.Resource does not
      statement.resources.some(
        (one) => matchesEveryResource(one) && !/^arn:[^:]*:kms:[^:*?]+:/.test(one),
      );
    return action !== undefined && everyKey ? `allows ${action} with every key` : undefined;
  });
}
