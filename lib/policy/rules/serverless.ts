import type { EventTargetArgs } from "@pulumi/aws/cloudwatch";
import type {
  EventSourceMappingArgs,
  FunctionArgs,
  FunctionEventInvokeConfigArgs,
} from "@pulumi/aws/lambda";
import type { ScheduleArgs } from "@pulumi/aws/scheduler";
import type { TopicSubscriptionArgs } from "@pulumi/aws/sns";
import type { QueueArgs } from "@pulumi/aws/sqs";
import { equals, oneOf } from "../expectations";
import type { PolicyGraph, PolicyResource } from "../policy-graph";
import { Subject, graphRule, resourceRule, violation } from "../rule";
import type { Rule, Violation } from "../rule";
import { functionType, isAtEdge } from "./lambda-functions";

const mappingType = "aws:lambda/eventSourceMapping:EventSourceMapping";
const logGroupType = "aws:cloudwatch/logGroup:LogGroup";
const eventRuleType = "aws:cloudwatch/eventRule:EventRule";
const scheduleType = "aws:scheduler/schedule:Schedule";

/** Services that invoke functions asynchronously, so that none of them receives a failure. */
const asynchronousCallers = oneOf(
  "events.amazonaws.com",
  "iot.amazonaws.com",
  "s3.amazonaws.com",
  "ses.amazonaws.com",
  "sns.amazonaws.com",
);

/** The rules for functions and what invokes them: failed events are retained, and functions are observable. */
export const serverlessRules: readonly Rule[] = [
  resourceRule<FunctionArgs>({
    id: "Serverless.1",
    title: "Functions set their memory size",
    severity: "low",
    concern: "availability",
    pci: [],
    remediation: "Set memorySize: the default of 128 MB rarely fits.",
    types: [functionType],
    check: (subject) => subject.expectPresent("memorySize"),
  }),
  resourceRule<FunctionArgs>({
    id: "Serverless.2",
    title: "Functions set their timeout",
    severity: "low",
    concern: "availability",
    pci: [],
    remediation: "Set timeout: the default of 3 seconds rarely fits.",
    types: [functionType],
    check: (subject) => subject.expectPresent("timeout"),
  }),
  graphRule<FunctionArgs>({
    id: "Serverless.3",
    title: "Failed asynchronous invocations have a dead-letter queue or failure destination",
    severity: "medium",
    concern: "availability",
    pci: [],
    remediation:
      "Set deadLetterConfig, or a FunctionEventInvokeConfig with destinationConfig.onFailure.",
    types: [functionType],
    check: (subject, graph) =>
      !isInvokedAsynchronously(subject.resource, graph) ||
      subject.has("deadLetterConfig.targetArn") ||
      graph
        .referringTo(
          subject.resource,
          "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
          "functionName",
        )
        .some((config) =>
          new Subject<FunctionEventInvokeConfigArgs>(config).has(
            "destinationConfig.onFailure.destination",
          ),
        )
        ? []
        : [violation("an event is lost when its retries fail", "deadLetterConfig")],
  }),
  resourceRule<EventSourceMappingArgs>({
    id: "Serverless.4",
    title: "Failed stream records have a failure destination, and do not block their stream",
    severity: "medium",
    concern: "availability",
    pci: [],
    remediation:
      "Set destinationConfig.onFailure, and maximumRetryAttempts or maximumRecordAgeInSeconds.",
    types: [mappingType],
    check: (mapping) => {
      // only a stream has a position; one of DocumentDB takes no destination
      if (!mapping.has("startingPosition") || mapping.has("documentDbEventSourceConfig")) return [];
      return [
        ...mapping.expectPresent("destinationConfig.onFailure.destinationArn"),
        ...retriesForEver(mapping),
      ];
    },
  }),
  graphRule<QueueArgs>({
    id: "Serverless.5",
    title: "Queues that invoke functions have a dead-letter queue",
    severity: "medium",
    concern: "availability",
    pci: [],
    remediation: "Set redrivePolicy, or add a RedrivePolicy, with a dead-letter queue.",
    types: ["aws:sqs/queue:Queue"],
    check: (queue, graph) =>
      graph.referringTo(queue.resource, mappingType, "eventSourceArn").length === 0 ||
      graph.referringTo(queue.resource, "aws:sqs/redrivePolicy:RedrivePolicy", "queueUrl").length >
        0
        ? []
        : queue.expectPresent("redrivePolicy"),
  }),
  graphRule<EventTargetArgs & ScheduleArgs & TopicSubscriptionArgs>({
    id: "Serverless.6",
    title: "Undelivered events have a dead-letter queue",
    severity: "low",
    concern: "availability",
    pci: [],
    remediation:
      "Set deadLetterConfig of an event's or a schedule's target, redrivePolicy of a topic's subscription.",
    types: [
      "aws:cloudwatch/eventTarget:EventTarget",
      scheduleType,
      "aws:sns/topicSubscription:TopicSubscription",
    ],
    check: (delivery, graph) => {
      switch (delivery.resource.type) {
        case scheduleType:
          return recurs(delivery.resource)
            ? []
            : delivery.expectPresent("target.deadLetterConfig.arn");
        case "aws:sns/topicSubscription:TopicSubscription":
          // e-mail and text messages are for people, and have no dead-letter queue
          return oneOf("firehose", "http", "https", "lambda", "sqs").isMet(delivery.get("protocol"))
            ? delivery.expectPresent("redrivePolicy")
            : [];
        default:
          return graph.referredToBy(delivery.resource, "rule", eventRuleType).some(recurs)
            ? []
            : delivery.expectPresent("deadLetterConfig.arn");
      }
    },
  }),
  graphRule<FunctionArgs>({
    id: "Serverless.7",
    title: "Functions log into a log group of the program",
    severity: "low",
    concern: "accountability",
    pci: ["10.2.1"],
    remediation:
      "Add a LogGroup named /aws/lambda/ and the function's name: one that Lambda makes has no retention.",
    types: [functionType],
    check: (subject, graph) =>
      isAtEdge(subject.resource, graph) || hasLogGroup(subject, graph)
        ? []
        : [violation("no LogGroup takes its logs")],
  }),
  graphRule<FunctionArgs>({
    id: "Serverless.8",
    title: "Functions log as JSON",
    severity: "low",
    concern: "accountability",
    pci: [],
    remediation: 'Set loggingConfig: { logFormat: "JSON" }.',
    types: [functionType],
    check: (subject, graph) =>
      isAtEdge(subject.resource, graph)
        ? []
        : subject.expect("loggingConfig.logFormat", equals("JSON")),
  }),
  resourceRule<FunctionArgs>({
    id: "Serverless.9",
    title: "Functions' environment variables contain no secrets",
    severity: "high",
    concern: "confidentiality",
    pci: ["8.3.2", "8.6.2"],
    remediation:
      "Give the function the secret's ARN, and let it read the secret when it is invoked.",
    binding: true,
    types: [functionType],
    check: (subject) =>
      Object.keys(subject.list("environment.variables")[0] ?? {})
        .filter((name) => holdsSecret(subject, name))
        // the value is not repeated: reports are read by many
        .map((name) =>
          violation("found what looks like a secret", `environment.variables.${name}`),
        ),
  }),
];

function isInvokedAsynchronously(resource: PolicyResource, graph: PolicyGraph): boolean {
  const callers = graph
    .referringTo(resource, "aws:lambda/permission:Permission", "function")
    .filter(({ properties }) => asynchronousCallers.isMet(properties["principal"]));
  return (
    callers.some(
      (caller) => !graph.referredToBy(caller, "sourceArn", eventRuleType).some(recurs),
    ) || graph.referringTo(resource, scheduleType, "target").some((schedule) => !recurs(schedule))
  );
}

/** Whether a rule or a schedule recurs: an event that is lost is replaced by the next. */
function recurs({ properties }: PolicyResource): boolean {
  const schedule = properties["scheduleExpression"];
  return typeof schedule === "string" && /^(rate|cron)\(/.test(schedule);
}

/** Kafka's own retries are limited otherwise. */
function retriesForEver(mapping: Subject<EventSourceMappingArgs>): Violation[] {
  const limits = ["maximumRetryAttempts", "maximumRecordAgeInSeconds"] as const;
  const isLimited = limits.some((limit) => {
    const value = mapping.get(limit);
    return typeof value === "number" && value >= 0;
  });
  return isLimited || mapping.has("topics")
    ? []
    : [violation("a record that fails is retried until it expires", ...limits)];
}

/** By a reference in either direction, or by the name that Lambda would give it. */
function hasLogGroup(subject: Subject<FunctionArgs>, graph: PolicyGraph): boolean {
  const { resource } = subject;
  const linked =
    graph.referredToBy(resource, "loggingConfig", logGroupType).length > 0 ||
    graph
      .referringTo(resource, logGroupType, "name")
      .some(({ sources }) => sources["name"]?.includes(resource.urn) === true);
  if (linked) return true;
  const name =
    subject.get("loggingConfig.logGroup") ?? `/aws/lambda/${String(subject.get("name"))}`;
  return graph.having(logGroupType, "name", name).length > 0;
}

const secretName =
  /(password|passwd|pwd|secret|token|credentials?|(api|access|private|secret)_?key)_?\d*$/i;
const secretValue =
  /\bAKIA[0-9A-Z]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY|\bgh[opsu]_\w{36}|\b[rs]k_live_|\bxox[abprs]-|\beyJ[\w-]+\.eyJ|:\/\/[^/:@\s]+:[^/@\s]+@/;
/** A reference, a path, an address, a number or a switch: what a secret is not. */
const harmlessValue = /^(arn:.*|\/.*|https?:.*|\d*|true|false)$/i;

function holdsSecret(subject: Subject<FunctionArgs>, name: string): boolean {
  const named = secretName.test(name);
  const variables = subject.list("environment.variables")[0];
  // what is not known yet matters only where the name does
  const value = named ? subject.get(`environment.variables.${name}`) : variables?.[name];
  return (
    typeof value === "string" && (secretValue.test(value) || (named && !harmlessValue.test(value)))
  );
}
