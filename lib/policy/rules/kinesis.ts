import type {
  FirehoseDeliveryStreamArgs,
  ResourcePolicyArgs,
  StreamArgs,
} from "@pulumi/aws/kinesis";
import { publicStatements } from "../access";
import { atLeast, equals } from "../expectations";
import { resourceRule } from "../rule";
import type { Rule } from "../rule";

const streamType = "aws:kinesis/stream:Stream";

/** The rules for Kinesis data streams and Firehose delivery streams. */
export const kinesisRules: readonly Rule[] = [
  resourceRule<StreamArgs>({
    id: "Kinesis.1",
    title: "Kinesis streams encrypt their records",
    severity: "medium",
    concern: "confidentiality",
    pci: ["3.5.1"],
    remediation: 'Set encryptionType: "KMS" and kmsKeyId.',
    binding: true,
    types: [streamType],
    check: (stream) => stream.expect("encryptionType", equals("KMS")),
  }),
  resourceRule<StreamArgs>({
    id: "Kinesis.3",
    title: "Kinesis streams retain their records for a week or more",
    severity: "medium",
    concern: "availability",
    pci: [],
    remediation: "Set retentionPeriod to 168 hours or more.",
    types: [streamType],
    check: (stream) => stream.expect("retentionPeriod", atLeast(168)),
  }),
  resourceRule<ResourcePolicyArgs>({
    id: "Data.9",
    title: "Kinesis streams' resource policies allow no public access",
    severity: "critical",
    concern: "confidentiality",
    pci: ["1.4.4", "7.3.1"],
    remediation: "Name accounts or roles as principals of the policy's statements.",
    binding: true,
    types: ["aws:kinesis/resourcePolicy:ResourcePolicy"],
    check: (policy) => publicStatements(policy, "policy"),
  }),
  resourceRule<FirehoseDeliveryStreamArgs>({
    id: "DataFirehose.1",
    title: "Firehose streams are encrypted at rest",
    severity: "medium",
    concern: "confidentiality",
    pci: ["3.5.1"],
    remediation: "Set serverSideEncryption: { enabled: true }, or encrypt the source's stream.",
    binding: true,
    types: ["aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"],
    // what comes from a stream or a topic waits there, not here
    check: (stream) =>
      stream.has("kinesisSourceConfiguration") || stream.has("mskSourceConfiguration")
        ? []
        : stream.expect("serverSideEncryption.enabled", equals(true)),
  }),
];
