import type { FactsByType } from "./facts";

/** WAF lets itself write to the log group with the caller's permissions. */
const deliverLogs = {
  actions: [
    "logs:CreateLogDelivery",
    "logs:DescribeLogGroups",
    "logs:DescribeResourcePolicies",
    "logs:PutResourcePolicy",
  ],
} as const;

/** What is known of the resource types of WAF. */
export const wafFacts: FactsByType = {
  "aws:wafv2/webAcl:WebAcl": {
    nameLimit: { argument: "name", max: 128 },
    holdsData: false,
    cost: "charged",
    rules: "covered",
    drawn: "waf",
    reads: [{ actions: ["wafv2:GetWebACL", "wafv2:ListTagsForResource"] }],
    writes: [
      {
        actions: [
          "wafv2:CreateWebACL",
          "wafv2:TagResource",
          "wafv2:UntagResource",
          "wafv2:UpdateWebACL",
        ],
        on: "wafv2",
      },
    ],
    deletes: [{ actions: ["wafv2:DeleteWebACL"], on: "wafv2" }],
  },
  "aws:wafv2/webAclAssociation:WebAclAssociation": {
    nameLimit: undefined,
    holdsData: false,
    cost: { free: "part of the web ACL" },
    rules: { notNeeded: "evaluated with its web ACL" },
    drawn: "read",
    reads: [{ actions: ["wafv2:GetWebACLForResource"] }],
    writes: [{ actions: ["apigateway:SetWebACL", "wafv2:AssociateWebACL"], on: "wafv2" }],
    deletes: [{ actions: ["apigateway:SetWebACL", "wafv2:DisassociateWebACL"], on: "wafv2" }],
  },
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": {
    nameLimit: undefined,
    holdsData: false,
    cost: { free: "charged as logs, at its log group" },
    rules: { notNeeded: "evaluated with its web ACL" },
    drawn: "detail",
    reads: [{ actions: ["wafv2:GetLoggingConfiguration"] }],
    writes: [{ actions: ["wafv2:PutLoggingConfiguration"], on: "wafv2" }, deliverLogs],
    deletes: [
      { actions: ["wafv2:DeleteLoggingConfiguration"], on: "wafv2" },
      { actions: ["logs:DeleteLogDelivery"] },
    ],
    linkedRoleOf: "wafv2.amazonaws.com",
  },
};
