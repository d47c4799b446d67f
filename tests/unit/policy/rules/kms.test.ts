import { kmsRules } from "../../../../lib/policy/rules/kms";
import { describeRules } from "../judge";

describeRules("rules for KMS", kmsRules, [
  {
    rule: "KMS.4",
    passes: [{ enableKeyRotation: true }, { customerMasterKeySpec: "RSA_2048" }],
    fails: [
      { given: {}, at: ["enableKeyRotation"] },
      { given: { enableKeyRotation: false }, at: ["enableKeyRotation"] },
    ],
  },
]);
