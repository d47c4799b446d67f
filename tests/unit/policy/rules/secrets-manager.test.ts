import { secretsManagerRules } from "../../../../lib/policy/rules/secrets-manager";
import { describeRules, resource } from "../rule-cases";

const secret = resource(
  "aws:secretsmanager/secret:Secret",
  { name: "database" },
  { name: "secret" },
);
const rotation = (properties: Readonly<Record<string, unknown>>, from = { secretId: "secret" }) =>
  resource("aws:secretsmanager/secretRotation:SecretRotation", properties, {
    name: "rotation",
    from,
  });
const policyOf = (Principal: unknown) => ({
  policy: JSON.stringify({
    Statement: { Effect: "Allow", Principal, Action: "secretsmanager:GetSecretValue" },
  }),
});
const account = { AWS: "arn:aws:iam::123456789012:root" };
const days = (automaticallyAfterDays: number) => ({ rotationRules: { automaticallyAfterDays } });
const schedule = (scheduleExpression: string) => ({ rotationRules: { scheduleExpression } });

describeRules("rules for Secrets Manager", secretsManagerRules, [
  {
    rule: "SecretsManager.1",
    passes: [
      [secret, rotation({})],
      [secret, rotation({ secretId: "database", rotationEnabled: true }, { secretId: "name" })],
    ],
    fails: [
      { given: {}, at: [] },
      { given: [secret, rotation({}, { secretId: "other" })], at: [] },
      { given: [secret, rotation({ rotationEnabled: false })], at: ["rotationEnabled"] },
    ],
  },
  {
    rule: "SecretsManager.4",
    passes: [
      days(1),
      days(90),
      schedule("rate(90 days)"),
      schedule("rate(1 day)"),
      schedule("rate(12 hours)"),
      schedule("cron(0 8 1 * ? *)"),
    ],
    fails: [
      { given: days(91), at: ["rotationRules.automaticallyAfterDays"] },
      ...[{}, schedule("rate(91 days)"), schedule("now and then")].map((given) => ({
        given,
        at: ["rotationRules.scheduleExpression"],
      })),
    ],
  },
  {
    rule: "SecretsManager.Key",
    passes: [{ kmsKeyId: "arn:aws:kms:eu-central-1:123456789012:key/a1b2" }],
    fails: [{ given: {}, at: ["kmsKeyId"] }],
  },
  {
    rule: "SecretsManager.Public",
    passes: [{}, policyOf(account)],
    fails: [
      { given: policyOf("*"), at: ["policy"] },
      { given: { policy: "{{" }, at: ["policy"] },
      {
        given: [resource("aws:secretsmanager/secretPolicy:SecretPolicy", policyOf({ AWS: "*" }))],
        at: ["policy"],
      },
    ],
  },
  {
    rule: "SecretsManager.Recovery",
    passes: [{}, { recoveryWindowInDays: 7 }],
    fails: [{ given: { recoveryWindowInDays: 0 }, at: ["recoveryWindowInDays"] }],
  },
]);
