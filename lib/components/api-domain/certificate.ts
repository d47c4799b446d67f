import * as acm from "@pulumi/aws/acm";
import type * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import { regional } from "../../core/context";
import type { StackContext } from "../../types";

/** It lasts a year; a deployment in its last 30 days makes the next. */
const hours = { validity: 365 * 24, earlyRenewal: 30 * 24 };

/** X.509's limit of a common name (RFC 5280, ub-common-name). */
const maxCommonNameLength = 64;

/**
 * Imports a self-signed certificate for a domain. Its key is in the stack's state, as a secret; RSA 2048 is what every
 * version of API Gateway and ACM takes.
 *
 * @returns its ARN.
 */
export function selfSignedCertificate(
  name: string,
  context: StackContext,
  domainName: pulumi.Output<string>,
  child: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const key = new tls.PrivateKey(
    `${name}-certificate-key`,
    { algorithm: "RSA", rsaBits: 2048 },
    child,
  );
  const selfSigned = new tls.SelfSignedCert(
    `${name}-self-signed`,
    {
      privateKeyPem: key.privateKeyPem,
      subject: { commonName: domainName.apply(commonNameOf) },
      dnsNames: [domainName],
      allowedUses: ["digital_signature", "key_encipherment", "server_auth"],
      validityPeriodHours: hours.validity,
      earlyRenewalHours: hours.earlyRenewal,
    },
    child,
  );
  return new acm.Certificate(
    `${name}-certificate`,
    {
      ...regional(context),
      certificateBody: selfSigned.certPem,
      privateKey: key.privateKeyPem,
      tags: { ...context.tags, Name: domainName },
    },
    child,
  ).arn;
}

/** The domain, or where that is too long what covers it: the alternative name, which clients check, is the domain. */
function commonNameOf(domainName: string): string {
  return domainName.length > maxCommonNameLength ? domainName.replace(/^[^.]+/, "*") : domainName;
}
