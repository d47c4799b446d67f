import { logsRules } from "../../../../lib/policy/rules/logs";
import { describeRules } from "../rule-cases";

describeRules("rules for log groups", logsRules, [
  {
    rule: "CloudWatch.16",
    passes: [
      {},
      { retentionInDays: 0 },
      { retentionInDays: 365 },
      { retentionInDays: 2, logGroupClass: "DELIVERY" },
    ],
    fails: [{ given: { retentionInDays: 180 }, at: ["retentionInDays"] }],
  },
  {
    rule: "Logs.1",
    passes: [{ retentionInDays: 7 }, { logGroupClass: "DELIVERY" }],
    fails: [
      { given: {}, at: ["retentionInDays"] },
      { given: { retentionInDays: 0 }, at: ["retentionInDays"] },
    ],
  },
  {
    rule: "Logs.2",
    passes: [{ kmsKeyId: "arn:aws:kms:eu-central-1:123456789012:key/a1b2" }],
    fails: [{ given: {}, at: ["kmsKeyId"] }],
  },
]);
