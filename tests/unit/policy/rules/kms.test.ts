import { kmsRules } from "../../../../lib/policy/rules/kms";
import { describeRules, resource } from "../rule-cases";

const key = "arn:aws:kms:eu-central-1:123456789012:key/a1b2";
const policy = (statement: Readonly<Record<string, unknown>>) => ({
  policy: JSON.stringify({ Statement: { Effect: "Allow", Resource: "*", ...statement } }),
});
const role = (...inlinePolicies: readonly unknown[]) =>
  resource("aws:iam/role:Role", { inlinePolicies });
const decryption = {
  passes: [
    policy({ Action: "kms:Decrypt", Resource: key }),
    policy({ Action: "kms:Decrypt", Resource: "arn:aws:kms:eu-central-1:123456789012:key/*" }),
    policy({ Action: "kms:GenerateDataKey" }),
    policy({ Action: "dynamodb:GetItem" }),
    policy({ Effect: "Deny", Action: "kms:Decrypt" }),
  ],
  fails: [
    policy({ Action: "kms:Decrypt" }),
    policy({ Action: ["kms:ReEncrypt*"], Resource: [key, "*"] }),
    policy({ Action: "*" }),
    policy({ Action: "kms:Decrypt", Resource: "**" }),
    policy({ Action: "kms:Decrypt", Resource: "arn:aws:kms:*" }),
    policy({ Action: "kms:Decrypt", Resource: "arn:aws:kms:*:123456789012:key/*" }),
    policy({ Action: "kms:Decrypt", Resource: [], NotResource: key }),
    { policy: "no policy" },
  ].map((given) => ({ given, at: ["policy"] })),
};
const account = { AWS: "arn:aws:iam::123456789012:root" };
const kept = (type: string, deletionWindowInDays?: number) => [
  { ...resource(`aws:kms/${type}`, { deletionWindowInDays }), protect: true },
];

describeRules("rules for KMS", kmsRules, [
  { rule: "KMS.1", ...decryption },
  {
    rule: "KMS.2",
    passes: [...decryption.passes, [role()], [role(decryption.passes[0])]],
    fails: [
      ...decryption.fails,
      {
        given: [role(decryption.passes[0], policy({ Action: "kms:*" }))],
        at: ["inlinePolicies.1.policy"],
      },
    ],
  },
  {
    rule: "KMS.4",
    passes: [
      { enableKeyRotation: true },
      { customerMasterKeySpec: "SYMMETRIC_DEFAULT", enableKeyRotation: true },
      { customerMasterKeySpec: "RSA_2048" },
      { customKeyStoreId: "cks-1" },
    ],
    fails: [
      { given: {}, at: ["enableKeyRotation"] },
      { given: { enableKeyRotation: false }, at: ["enableKeyRotation"] },
      { given: { customerMasterKeySpec: "SYMMETRIC_DEFAULT" }, at: ["enableKeyRotation"] },
    ],
  },
  {
    rule: "KMS.5",
    passes: [
      {},
      policy({ Principal: account, Action: "kms:*" }),
      policy({
        Principal: "*",
        Action: "kms:Decrypt",
        Condition: { StringEquals: { "kms:CallerAccount": "123456789012" } },
      }),
    ],
    fails: [
      { given: policy({ Principal: "*", Action: "kms:Decrypt" }), at: ["policy"] },
      {
        given: policy({
          Principal: { AWS: "*" },
          Action: "kms:Decrypt",
          Condition: { StringEquals: { "kms:ViaService": "s3.eu-central-1.amazonaws.com" } },
        }),
        at: ["policy"],
      },
      ...["key:Key", "keyPolicy:KeyPolicy", "replicaKey:ReplicaKey"].map((type) => ({
        given: [resource(`aws:kms/${type}`, policy({ Principal: "*", Action: "kms:*" }))],
        at: ["policy"],
      })),
      { given: { policy: "" }, at: ["policy"] },
    ],
  },
  {
    rule: "KMS.Deletion",
    passes: [kept("key:Key"), kept("key:Key", 7), kept("replicaKey:ReplicaKey", 30)],
    fails: [
      { given: {}, at: [] },
      { given: kept("key:Key", 6), at: ["deletionWindowInDays"] },
    ],
  },
]);
