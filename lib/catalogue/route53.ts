import type { FactsByType } from "./facts";

/** What is known of the resource types of Route 53. */
export const route53Facts: FactsByType = {
  "aws:route53/record:Record": {
    nameLimit: undefined,
    holdsData: false,
    cost: { free: "queries for an alias of an API are free" },
    rules: { notNeeded: "names another resource; it grants no access" },
    drawn: "read",
    reads: { actions: ["route53:GetHostedZone", "route53:ListResourceRecordSets"] },
  },
  "aws:route53/zone:Zone": {
    nameLimit: undefined,
    holdsData: false,
    cost: "charged",
    rules: "covered",
    drawn: "zone",
    reads: { actions: ["route53:GetHostedZone", "route53:ListTagsForResource"] },
  },
};
