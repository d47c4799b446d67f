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
// the certificate has one name, so that one record validates it; it remains, for the renewals
const validation = certificate.domainValidationOptions.apply(([option]) => {
  if (option === undefined)
    throw new pulumi.RunError(`ACM has no validation option for ${domainName}`);
  return option;
});
const validationRecord = new route53.Record("api-certificate-proof", {
  zoneId: zone.zoneId,
  name: validation.resourceRecordName,
  type: validation.resourceRecordType,
  records: [validation.resourceRecordValue],
  ttl: 300,
});
const validated = new acm.CertificateValidation("api-certificate-validated", {
  certificateArn: certificate.arn,
  validationRecordFqdns: [validationRecord.fqdn],
});

const payments = new PaymentStack("payments", {
  config,
  // not the certificate's own: API Gateway accepts one only after it is validated
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
