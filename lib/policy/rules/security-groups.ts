import type { SecurityGroupArgs, SecurityGroupRuleArgs } from "@pulumi/aws/ec2";
import { present } from "../expectations";
import type { Expectation } from "../expectations";
import { Subject, resourceRule, violation } from "../rule";
import type { Rule, RuleDescription, Violation } from "../rule";
import { formatPorts, includesPort, isWeb, openings, securityGroupTypes } from "../traffic";
import type { Direction, Opening } from "../traffic";

const { group, defaultGroup, rule, ingressRule, egressRule } = securityGroupTypes;

/** SSH and RDP. */
const administrationPorts = [22, 3389];
/** File transfer, mail, databases, search, consoles and development servers: AWS's list for EC2.19. */
const highRiskPorts = [
  20, 21, 22, 23, 25, 110, 135, 143, 445, 1433, 1434, 3000, 3306, 3389, 4333, 5000, 5432, 5500,
  5601, 8080, 8088, 8888, 9200, 9300,
];

/** The rules for security groups and their rules, inline or as resources of their own. */
export const securityGroupRules: readonly Rule[] = [
  noOpening("ingress", (opening) => includesPort(opening, 22), {
    id: "EC2.13",
    title: "Not everyone reaches SSH",
    severity: "high",
    concern: "confidentiality",
    pci: ["1.3.1"],
    remediation: "Name the networks or groups that may, or use Session Manager.",
    binding: true,
  }),
  noOpening("ingress", (opening) => includesPort(opening, 3389), {
    id: "EC2.14",
    title: "Not everyone reaches remote desktops",
    severity: "high",
    concern: "confidentiality",
    pci: ["1.3.1"],
    remediation: "Name the networks or groups that may, or use Session Manager.",
    binding: true,
  }),
  noOpening("ingress", (opening) => opening.protocol !== "other" && !isWeb(opening), {
    id: "EC2.18",
    title: "Everyone reaches ports 80 and 443 at most",
    severity: "high",
    concern: "confidentiality",
    pci: ["1.2.5", "1.3.1", "1.4.2"],
    remediation:
      "Name the networks or groups that may connect in place of 0.0.0.0/0, ::/0 or ranges broader than /8 (IPv6: /32).",
    binding: true,
  }),
  noOpening("ingress", (opening) => highRiskPorts.some((port) => includesPort(opening, port)), {
    id: "EC2.19",
    title: "Not everyone reaches ports of high risk, such as databases'",
    severity: "critical",
    concern: "confidentiality",
    pci: ["1.3.1", "1.4.2", "1.4.4"],
    remediation:
      "Name the networks or groups that may connect in place of 0.0.0.0/0, ::/0 or ranges broader than /8 (IPv6: /32).",
    binding: true,
  }),
  noOpening("ingress", (opening) => opening.ipVersion === 4 && isForAdministration(opening), {
    id: "EC2.53",
    title: "Not every IPv4 address reaches ports for administration",
    severity: "high",
    concern: "confidentiality",
    pci: ["1.3.1"],
    remediation: "Name the networks or groups that may, or use Session Manager.",
    binding: true,
  }),
  noOpening("ingress", (opening) => opening.ipVersion === 6 && isForAdministration(opening), {
    id: "EC2.54",
    title: "Not every IPv6 address reaches ports for administration",
    severity: "high",
    concern: "confidentiality",
    pci: ["1.3.1"],
    remediation: "Name the networks or groups that may, or use Session Manager.",
    binding: true,
  }),
  noOpening("egress", () => true, {
    id: "Network.1",
    title: "Egress is not open to everyone",
    severity: "medium",
    concern: "confidentiality",
    pci: ["1.3.2"],
    remediation:
      "Name groups, prefix lists or networks in place of 0.0.0.0/0, ::/0 or ranges broader than /8 (IPv6: /32).",
  }),
  resourceRule<SecurityGroupArgs>({
    id: "Network.2",
    title: "Security groups and their rules have descriptions",
    severity: "low",
    concern: "accountability",
    pci: ["1.2.5"],
    remediation: "Set description on the group and on each rule.",
    types: [group, rule, ingressRule, egressRule],
    check: (subject) =>
      subject.resource.type === group
        ? groupDescriptions(subject)
        : new Subject<SecurityGroupRuleArgs>(subject.resource).expectPresent("description"),
  }),
];

/** Of a rule that nothing may let everyone's traffic of a kind through. */
function noOpening(
  direction: Direction,
  isForbidden: (opening: Opening) => boolean,
  description: RuleDescription,
): Rule {
  return resourceRule<SecurityGroupArgs>({
    ...description,
    types: [group, defaultGroup, rule, direction === "ingress" ? ingressRule : egressRule],
    check: ({ resource }) =>
      openings(resource, direction, isForbidden).map((opening) =>
        violation(
          direction === "ingress"
            ? `${opening.whose} may connect to ${formatPorts(opening)}`
            : `may connect to ${opening.whose} at ${formatPorts(opening)}`,
          opening.path,
        ),
      ),
  });
}

function isForAdministration(opening: Opening): boolean {
  return administrationPorts.some((port) => includesPort(opening, port));
}

/** Pulumi's default is not a description. */
const described: Expectation = {
  isMet: (value) => present.isMet(value) && value !== "Managed by Pulumi",
  expected: "what it is for",
};

function groupDescriptions(subject: Subject<SecurityGroupArgs>): Violation[] {
  const ofRules = (direction: Direction) =>
    subject
      .list(direction)
      .flatMap((_, i) => subject.expectPresent(`${direction}.${String(i)}.description`));
  return [...subject.expect("description", described), ...ofRules("ingress"), ...ofRules("egress")];
}
