import type { FactsByType } from "./facts";

/** What is known of the resource types of Certificate Manager. */
export const acmFacts: FactsByType = {
  "aws:acm/certificate:Certificate": {
    nameLimit: undefined,
    holdsData: false,
    cost: { free: "imported certificates are free" },
    rules: "covered",
    drawn: "detail",
    reads: [{ actions: ["acm:DescribeCertificate", "acm:ListTagsForCertificate"] }],
    writes: [
      {
        actions: [
          "acm:AddTagsToCertificate",
          "acm:ImportCertificate",
          "acm:RemoveTagsFromCertificate",
        ],
        on: "certificates",
      },
    ],
    deletes: [{ actions: ["acm:DeleteCertificate"], on: "certificates" }],
  },
};
