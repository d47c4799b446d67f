import { route53Rules } from "../../../../lib/policy/rules/route53";
import { describeRules, resource } from "../rule-cases";

const zone = (properties: Record<string, unknown> = {}) =>
  resource("aws:route53/zone:Zone", properties, { name: "zone", id: "Z1" });
const queryLog = (zoneId: string) => resource("aws:route53/queryLog:QueryLog", { zoneId });

describeRules("rules for Route 53", route53Rules, [
  {
    rule: "Route53.2",
    passes: [[zone({ vpcs: [{ vpcId: "vpc-1" }] })], [zone(), queryLog("Z1")]],
    fails: [
      { given: [zone()], at: [] },
      { given: [zone({ vpcs: [] })], at: [] },
      { given: [zone(), queryLog("Z2")], at: [] },
    ],
  },
]);
