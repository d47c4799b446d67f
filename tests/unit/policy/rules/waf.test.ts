import { unknownValue } from "../../../../lib/policy/policy-graph";
import { wafRules } from "../../../../lib/policy/rules/waf";
import { describeRules, resource } from "../rule-cases";

const visible = { visibilityConfig: { cloudwatchMetricsEnabled: true } };
const blind = { visibilityConfig: { cloudwatchMetricsEnabled: false } };
const acl = (properties: Record<string, unknown> = {}) =>
  resource("aws:wafv2/webAcl:WebAcl", properties, { name: "acl" });
const logging = (of: string) =>
  resource(
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
    {},
    { name: "logging", from: { resourceArn: of } },
  );
const separateRule = (kind: string, of: string) =>
  resource(kind, {}, { name: "rule", from: { webAclArn: of } });

describeRules("rules for WAF", wafRules, [
  {
    rule: "WAF.10",
    passes: [
      { rules: [{ name: "rate-limit" }] },
      { rules: unknownValue },
      { ruleJson: "[]" },
      [acl(), separateRule("aws:wafv2/webAclRule:WebAclRule", "acl")],
      [
        acl(),
        separateRule("aws:wafv2/webAclRuleGroupAssociation:WebAclRuleGroupAssociation", "acl"),
      ],
    ],
    fails: [
      { given: {}, at: ["rules"] },
      { given: { rules: [] }, at: ["rules"] },
      {
        given: [acl(), separateRule("aws:wafv2/webAclRule:WebAclRule", "another")],
        at: ["rules"],
      },
    ],
  },
  {
    rule: "WAF.11",
    passes: [[acl(), logging("acl")]],
    fails: [
      { given: [acl()], at: [] },
      { given: [acl(), logging("another")], at: [] },
    ],
  },
  {
    rule: "WAF.12",
    passes: [
      { ...visible },
      { ...visible, rules: [visible, visible] },
      [resource("aws:wafv2/ruleGroup:RuleGroup", { ...visible, rules: [visible] })],
      [resource("aws:wafv2/webAclRule:WebAclRule", visible)],
    ],
    fails: [
      { given: {}, at: ["visibilityConfig.cloudwatchMetricsEnabled"] },
      {
        given: { ...visible, rules: [visible, blind, {}] },
        at: [
          "rules.1.visibilityConfig.cloudwatchMetricsEnabled",
          "rules.2.visibilityConfig.cloudwatchMetricsEnabled",
        ],
      },
      {
        given: [resource("aws:wafv2/webAclRule:WebAclRule", blind)],
        at: ["visibilityConfig.cloudwatchMetricsEnabled"],
      },
    ],
  },
]);
