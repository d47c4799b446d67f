import { kinesisRules } from "../../../../lib/policy/rules/kinesis";
import { describeRules } from "../rule-cases";

const policyOf = (Principal: unknown) => ({
  policy: JSON.stringify({
    Statement: { Effect: "Allow", Principal, Action: "kinesis:PutRecord", Resource: "*" },
  }),
});

describeRules("rules for Kinesis", kinesisRules, [
  {
    rule: "Kinesis.1",
    passes: [{ encryptionType: "KMS", kmsKeyId: "alias/payments" }],
    fails: [
      { given: {}, at: ["encryptionType"] },
      { given: { encryptionType: "NONE" }, at: ["encryptionType"] },
      { given: { kmsKeyId: "alias/payments" }, at: ["encryptionType"] },
    ],
  },
  {
    rule: "Kinesis.3",
    passes: [{ retentionPeriod: 168 }, { retentionPeriod: 8760 }],
    fails: [
      { given: {}, at: ["retentionPeriod"] },
      { given: { retentionPeriod: 167 }, at: ["retentionPeriod"] },
    ],
  },
  {
    rule: "Data.9",
    passes: [policyOf({ AWS: "123456789012" })],
    fails: [
      { given: policyOf("*"), at: ["policy"] },
      { given: { policy: "no document" }, at: ["policy"] },
    ],
  },
  {
    rule: "DataFirehose.1",
    passes: [
      { serverSideEncryption: { enabled: true } },
      { kinesisSourceConfiguration: { kinesisStreamArn: "arn" } },
      { mskSourceConfiguration: { topicName: "payments" } },
    ],
    fails: [
      { given: {}, at: ["serverSideEncryption.enabled"] },
      {
        given: { serverSideEncryption: { enabled: false } },
        at: ["serverSideEncryption.enabled"],
      },
    ],
  },
]);
