import type { ClusterArgs, ClusterInstanceArgs } from "@pulumi/aws/rds";
import { atLeast, byDefault, containing, equals, present } from "../expectations";
import { Subject, graphRule, resourceRule, violation } from "../rule";
import type { Rule } from "../rule";
import { customName, on, parameter, rdsTypes } from "./rds-databases";

/** The controls of tags on snapshots, one a kind of cluster. */
const tagControls: readonly (readonly [id: string, name: string, engine: RegExp])[] = [
  ["RDS.16", "Aurora", /^aurora/],
  ["RDS.47", "RDS for PostgreSQL", /^postgres$/],
  ["RDS.48", "RDS for MySQL", /^mysql$/],
];

/** Aurora Serverless v1, which has settings of its own. */
const isServerless = (cluster: Subject<ClusterArgs>) => cluster.get("engineMode") === "serverless";

/** The rules for Aurora and Multi-AZ DB clusters; their encryption is evaluated with the instances'. */
export const rdsClusterRules: readonly Rule[] = [
  resourceRule<ClusterArgs>({
    id: "RDS.7",
    title: "Database clusters cannot be deleted by mistake",
    severity: "medium",
    concern: "availability",
    pci: [],
    remediation: "Set deletionProtection: true.",
    types: [rdsTypes.cluster],
    check: (cluster) => cluster.expect("deletionProtection", equals(true)),
  }),
  resourceRule<ClusterArgs>({
    id: "RDS.12",
    title: "Database clusters let clients sign in by IAM instead of passwords",
    severity: "medium",
    concern: "confidentiality",
    pci: ["8.3.2", "8.6.3"],
    remediation: "Set iamDatabaseAuthenticationEnabled: true, and let clients sign in by token.",
    types: [rdsTypes.cluster],
    check: (cluster) =>
      isServerless(cluster) ? [] : cluster.expect("iamDatabaseAuthenticationEnabled", equals(true)),
  }),
  resourceRule<ClusterArgs>({
    id: "RDS.14",
    title: "Aurora MySQL clusters have backtracking enabled",
    severity: "medium",
    concern: "availability",
    pci: [],
    remediation:
      "Set backtrackWindow to the seconds to go back, at most 259200; this replaces the cluster.",
    types: [rdsTypes.cluster],
    // neither global databases nor serverless ones can
    check: (cluster) =>
      cluster.get("engine") !== "aurora-mysql" ||
      cluster.has("globalClusterIdentifier") ||
      isServerless(cluster)
        ? []
        : cluster.expect("backtrackWindow", atLeast(1)),
  }),
  graphRule<ClusterArgs>({
    id: "RDS.15",
    title: "Database clusters have instances in two zones or more",
    severity: "medium",
    concern: "availability",
    pci: [],
    remediation: "Add a second ClusterInstance, in another availabilityZone where one is given.",
    types: [rdsTypes.cluster],
    check: (cluster, graph) => {
      // Multi-AZ DB clusters have three nodes by nature; serverless ones move by themselves
      if (cluster.has("dbClusterInstanceClass") || isServerless(cluster)) return [];
      const instances = graph.referringTo(
        cluster.resource,
        rdsTypes.clusterInstance,
        "clusterIdentifier",
      );
      const zones = instances.map((instance) =>
        new Subject<ClusterInstanceArgs>(instance).get("availabilityZone"),
      );
      const areTogether = zones.every((zone) => zone !== undefined && zone === zones[0]);
      return instances.length > 1 && !areTogether
        ? []
        : [violation("found instances in one zone at most, expected two zones")];
    },
  }),
  ...tagControls.map(([id, name, engine]) =>
    resourceRule<ClusterArgs>({
      id,
      title: `Snapshots of ${name} clusters carry the cluster's tags`,
      severity: "low",
      concern: "accountability",
      pci: [],
      remediation: "Set copyTagsToSnapshot: true.",
      types: [rdsTypes.cluster],
      check: (cluster) =>
        engine.test(String(cluster.get("engine")))
          ? cluster.expect("copyTagsToSnapshot", equals(true))
          : [],
    }),
  ),
  resourceRule<ClusterArgs>({
    id: "RDS.24",
    title: "Database clusters have an administrator with a name of its own",
    severity: "medium",
    concern: "confidentiality",
    pci: ["2.2.2"],
    remediation:
      "Set masterUsername to a name that only your team knows; this replaces the cluster.",
    types: [rdsTypes.cluster],
    check: (cluster) => cluster.expect("masterUsername", customName),
  }),
  resourceRule<ClusterArgs>({
    id: "RDS.34",
    title: "Aurora MySQL clusters export their audit log to CloudWatch",
    severity: "medium",
    concern: "accountability",
    pci: ["10.2.1"],
    remediation: "Set enabledCloudwatchLogsExports to a list with audit.",
    types: [rdsTypes.cluster],
    check: (cluster) =>
      cluster.get("engine") === "aurora-mysql" && !isServerless(cluster)
        ? cluster.expect("enabledCloudwatchLogsExports", containing("audit"))
        : [],
  }),
  resourceRule<ClusterArgs>({
    id: "RDS.35",
    title: "Multi-AZ DB clusters upgrade minor versions automatically",
    severity: "medium",
    concern: "integrity",
    pci: ["6.3.3"],
    remediation: "Leave autoMinorVersionUpgrade out, or set it to true.",
    types: [rdsTypes.cluster],
    check: (cluster) =>
      /^(mysql|postgres)$/.test(String(cluster.get("engine")))
        ? cluster.expect("autoMinorVersionUpgrade", byDefault(equals(true)))
        : [],
  }),
  resourceRule<ClusterArgs>({
    id: "RDS.37",
    title: "Aurora PostgreSQL clusters export their log to CloudWatch",
    severity: "medium",
    concern: "accountability",
    pci: ["10.4.2"],
    remediation: "Set enabledCloudwatchLogsExports to a list with postgresql.",
    types: [rdsTypes.cluster],
    check: (cluster) =>
      cluster.get("engine") === "aurora-postgresql" && !isServerless(cluster)
        ? cluster.expect("enabledCloudwatchLogsExports", containing("postgresql"))
        : [],
  }),
  graphRule<ClusterArgs>({
    id: "RDS.45",
    title: "Aurora MySQL clusters write an audit log",
    severity: "medium",
    concern: "accountability",
    pci: ["10.2.1"],
    remediation:
      "Give the cluster a parameter group with server_audit_logging at 1 and the events in server_audit_events.",
    types: [rdsTypes.cluster],
    check: (cluster, graph) => {
      if (cluster.get("engine") !== "aurora-mysql") return [];
      const isAudited = graph
        .referredToBy(
          cluster.resource,
          "dbClusterParameterGroupName",
          rdsTypes.clusterParameterGroup,
        )
        .map((group) => new Subject(group))
        .some(
          (group) =>
            on.isMet(parameter(group, "server_audit_logging")) &&
            present.isMet(parameter(group, "server_audit_events")),
        );
      return isAudited
        ? []
        : [violation("found no audit by parameters, expected one", "dbClusterParameterGroupName")];
    },
  }),
  resourceRule<ClusterArgs>({
    id: "RDS.50",
    title: "Database clusters retain daily backups for a week or more",
    severity: "medium",
    concern: "availability",
    pci: [],
    remediation: "Set backupRetentionPeriod to 7 days or more.",
    types: [rdsTypes.cluster],
    check: (cluster) => cluster.expect("backupRetentionPeriod", atLeast(7)),
  }),
];
