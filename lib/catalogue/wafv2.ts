import type { FactsByType } from "./facts";

/** What is known of the resource types of WAF. */
export const wafFacts: FactsByType = {
  "aws:wafv2/webAcl:WebAcl": {
    nameLimit: { argument: "name", max: 128 },
    holdsData: false,
    cost: "charged",
    rules: "covered",
    drawn: "waf",
    reads: { actions: ["wafv2:GetWebACL", "wafv2:ListTagsForResource"] },
  },
  "aws:wafv2/webAclAssociation:WebAclAssociation": {
    nameLimit: undefined,
    holdsData: false,
    cost: { free: "part of the web ACL" },
    rules: { notNeeded: "evaluated with its web ACL" },
    drawn: "read",
    reads: { actions: ["wafv2:GetWebACLForResource"] },
  },
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": {
    nameLimit: undefined,
    holdsData: false,
    cost: { free: "charged as logs, at its log group" },
    rules: { notNeeded: "evaluated with its web ACL" },
    drawn: "detail",
    reads: { actions: ["wafv2:GetLoggingConfiguration"] },
  },
};
