import type { TopicArgs, TopicPolicyArgs } from "@pulumi/aws/sns";
import { publicStatements, refusesPlainHttp, statementsAbout } from "../access";
import { graphRule, resourceRule, violation } from "../rule";
import type { Rule } from "../rule";

const topicType = "aws:sns/topic:Topic";
const policyType = "aws:sns/topicPolicy:TopicPolicy";

/** The rules for SNS topics. */
export const snsRules: readonly Rule[] = [
  resourceRule<TopicArgs>({
    id: "SNS.1",
    title: "Topics encrypt their messages",
    severity: "medium",
    concern: "confidentiality",
    pci: ["3.5.1"],
    remediation: "Set kmsMasterKeyId.",
    binding: true,
    types: [topicType],
    check: (topic) => topic.expectPresent("kmsMasterKeyId"),
  }),
  resourceRule<TopicPolicyArgs>({
    id: "SNS.4",
    title: "Topics cannot be used by anyone",
    severity: "critical",
    concern: "confidentiality",
    pci: ["7.2.1"],
    remediation:
      "Name principals in the topic's policy, or the account in a condition on aws:SourceAccount.",
    binding: true,
    types: [topicType, policyType],
    check: (topic) => publicStatements(topic, "policy"),
  }),
  graphRule<TopicArgs>({
    id: "SNS.Tls",
    title: "Topics refuse messages without TLS",
    severity: "medium",
    concern: "confidentiality",
    pci: ["4.2.1"],
    remediation:
      "Add a TopicPolicy that denies sns:Publish to everyone if aws:SecureTransport is false.",
    binding: true,
    types: [topicType],
    check: (topic, graph) =>
      statementsAbout(topic.resource, graph, policyType, "arn").some((statement) =>
        refusesPlainHttp(statement, "sns:Publish"),
      )
        ? []
        : [violation("no policy denies messages without TLS")],
  }),
];
