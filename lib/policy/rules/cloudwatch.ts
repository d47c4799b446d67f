import type { MetricAlarmArgs } from "@pulumi/aws/cloudwatch";
import { not } from "../expectations";
import { resourceRule } from "../rule";
import type { Rule } from "../rule";

const alarmTypes = [
  "aws:cloudwatch/metricAlarm:MetricAlarm",
  "aws:cloudwatch/compositeAlarm:CompositeAlarm",
];

/** The rules for CloudWatch's alarms. */
export const cloudWatchRules: readonly Rule[] = [
  resourceRule<MetricAlarmArgs>({
    id: "CloudWatch.15",
    title: "Alarms have actions",
    severity: "high",
    concern: "accountability",
    pci: ["10.7.2", "12.10.5"],
    remediation: "Set alarmActions, to a topic's ARN for example.",
    types: alarmTypes,
    check: (alarm) => alarm.expectPresent("alarmActions"),
  }),
  resourceRule<MetricAlarmArgs>({
    id: "CloudWatch.17",
    title: "Alarms' actions are enabled",
    severity: "high",
    concern: "accountability",
    pci: ["10.7.2", "12.10.5"],
    remediation: "Leave out actionsEnabled, which is true by default.",
    types: alarmTypes,
    check: (alarm) => alarm.expect("actionsEnabled", not(false)),
  }),
];
