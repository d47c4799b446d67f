import type { PolicyArgs, TargetArgs } from "@pulumi/aws/appautoscaling";
import type { ResourcePolicyArgs, TableArgs, TableReplicaArgs } from "@pulumi/aws/dynamodb";
import { publicStatements } from "../access";
import { customerKey, equals } from "../expectations";
import type { PolicyGraph } from "../policy-graph";
import { Subject, graphRule, resourceRule, violation } from "../rule";
import type { Rule } from "../rule";

const tableType = "aws:dynamodb/table:Table";
/** A copy in another region, declared beside its table instead of in its `replicas`. */
const replicaType = "aws:dynamodb/tableReplica:TableReplica";

/** The rules for DynamoDB tables and their copies in other regions. */
export const dynamodbRules: readonly Rule[] = [
  graphRule<TableArgs>({
    id: "DynamoDB.1",
    title: "DynamoDB tables scale automatically with demand",
    severity: "medium",
    concern: "availability",
    pci: [],
    remediation:
      'Set billingMode: "PAY_PER_REQUEST", or add a scaling target and policy for reads and for writes.',
    types: [tableType],
    check: (table, graph) => {
      if (table.get("billingMode") === "PAY_PER_REQUEST") return [];
      const missing = ["Read", "Write"].filter(
        (kind) => !isScaled(table, `dynamodb:table:${kind}CapacityUnits`, graph),
      );
      return missing.length === 0
        ? []
        : [
            violation(
              `found capacity that does not scale (${missing.join(", ")}), expected autoscaling or on-demand`,
              "billingMode",
            ),
          ];
    },
  }),
  resourceRule<TableArgs & TableReplicaArgs>({
    id: "DynamoDB.2",
    title: "DynamoDB tables have point-in-time recovery",
    severity: "medium",
    concern: "availability",
    pci: [],
    remediation:
      "Set pointInTimeRecovery.enabled: true, and pointInTimeRecovery: true on replicas.",
    types: [tableType, replicaType],
    check: (table) =>
      table.resource.type === replicaType
        ? table.expect("pointInTimeRecovery", equals(true))
        : [
            ...table.expect("pointInTimeRecovery.enabled", equals(true)),
            ...replicas(table).flatMap((replica) =>
              table.expect(`${replica}.pointInTimeRecovery`, equals(true)),
            ),
          ],
  }),
  resourceRule<TableArgs & TableReplicaArgs>({
    id: "DynamoDB.6",
    title: "DynamoDB tables cannot be deleted by mistake",
    severity: "medium",
    concern: "availability",
    pci: [],
    remediation: "Set deletionProtectionEnabled: true.",
    types: [tableType, replicaType],
    check: (table) => table.expect("deletionProtectionEnabled", equals(true)),
  }),
  resourceRule<TableArgs & TableReplicaArgs>({
    id: "Data.6",
    title: "DynamoDB tables are encrypted by a key of the customer's own",
    severity: "medium",
    concern: "confidentiality",
    pci: ["3.5.1", "3.6.1"],
    remediation:
      "Set serverSideEncryption: { enabled: true, kmsKeyArn } to a key whose policy names who may use it, and kmsKeyArn on replicas.",
    types: [tableType, replicaType],
    check: (table) => {
      if (table.resource.type === replicaType) return table.expectPresent("kmsKeyArn", customerKey);
      // a key without `enabled` is none
      const enabled = table.expect("serverSideEncryption.enabled", equals(true));
      return [
        ...(enabled.length > 0
          ? enabled
          : table.expectPresent("serverSideEncryption.kmsKeyArn", customerKey)),
        ...replicas(table).flatMap((replica) =>
          table.expectPresent(`${replica}.kmsKeyArn`, customerKey),
        ),
      ];
    },
  }),
  resourceRule<ResourcePolicyArgs>({
    id: "Data.7",
    title: "DynamoDB tables' resource policies allow no public access",
    severity: "critical",
    concern: "confidentiality",
    pci: ["1.4.4", "7.3.1"],
    remediation: "Name accounts or roles as principals of the policy's statements.",
    binding: true,
    types: ["aws:dynamodb/resourcePolicy:ResourcePolicy"],
    check: (policy) => publicStatements(policy, "policy"),
  }),
];

/** Paths of the copies in other regions. */
function replicas(table: Subject<TableArgs>): `replicas.${string}`[] {
  return table
    .list("replicas")
    .map((_, index): `replicas.${string}` => `replicas.${String(index)}`);
}

/** Whether a target and a policy scale a table's capacity; a target's id is `table/payments`. */
function isScaled(table: Subject<TableArgs>, dimension: string, graph: PolicyGraph): boolean {
  const name = table.get("name");
  const scale = (type: string) =>
    [
      ...graph.referringTo(table.resource, type, "resourceId"),
      ...graph.having(type, "resourceId", typeof name === "string" ? `table/${name}` : undefined),
    ].some(
      (resource) =>
        new Subject<TargetArgs | PolicyArgs>(resource).get("scalableDimension") === dimension,
    );
  return scale("aws:appautoscaling/target:Target") && scale("aws:appautoscaling/policy:Policy");
}
