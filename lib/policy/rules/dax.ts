import type { ClusterArgs } from "@pulumi/aws/dax";
import { atLeast, equals } from "../expectations";
import { resourceRule } from "../rule";
import type { Rule } from "../rule";

const types = ["aws:dax/cluster:Cluster"];

/** The rules for DynamoDB Accelerator, whose controls AWS numbers with DynamoDB's. */
export const daxRules: readonly Rule[] = [
  resourceRule<ClusterArgs>({
    id: "DynamoDB.3",
    title: "DAX clusters are encrypted at rest",
    severity: "medium",
    concern: "confidentiality",
    pci: ["3.5.1"],
    remediation: "Set serverSideEncryption: { enabled: true }; this replaces the cluster.",
    binding: true,
    types,
    check: (cluster) => cluster.expect("serverSideEncryption.enabled", equals(true)),
  }),
  resourceRule<ClusterArgs>({
    id: "DynamoDB.7",
    title: "DAX clusters accept connections over TLS only",
    severity: "medium",
    concern: "confidentiality",
    pci: ["4.2.1"],
    remediation: 'Set clusterEndpointEncryptionType: "TLS"; this replaces the cluster.',
    binding: true,
    types,
    check: (cluster) => cluster.expect("clusterEndpointEncryptionType", equals("TLS")),
  }),
  resourceRule<ClusterArgs>({
    id: "Data.8",
    title: "DAX clusters have three nodes or more, as AWS advises for production",
    severity: "medium",
    concern: "availability",
    pci: [],
    remediation: "Set replicationFactor to 3 or more.",
    types,
    check: (cluster) => cluster.expect("replicationFactor", atLeast(3)),
  }),
];
