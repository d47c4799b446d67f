import { serverlessRules } from "../../../../lib/policy/rules/serverless";
import { PolicyGraph, unknownValue } from "../../../../lib/policy/policy-graph";
import { describeRules, resource } from "../rule-cases";

const functionType = "aws:lambda/function:Function";
const work = (properties: Readonly<Record<string, unknown>> = {}) =>
  resource(functionType, { name: "work", ...properties }, { name: "work" });
const permission = (principal: string, from: Readonly<Record<string, string>> = {}) =>
  resource(
    "aws:lambda/permission:Permission",
    { principal },
    { name: "permission", from: { function: "work", ...from } },
  );
const eventRule = (properties: Readonly<Record<string, unknown>>) =>
  resource("aws:cloudwatch/eventRule:EventRule", properties, { name: "rule" });
const schedule = (scheduleExpression: string, target = {}) =>
  resource(
    "aws:scheduler/schedule:Schedule",
    { scheduleExpression, target },
    { name: "schedule", from: { target: "work" } },
  );
const invokeConfig = (destinationConfig: unknown, functionName = "work") =>
  resource(
    "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
    { destinationConfig },
    { name: "config", from: { functionName } },
  );
const onFailure = { onFailure: { destination: unknownValue } };
const hourly = { scheduleExpression: "rate(1 hour)" };
const cloudFront = resource(
  "aws:cloudfront/distribution:Distribution",
  {},
  {
    name: "distribution",
    from: { defaultCacheBehavior: "work" },
  },
);

const stream = {
  startingPosition: "LATEST",
  destinationConfig: { onFailure: { destinationArn: unknownValue } },
};
const queue = (properties: Readonly<Record<string, unknown>> = {}) =>
  resource("aws:sqs/queue:Queue", properties, { name: "queue" });
const mapping = resource(
  "aws:lambda/eventSourceMapping:EventSourceMapping",
  {},
  {
    name: "mapping",
    from: { eventSourceArn: "queue" },
  },
);
const redrive = (queueUrl: string) =>
  resource("aws:sqs/redrivePolicy:RedrivePolicy", {}, { name: "redrive", from: { queueUrl } });
const subscription = (properties: Readonly<Record<string, unknown>>) => [
  resource("aws:sns/topicSubscription:TopicSubscription", properties),
];
const eventTarget = resource(
  "aws:cloudwatch/eventTarget:EventTarget",
  {},
  {
    name: "target",
    from: { rule: "rule" },
  },
);
const logGroup = (name: unknown, from: Readonly<Record<string, string>> = {}) =>
  resource("aws:cloudwatch/logGroup:LogGroup", { name }, { name: "logs", from });
const variables = (values: Readonly<Record<string, unknown>>) => ({
  environment: { variables: values },
});

describeRules("rules for serverless", serverlessRules, [
  {
    rule: "Serverless.1",
    passes: [{ memorySize: 512 }],
    fails: [{ given: {}, at: ["memorySize"] }],
  },
  { rule: "Serverless.2", passes: [{ timeout: 30 }], fails: [{ given: {}, at: ["timeout"] }] },
  {
    rule: "Serverless.3",
    passes: [
      {},
      [work(), permission("apigateway.amazonaws.com")],
      [work({ deadLetterConfig: { targetArn: unknownValue } }), permission("sns.amazonaws.com")],
      [work(), permission("s3.amazonaws.com"), invokeConfig(onFailure)],
      [work(), permission("events.amazonaws.com", { sourceArn: "rule" }), eventRule(hourly)],
      [work(), schedule("cron(0 8 * * ? *)")],
    ],
    fails: [
      { given: [work(), permission("sns.amazonaws.com")], at: ["deadLetterConfig"] },
      {
        given: [work(), permission("s3.amazonaws.com"), invokeConfig({ onSuccess: {} })],
        at: ["deadLetterConfig"],
      },
      {
        given: [work(), permission("s3.amazonaws.com"), invokeConfig(onFailure, "other")],
        at: ["deadLetterConfig"],
      },
      {
        given: [
          work(),
          permission("events.amazonaws.com", { sourceArn: "rule" }),
          eventRule({ eventPattern: "{}" }),
        ],
        at: ["deadLetterConfig"],
      },
      { given: [work(), schedule("at(2027-01-01T00:00:00)")], at: ["deadLetterConfig"] },
    ],
  },
  {
    rule: "Serverless.4",
    passes: [
      { ...stream, maximumRetryAttempts: 0 },
      { ...stream, maximumRetryAttempts: -1, maximumRecordAgeInSeconds: 3600 },
      { ...stream, topics: ["payments"] },
      { eventSourceArn: "arn:aws:sqs:eu-central-1:123456789012:queue" },
      { startingPosition: "LATEST", documentDbEventSourceConfig: { databaseName: "payments" } },
    ],
    fails: [
      { given: stream, at: ["maximumRetryAttempts", "maximumRecordAgeInSeconds"] },
      {
        given: { ...stream, maximumRetryAttempts: -1, maximumRecordAgeInSeconds: -1 },
        at: ["maximumRetryAttempts", "maximumRecordAgeInSeconds"],
      },
      {
        given: { startingPosition: "LATEST", maximumRetryAttempts: 3 },
        at: ["destinationConfig.onFailure.destinationArn"],
      },
    ],
  },
  {
    rule: "Serverless.5",
    passes: [
      {},
      [queue({ redrivePolicy: "{}" }), mapping],
      [queue({ redrivePolicy: unknownValue }), mapping],
      [queue(), mapping, redrive("queue")],
    ],
    fails: [
      { given: [queue(), mapping], at: ["redrivePolicy"] },
      { given: [queue(), mapping, redrive("other")], at: ["redrivePolicy"] },
    ],
  },
  {
    rule: "Serverless.6",
    passes: [
      { deadLetterConfig: { arn: unknownValue } },
      [eventTarget, eventRule(hourly)],
      [schedule("rate(1 hour)")],
      [schedule("at(2027-01-01T00:00:00)", { deadLetterConfig: { arn: "arn:queue" } })],
      subscription({ protocol: "lambda", redrivePolicy: "{}" }),
      subscription({ protocol: "email" }),
    ],
    fails: [
      { given: {}, at: ["deadLetterConfig.arn"] },
      { given: [eventTarget, eventRule({ eventPattern: "{}" })], at: ["deadLetterConfig.arn"] },
      {
        given: [schedule("at(2027-01-01T00:00:00)")],
        at: ["target.deadLetterConfig.arn"],
      },
      { given: subscription({ protocol: "sqs" }), at: ["redrivePolicy"] },
    ],
  },
  {
    rule: "Serverless.7",
    passes: [
      [work(), logGroup("/aws/lambda/work")],
      [work({ name: undefined }), logGroup(unknownValue, { name: "work" })],
      [work({ loggingConfig: { logGroup: "shared" } }), logGroup("shared")],
      [
        {
          ...work({ loggingConfig: unknownValue }),
          sources: { loggingConfig: ["urn:test::logs"] },
        },
        logGroup(unknownValue),
      ],
      [work(), cloudFront],
    ],
    fails: [
      { given: {}, at: [] },
      { given: [work(), logGroup("/aws/lambda/other")], at: [] },
      {
        given: [work({ loggingConfig: { logGroup: "shared" } }), logGroup("/aws/lambda/work")],
        at: [],
      },
    ],
  },
  {
    rule: "Serverless.8",
    passes: [{ loggingConfig: { logFormat: "JSON" } }, [work(), cloudFront]],
    fails: [
      { given: {}, at: ["loggingConfig.logFormat"] },
      { given: { loggingConfig: { logFormat: "Text" } }, at: ["loggingConfig.logFormat"] },
    ],
  },
  {
    rule: "Serverless.9",
    passes: [
      {},
      variables({
        TABLE_NAME: "payments",
        TABLE_ARN: unknownValue,
        SECRET_NAME: "database",
        DB_SECRET: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:database",
        STRIPE_API_KEY: "/payments/stripe",
        TOKEN: "300",
        PASSWORD: "",
        CHECKS_PASSWORD: "true",
        HOST: "postgres://database:5432/payments",
      }),
    ],
    fails: [
      { given: variables({ DB_PASSWORD: "hunter2" }), at: ["environment.variables.DB_PASSWORD"] },
      { given: variables({ apiKey: "a1b2", TABLE: "t" }), at: ["environment.variables.apiKey"] },
      { given: variables({ AUTH_TOKEN_2: "a1b2" }), at: ["environment.variables.AUTH_TOKEN_2"] },
      {
        given: variables({ DATABASE: "postgres://pay:hunter2@database/payments" }),
        at: ["environment.variables.DATABASE"],
      },
      { given: variables({ CONFIG: "sk_live_a1b2c3" }), at: ["environment.variables.CONFIG"] },
    ],
  },
]);

describe("a secret in a function's variables", () => {
  const rule = serverlessRules.find(({ id }) => id === "Serverless.9");
  const judge = (values: Readonly<Record<string, unknown>>) => {
    const given = resource(functionType, variables(values));
    return rule?.check(given, new PolicyGraph([given]));
  };

  it("is not repeated", () => {
    expect(JSON.stringify(judge({ DB_PASSWORD: "hunter2" }))).not.toContain("hunter2");
  });

  it("cannot be distinguished from an ARN before it is known", () => {
    expect(() => judge({ DB_PASSWORD: unknownValue })).toThrow("environment.variables.DB_PASSWORD");
  });
});
