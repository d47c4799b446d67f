import type { FactsByType } from "./facts";

/** What is known of the resource types of KMS. */
export const kmsFacts: FactsByType = {
  "aws:kms/alias:Alias": {
    nameLimit: { argument: "name", max: 256 },
    holdsData: false,
    cost: { free: "aliases are free" },
    rules: { notNeeded: "another name of a key, which is evaluated itself" },
    drawn: "detail",
    reads: [{ actions: ["kms:ListAliases"] }],
    writes: [{ actions: ["kms:CreateAlias", "kms:UpdateAlias"], on: "keyAliases" }],
    deletes: [{ actions: ["kms:DeleteAlias"], on: "keyAliases" }],
  },
  "aws:kms/key:Key": {
    nameLimit: undefined,
    holdsData: true,
    cost: "charged",
    rules: "covered",
    drawn: "keys",
    reads: [
      {
        actions: [
          "kms:DescribeKey",
          "kms:GetKeyPolicy",
          "kms:GetKeyRotationStatus",
          "kms:ListResourceTags",
        ],
      },
    ],
    // KMS makes no key whose policy the caller could not change again
    writes: [
      { actions: ["kms:CreateKey"] },
      { actions: ["kms:EnableKeyRotation", "kms:PutKeyPolicy", "kms:TagResource"], on: "newKeys" },
      {
        actions: ["kms:DisableKeyRotation", "kms:UntagResource", "kms:UpdateKeyDescription"],
        on: "keys",
      },
    ],
    deletes: [{ actions: ["kms:ScheduleKeyDeletion"], on: "keys" }],
  },
};
