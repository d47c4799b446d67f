import type { ZoneArgs } from "@pulumi/aws/route53";
import { graphRule, violation } from "../rule";
import type { Rule } from "../rule";

/** The rules for Route 53. */
export const route53Rules: readonly Rule[] = [
  graphRule<ZoneArgs>({
    id: "Route53.2",
    title: "Public zones log queries",
    severity: "medium",
    concern: "accountability",
    pci: ["10.4.2"],
    remediation: "Add a QueryLog with the zone's id as zoneId and a log group in us-east-1.",
    types: ["aws:route53/zone:Zone"],
    // a zone with VPCs is private; its queries are logged by the resolver, if at all
    check: (zone, graph) =>
      zone.has("vpcs") ||
      graph.referringTo(zone.resource, "aws:route53/queryLog:QueryLog", "zoneId").length > 0
        ? []
        : [violation("no QueryLog of the zone")],
  }),
];
