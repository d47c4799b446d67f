import { unknownValue } from "../../../../lib/policy/policy-graph";
import { acmRules } from "../../../../lib/policy/rules/acm";
import { describeRules, resource } from "../rule-cases";

const key = (properties: Record<string, unknown>) =>
  resource("tls:index/privateKey:PrivateKey", properties, { name: "key" });
const imported = resource(
  "aws:acm/certificate:Certificate",
  { privateKey: unknownValue },
  { from: { privateKey: "key" } },
);

describeRules("rules for ACM", acmRules, [
  {
    rule: "ACM.2",
    passes: [
      { domainName: "pay.example.com" },
      { keyAlgorithm: "RSA_2048" },
      { keyAlgorithm: "EC_prime256v1" },
      [imported, key({ algorithm: "RSA", rsaBits: 2048 })],
      [imported, key({ algorithm: "RSA" })],
      [imported, key({ algorithm: "ED25519", rsaBits: 1024 })],
    ],
    fails: [
      { given: { keyAlgorithm: "RSA_1024" }, at: ["keyAlgorithm"] },
      { given: [imported, key({ algorithm: "RSA", rsaBits: 1024 })], at: ["privateKey"] },
    ],
  },
  {
    rule: "Certificate.1",
    passes: [
      { validationMethod: "DNS" },
      { privateKey: unknownValue, certificateBody: "PEM" },
      { privateKeyWo: "PEM", certificateBody: "PEM" },
      { certificateAuthorityArn: "arn:ca" },
    ],
    fails: [
      { given: { domainName: "pay.example.com" }, at: ["validationMethod"] },
      { given: { validationMethod: "EMAIL" }, at: ["validationMethod"] },
    ],
  },
]);
