import { daxRules } from "../../../../lib/policy/rules/dax";
import { describeRules } from "../rule-cases";

describeRules("rules for DAX", daxRules, [
  {
    rule: "DynamoDB.3",
    passes: [{ serverSideEncryption: { enabled: true } }],
    fails: [
      { given: {}, at: ["serverSideEncryption.enabled"] },
      {
        given: { serverSideEncryption: { enabled: false } },
        at: ["serverSideEncryption.enabled"],
      },
      { given: { serverSideEncryption: {} }, at: ["serverSideEncryption.enabled"] },
    ],
  },
  {
    rule: "DynamoDB.7",
    passes: [{ clusterEndpointEncryptionType: "TLS" }],
    fails: [
      { given: {}, at: ["clusterEndpointEncryptionType"] },
      {
        given: { clusterEndpointEncryptionType: "NONE" },
        at: ["clusterEndpointEncryptionType"],
      },
    ],
  },
  {
    rule: "Data.8",
    passes: [{ replicationFactor: 3 }, { replicationFactor: 11 }],
    fails: [
      { given: { replicationFactor: 2 }, at: ["replicationFactor"] },
      { given: {}, at: ["replicationFactor"] },
    ],
  },
]);
