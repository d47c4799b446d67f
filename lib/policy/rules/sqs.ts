import type { QueueArgs, QueuePolicyArgs } from "@pulumi/aws/sqs";
import { publicStatements, refusesPlainHttp, statementsAbout } from "../access";
import { not } from "../expectations";
import { graphRule, resourceRule, violation } from "../rule";
import type { Rule } from "../rule";

const queueType = "aws:sqs/queue:Queue";
const policyType = "aws:sqs/queuePolicy:QueuePolicy";

/** The rules for SQS queues. */
export const sqsRules: readonly Rule[] = [
  resourceRule<QueueArgs>({
    id: "SQS.1",
    title: "Queues encrypt their messages",
    severity: "medium",
    concern: "confidentiality",
    pci: ["3.5.1"],
    remediation: "Set kmsMasterKeyId, or leave out sqsManagedSseEnabled, which is true by default.",
    binding: true,
    types: [queueType],
    check: (queue) =>
      queue.has("kmsMasterKeyId") ? [] : queue.expect("sqsManagedSseEnabled", not(false)),
  }),
  resourceRule<QueuePolicyArgs>({
    id: "SQS.3",
    title: "Queues cannot be used by anyone",
    severity: "critical",
    concern: "confidentiality",
    pci: ["7.2.1"],
    remediation:
      "Name principals in the queue's policy, or the source in a condition on aws:SourceArn.",
    binding: true,
    types: [queueType, policyType],
    check: (queue) => publicStatements(queue, "policy"),
  }),
  graphRule<QueueArgs>({
    id: "SQS.Tls",
    title: "Queues refuse requests without TLS",
    severity: "medium",
    concern: "confidentiality",
    pci: ["4.2.1"],
    remediation: "Add a QueuePolicy that denies sqs:* to everyone if aws:SecureTransport is false.",
    binding: true,
    types: [queueType],
    check: (queue, graph) =>
      statementsAbout(queue.resource, graph, policyType, "queueUrl").some((statement) =>
        refusesPlainHttp(statement, "sqs:*"),
      )
        ? []
        : [violation("no policy denies requests without TLS")],
  }),
];
