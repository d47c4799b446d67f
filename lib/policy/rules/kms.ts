import type { KeyArgs } from "@pulumi/aws/kms";
import { byDefault, equals } from "../expectations";
import { resourceRule } from "../rule";
import type { Rule } from "../rule";

/** The rules for KMS keys. */
export const kmsRules: readonly Rule[] = [
  resourceRule<KeyArgs>({
    id: "KMS.4",
    title: "Keys are rotated",
    severity: "medium",
    concern: "confidentiality",
    pci: ["3.7.4"],
    remediation: "Set enableKeyRotation: true.",
    types: ["aws:kms/key:Key"],
    // only symmetric encryption keys can be rotated by KMS
    check: (key) =>
      byDefault(equals("SYMMETRIC_DEFAULT")).isMet(key.get("customerMasterKeySpec"))
        ? key.expect("enableKeyRotation", equals(true))
        : [],
  }),
];
