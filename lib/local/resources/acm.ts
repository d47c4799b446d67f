import { X509Certificate } from "node:crypto";
import { DeleteCertificateCommand, ImportCertificateCommand } from "@aws-sdk/client-acm";
import * as z from "zod";
import type { ResourceTypes } from "../resource";
import { creator, required, tagList, tags, text } from "./creator";
import { byId, deletion } from "./deletion";

/** An imported certificate; one that Amazon issues needs a public domain. */
const certificate = creator(
  { certificateBody: z.string(), privateKey: z.string(), certificateChain: text, tags },
  async (args, cloud) => {
    const { acm } = cloud.clients;
    const bytes = (pem: string) => new TextEncoder().encode(pem);
    const { CertificateArn } = await acm.send(
      new ImportCertificateCommand({
        Certificate: bytes(args.certificateBody),
        PrivateKey: bytes(args.privateKey),
        CertificateChain:
          args.certificateChain === undefined ? undefined : bytes(args.certificateChain),
        Tags: tagList(args.tags),
      }),
    );
    const arn = required(CertificateArn, "CertificateArn");
    // the emulator reads no certificate
    const { subject, subjectAltName } = new X509Certificate(args.certificateBody);
    return {
      id: arn,
      outputs: {
        arn,
        domainName: /^CN=(.+)$/m.exec(subject)?.[1],
        subjectAlternativeNames: Array.from(
          (subjectAltName ?? "").matchAll(/DNS:([^,]+)/g),
          ([, name]) => name,
        ),
        status: "ISSUED",
      },
    };
  },
);

/** Certificate Manager. */
export const acmTypes: ResourceTypes = {
  "aws:acm/certificate:Certificate": {
    create: certificate,
    replacedBy: ["domainName"],
    delete: deletion(byId, ({ id }, { clients: { acm } }) =>
      acm.send(new DeleteCertificateCommand({ CertificateArn: id })),
    ),
  },
};
