import type { ClusterArgs, InstanceArgs, ProxyArgs } from "@pulumi/aws/rds";
import { byDefault, customerKey, equals } from "../expectations";
import { graphRule, resourceRule } from "../rule";
import type { Rule } from "../rule";
import { engineOf, plainConnections, rdsTypes, sourceOf } from "./rds-databases";
import type { DatabaseArgs } from "./rds-databases";

/** The controls of encryption in transit, one an engine. */
const tlsControls: readonly (readonly [id: string, name: string, engine: RegExp])[] = [
  ["RDS.38", "PostgreSQL", /^postgres$/],
  ["RDS.39", "MySQL", /^mysql$/],
  ["RDS.41", "SQL Server", /^sqlserver-/],
  ["RDS.44", "MariaDB", /^mariadb$/],
];

/** The rules for encryption of RDS instances and clusters, their statistics and proxies. */
export const rdsEncryptionRules: readonly Rule[] = [
  graphRule<InstanceArgs>({
    id: "RDS.3",
    title: "RDS instances encrypt their storage",
    severity: "medium",
    concern: "confidentiality",
    pci: ["3.5.1"],
    remediation: "Set storageEncrypted: true and kmsKeyId; this replaces the instance.",
    binding: true,
    types: [rdsTypes.instance],
    check: (instance, graph) => {
      // a read replica is encrypted as its source is; in another region its key shows it
      const followsSource = sourceOf(instance, graph) !== undefined;
      const isReplicaWithKey = instance.has("replicateSourceDb") && instance.has("kmsKeyId");
      return followsSource || isReplicaWithKey
        ? []
        : instance.expect("storageEncrypted", equals(true));
    },
  }),
  resourceRule<ClusterArgs>({
    id: "RDS.27",
    title: "Database clusters encrypt their storage",
    severity: "medium",
    concern: "confidentiality",
    pci: ["3.5.1"],
    remediation: "Set storageEncrypted: true and kmsKeyId; this replaces the cluster.",
    binding: true,
    types: [rdsTypes.cluster],
    check: (cluster) => {
      const isCopyWithKey =
        cluster.has("kmsKeyId") &&
        (cluster.has("snapshotIdentifier") || cluster.has("replicationSourceIdentifier"));
      if (isCopyWithKey) return [];
      const encrypted = equals(true);
      return cluster.expect(
        "storageEncrypted",
        cluster.get("engineMode") === "serverless" ? byDefault(encrypted) : encrypted,
      );
    },
  }),
  ...tlsControls.map(([id, name, engine]) =>
    graphRule<InstanceArgs>({
      id,
      title: `RDS for ${name} refuses connections without TLS`,
      severity: "medium",
      concern: "confidentiality",
      pci: ["4.2.1"],
      remediation:
        "Give the instance a parameter group with rds.force_ssl (PostgreSQL, SQL Server) or require_secure_transport (MySQL, MariaDB) at 1.",
      binding: true,
      types: [rdsTypes.instance],
      check: (instance, graph) => {
        const actual = engineOf(instance, graph);
        // without a group of its own, a read replica has its source's
        const followsSource =
          sourceOf(instance, graph) !== undefined && !instance.has("parameterGroupName");
        return engine.test(actual.name) && !followsSource
          ? plainConnections(instance, actual, "parameterGroupName", graph)
          : [];
      },
    }),
  ),
  graphRule<ClusterArgs>({
    id: "Data.2",
    title: "Database clusters refuse connections without TLS",
    severity: "medium",
    concern: "confidentiality",
    pci: ["4.2.1"],
    remediation:
      "Give the cluster a parameter group with rds.force_ssl (PostgreSQL) or require_secure_transport (MySQL) at 1.",
    binding: true,
    types: [rdsTypes.cluster],
    check: (cluster, graph) => {
      const engine = {
        name: String(cluster.get("engine")),
        version: cluster.get("engineVersion"),
      };
      return /postgres|mysql/.test(engine.name)
        ? plainConnections(cluster, engine, "dbClusterParameterGroupName", graph)
        : [];
    },
  }),
  resourceRule<ProxyArgs>({
    id: "RDS.43",
    title: "RDS proxies refuse connections without TLS",
    severity: "medium",
    concern: "confidentiality",
    pci: ["4.2.1"],
    remediation: "Set requireTls: true.",
    binding: true,
    types: [rdsTypes.proxy],
    check: (proxy) => proxy.expect("requireTls", equals(true)),
  }),
  resourceRule<InstanceArgs & ClusterArgs>({
    id: "Data.3",
    title: "Databases are encrypted by a key of the customer's own",
    severity: "medium",
    concern: "confidentiality",
    pci: ["3.6.1"],
    remediation:
      "Set kmsKeyId to a key whose policy names who may use it; this replaces the database.",
    types: [rdsTypes.instance, rdsTypes.cluster],
    // a replica in the same region has its source's key
    check: (database) =>
      database.has("replicateSourceDb") ? [] : database.expectPresent("kmsKeyId", customerKey),
  }),
  resourceRule<DatabaseArgs>({
    id: "Data.4",
    title: "Query statistics are encrypted by a key of the customer's own",
    severity: "low",
    concern: "confidentiality",
    pci: ["3.6.1"],
    remediation: "Set performanceInsightsKmsKeyId: statements may hold data.",
    types: [rdsTypes.instance, rdsTypes.cluster],
    check: (database) =>
      database.get("performanceInsightsEnabled") === true
        ? database.expectPresent("performanceInsightsKmsKeyId", customerKey)
        : [],
  }),
];
