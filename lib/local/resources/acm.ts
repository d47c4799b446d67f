import { DescribeCertificateCommand, ImportCertificateCommand } from "@aws-sdk/client-acm";
import * as z from "zod";
import type { ResourceTypes } from "../resource";
import { creator, given, tagList, tags, text } from "./creator";

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
    const arn = given(CertificateArn, "CertificateArn");
    const { Certificate } = await acm.send(new DescribeCertificateCommand({ CertificateArn: arn }));
    return {
      id: arn,
      outputs: { arn, domainName: Certificate?.DomainName, status: Certificate?.Status },
    };
  },
);

/** Certificate Manager. */
export const acmTypes: ResourceTypes = { "aws:acm/certificate:Certificate": certificate };
