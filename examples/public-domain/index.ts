import * as acm from "@pulumi/aws/acm";
import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import { PaymentStack, getEnvironmentConfig } from "payment-stack";

const zoneName = new pulumi.Config().require("zoneName");
const domainName = `api.${zoneName}`;
const config = getEnvironmentConfig("staging", {
  environmentSuffix: pulumi.getStack(),
  overrides: {
    api: { customDomain: domainName },
    // what the whole internet can call
    waf: { enabled: true },
    logs: { retentionDays: 365 },
  },
});

const zone = route53.getZoneOutput({ name: zoneName, privateZone: false });

const certificate = new acm.Certificate("api-certificate", {
  domainName,
  validationMethod: "DNS",
  tags: { ...config.tags, Name: domainName },
});
// the certificate has one name, so that there is one record to prove it by; it stays, for the renewals
const proof = certificate.domainValidationOptions.apply(([option]) => {
  if (option === undefined) throw new pulumi.RunError(`ACM asks for no proof of ${domainName}`);
  return option;
});
const proofRecord = new route53.Record("api-certificate-proof", {
  zoneId: zone.zoneId,
  name: proof.resourceRecordName,
  type: proof.resourceRecordType,
  records: [proof.resourceRecordValue],
  ttl: 300,
});
const validated = new acm.CertificateValidation("api-certificate-validated", {
  certificateArn: certificate.arn,
  validationRecordFqdns: [proofRecord.fqdn],
});

const payments = new PaymentStack("payments", {
  config,
  // not the certificate's own: API Gateway takes one only after it is validated
  apiCertificateArn: validated.certificateArn,
});
const { customDomainTarget, customDomainTargetZoneId } = payments.outputs;

if (customDomainTarget !== undefined && customDomainTargetZoneId !== undefined) {
  new route53.Record("api-alias", {
    zoneId: zone.zoneId,
    name: domainName,
    type: "A",
    aliases: [
      { name: customDomainTarget, zoneId: customDomainTargetZoneId, evaluateTargetHealth: false },
    ],
  });
}

export const url = `https://${domainName}`;
export const certificateArn = validated.certificateArn;
