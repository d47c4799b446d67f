import type { CertificateArgs } from "@pulumi/aws/acm";
import type { PrivateKeyArgs } from "@pulumi/tls";
import { atLeast, byDefault, equals, not } from "../expectations";
import { Subject, graphRule, resourceRule, violation } from "../rule";
import type { Rule } from "../rule";

const certificate = "aws:acm/certificate:Certificate";

/** The rules for ACM's certificates. */
export const acmRules: readonly Rule[] = [
  graphRule<CertificateArgs>({
    id: "ACM.2",
    title: "RSA certificates have keys of 2048 bits or more",
    severity: "high",
    concern: "confidentiality",
    pci: ["4.2.1"],
    remediation: 'Set keyAlgorithm to "RSA_2048" or "EC_prime256v1", or import a longer key.',
    binding: true,
    types: [certificate],
    check: (one, graph) => {
      const shortKeys = graph
        .referredToBy(one.resource, "privateKey", "tls:index/privateKey:PrivateKey")
        .map((resource) => new Subject<PrivateKeyArgs>(resource))
        .filter((key) => key.get("algorithm") === "RSA" && !longEnough.isMet(key.get("rsaBits")));
      return [
        ...one.expect("keyAlgorithm", not("RSA_1024")),
        ...shortKeys.map(({ resource }) =>
          violation(`the key ${resource.name} has less than 2048 bits`, "privateKey"),
        ),
      ];
    },
  }),
  resourceRule<CertificateArgs>({
    id: "Certificate.1",
    title: "Certificates are validated by DNS, so that AWS renews them by itself",
    severity: "medium",
    concern: "availability",
    pci: ["4.2.1"],
    remediation: 'Set validationMethod: "DNS" and add the records that the certificate asks for.',
    types: [certificate],
    // imported and private certificates are not validated
    check: (one) =>
      one.has("privateKey") || one.has("privateKeyWo") || one.has("certificateAuthorityArn")
        ? []
        : one.expect("validationMethod", equals("DNS")),
  }),
];

/** 2048 is what the tls provider makes by default. */
const longEnough = byDefault(atLeast(2048));
