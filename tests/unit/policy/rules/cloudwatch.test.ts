import { cloudWatchRules } from "../../../../lib/policy/rules/cloudwatch";
import { describeRules, resource } from "../rule-cases";

const composite = (properties: Readonly<Record<string, unknown>>) => [
  resource("aws:cloudwatch/compositeAlarm:CompositeAlarm", properties),
];

describeRules("rules for CloudWatch", cloudWatchRules, [
  {
    rule: "CloudWatch.15",
    passes: [{ alarmActions: ["arn:topic"] }, composite({ alarmActions: ["arn:topic"] })],
    fails: [
      { given: {}, at: ["alarmActions"] },
      { given: { alarmActions: [], okActions: ["arn:topic"] }, at: ["alarmActions"] },
      { given: composite({}), at: ["alarmActions"] },
    ],
  },
  {
    rule: "CloudWatch.17",
    passes: [{}, { actionsEnabled: true }],
    fails: [
      { given: { actionsEnabled: false }, at: ["actionsEnabled"] },
      { given: composite({ actionsEnabled: false }), at: ["actionsEnabled"] },
    ],
  },
]);
