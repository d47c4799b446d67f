import { DescribeCertificateCommand } from "@aws-sdk/client-acm";
import type { CertificateDetail } from "@aws-sdk/client-acm";
import type { RecordedResource } from "../../../lib/graph/program-graph";
import { textOf } from "../check";
import type { Check, Context } from "../check";
import { asked } from "../finding";
import type { Finding } from "../finding";

/** Days before its end at which a certificate that ACM does not renew should be replaced. */
const nearEndDays = 30;

const permissions = ["acm:DescribeCertificate"];

/** Whether a name of a certificate is a domain's; a wildcard stands for one label. */
function covers(name: string, domain: string): boolean {
  if (!name.startsWith("*.")) return name === domain;
  return domain.slice(domain.indexOf(".") + 1) === name.slice(2);
}

function problemsOf(certificate: CertificateDetail, domain: string): string[] {
  const { Status, DomainName, SubjectAlternativeNames = [] } = certificate;
  const names = [...(DomainName === undefined ? [] : [DomainName]), ...SubjectAlternativeNames];
  return [
    ...(Status === "ISSUED" ? [] : [`it is ${String(Status)}`]),
    ...(names.some((name) => covers(name, domain))
      ? []
      : [`its names are ${names.join(", ")}, none of them ${domain}`]),
  ];
}

async function findingsOf(arn: string, domain: string, context: Context): Promise<Finding[]> {
  const [, , , region = ""] = arn.split(":");
  const where = arn;
  const whatToDo = `give the certificate of ${domain} in ${context.region}: aws acm list-certificates --region ${context.region}`;
  if (region !== context.region) {
    return [
      {
        level: "problem",
        what: `is in ${region}: a regional domain takes one of ${context.region}`,
        where,
        whatToDo,
      },
    ];
  }
  const { Certificate } = await context.clients.acm.send(
    new DescribeCertificateCommand({ CertificateArn: arn }),
  );
  if (Certificate === undefined) throw new Error("the answer has no Certificate");
  const problems = problemsOf(Certificate, domain);
  if (problems.length > 0) {
    return [{ level: "problem", what: problems.join("; "), where, whatToDo }];
  }
  const { NotAfter: end, Type } = Certificate;
  if (end === undefined) return [{ level: "ok", what: `issued for ${domain}`, where }];
  const days = Math.floor((end.getTime() - Date.now()) / 86_400_000);
  const what = `issued for ${domain}, ${String(days)} days to its end`;
  // what ACM issues it renews by itself
  if (Type === "AMAZON_ISSUED" || days >= nearEndDays) return [{ level: "ok", what, where }];
  return [
    { level: "warning", what, where, whatToDo: "import a new one under the same ARN before that" },
  ];
}

/** Certificates that the stack is given, by the domains that they are for. */
function given({ graph }: Context): { readonly arn: string; readonly domain: string }[] {
  return graph
    .ofType("aws:apigateway/domainName:DomainName")
    .flatMap((domainName: RecordedResource) => {
      const argument = ["regionalCertificateArn", "certificateArn"].find(
        (one) => textOf(domainName, one) !== undefined,
      );
      if (argument === undefined) return [];
      const isOwn = (domainName.propertyDependencies[argument] ?? []).length > 0;
      const [arn, domain] = [textOf(domainName, argument), textOf(domainName, "domainName")];
      return isOwn || arn === undefined || domain === undefined ? [] : [{ arn, domain }];
    });
}

/** Whether the certificates that the stack is given are of its region and domains, and last. */
export const certificateCheck: Check = {
  name: "certificates",
  permissions,
  run: async (context) => {
    const found = await Promise.all(
      given(context).map(({ arn, domain }) =>
        asked(arn, permissions, () => findingsOf(arn, domain, context)),
      ),
    );
    return found.flat();
  },
};
