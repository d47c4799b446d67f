import type { FactsByType } from "./facts";

const changeRecords = {
  actions: ["route53:ChangeResourceRecordSets", "route53:GetChange"],
  on: "zones",
} as const;

/** What is known of the resource types of Route 53. */
export const route53Facts: FactsByType = {
  "aws:route53/record:Record": {
    nameLimit: undefined,
    holdsData: false,
    cost: { free: "queries for an alias of an API are free" },
    rules: { notNeeded: "names another resource; it grants no access" },
    drawn: "read",
    reads: [{ actions: ["route53:GetHostedZone", "route53:ListResourceRecordSets"] }],
    writes: [changeRecords],
    deletes: [changeRecords],
  },
  "aws:route53/zone:Zone": {
    nameLimit: undefined,
    holdsData: false,
    cost: "charged",
    rules: "covered",
    drawn: "zone",
    reads: [
      {
        actions: [
          "route53:GetHostedZone",
          "route53:ListResourceRecordSets",
          "route53:ListTagsForResource",
        ],
      },
    ],
    writes: [
      // those that concern a VPC are about the VPC as well
      {
        actions: [
          "ec2:DescribeVpcs",
          "route53:AssociateVPCWithHostedZone",
          "route53:CreateHostedZone",
          "route53:DisassociateVPCFromHostedZone",
        ],
      },
      {
        actions: [
          "route53:ChangeTagsForResource",
          "route53:GetChange",
          "route53:UpdateHostedZoneComment",
        ],
        on: "zones",
      },
    ],
    deletes: [
      {
        actions: [
          "route53:ChangeResourceRecordSets",
          "route53:DeleteHostedZone",
          "route53:GetChange",
        ],
        on: "zones",
      },
    ],
  },
};
