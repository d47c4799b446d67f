import type { LogGroupArgs } from "@pulumi/aws/cloudwatch";
import { atLeast } from "../expectations";
import { resourceRule } from "../rule";
import type { Rule } from "../rule";

const logGroupType = "aws:cloudwatch/logGroup:LogGroup";

/** Days: a year, of PCI DSS 10.5.1. */
const year = 365;

/** The rules for CloudWatch's log groups. */
export const logsRules: readonly Rule[] = [
  resourceRule<LogGroupArgs>({
    id: "CloudWatch.16",
    title: "Log groups retain events for a year",
    severity: "medium",
    concern: "accountability",
    pci: ["10.5.1"],
    remediation: `Set retentionInDays to ${String(year)} or more.`,
    types: [logGroupType],
    check: (group) => {
      const retention = group.get("retentionInDays");
      // for ever by default, as by 0; a group for delivery retains them for two days, whatever is set
      const forEver = retention === undefined || retention === null || retention === 0;
      return forEver || group.get("logGroupClass") === "DELIVERY"
        ? []
        : group.expect("retentionInDays", atLeast(year));
    },
  }),
  resourceRule<LogGroupArgs>({
    id: "Logs.1",
    title: "Log groups have a retention",
    severity: "low",
    concern: "accountability",
    pci: ["3.2.1"],
    remediation: "Set retentionInDays: without it logs are retained, and paid for, for ever.",
    types: [logGroupType],
    check: (group) =>
      group.get("logGroupClass") === "DELIVERY" ? [] : group.expect("retentionInDays", atLeast(1)),
  }),
  resourceRule<LogGroupArgs>({
    id: "Logs.2",
    title: "Log groups are encrypted with a key of the customer's own",
    severity: "medium",
    concern: "confidentiality",
    pci: ["3.5.1", "3.6.1"],
    remediation: "Set kmsKeyId to a key whose policy lets CloudWatch Logs use it.",
    types: [logGroupType],
    check: (group) => group.expectPresent("kmsKeyId"),
  }),
];
