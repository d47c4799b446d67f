import type { RuleGroupArgs, WebAclArgs } from "@pulumi/aws/wafv2";
import { equals } from "../expectations";
import { graphRule, resourceRule, violation } from "../rule";
import type { Rule } from "../rule";

const webAcl = "aws:wafv2/webAcl:WebAcl";
/** Rules that are resources of their own; AWS names web ACLs by their ARN there. */
const separateRules = [
  "aws:wafv2/webAclRule:WebAclRule",
  "aws:wafv2/webAclRuleGroupAssociation:WebAclRuleGroupAssociation",
];

/** The rules for WAF's web ACLs; WAF Classic is no longer offered. */
export const wafRules: readonly Rule[] = [
  graphRule<WebAclArgs>({
    id: "WAF.10",
    title: "Web ACLs have rules",
    severity: "medium",
    concern: "integrity",
    pci: ["6.4.2"],
    remediation: "Add rules, such as AWSManagedRulesCommonRuleSet, to the WebAcl.",
    types: [webAcl],
    check: (acl, graph) =>
      acl.has("ruleJson") ||
      separateRules.some((type) => graph.referringTo(acl.resource, type, "webAclArn").length > 0)
        ? []
        : acl.expectPresent("rules"),
  }),
  graphRule<WebAclArgs>({
    id: "WAF.11",
    title: "Web ACLs log requests",
    severity: "low",
    concern: "accountability",
    pci: ["10.2.1", "10.4.2"],
    remediation: "Add a WebAclLoggingConfiguration with the web ACL's ARN as resourceArn.",
    types: [webAcl],
    check: (acl, graph) =>
      graph.referringTo(
        acl.resource,
        "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
        "resourceArn",
      ).length > 0
        ? []
        : [violation("no WebAclLoggingConfiguration of the web ACL")],
  }),
  resourceRule<RuleGroupArgs | WebAclArgs>({
    id: "WAF.12",
    title: "Web ACLs, rule groups and their rules have metrics",
    severity: "medium",
    concern: "accountability",
    pci: ["10.4.2"],
    remediation: "Set cloudwatchMetricsEnabled: true in every visibilityConfig.",
    types: [webAcl, "aws:wafv2/ruleGroup:RuleGroup", "aws:wafv2/webAclRule:WebAclRule"],
    check: (acl) => [
      ...acl.expect("visibilityConfig.cloudwatchMetricsEnabled", equals(true)),
      ...acl
        .list("rules")
        .flatMap((_, i) =>
          acl.expect(`rules.${String(i)}.visibilityConfig.cloudwatchMetricsEnabled`, equals(true)),
        ),
    ],
  }),
];
