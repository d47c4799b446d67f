import type { ClusterInstanceArgs, InstanceArgs, ProxyArgs } from "@pulumi/aws/rds";
import { atLeast, byDefault, containing, equals, present } from "../expectations";
import type { PciRequirement } from "../pci";
import { graphRule, resourceRule } from "../rule";
import type { Rule } from "../rule";
import { engineOf, rdsTypes } from "./rds-databases";

/** What instances must export, by engine; express editions of SQL Server have no agent. */
const exportedLogs: readonly (readonly [engine: RegExp, logs: readonly string[]])[] = [
  [/^postgres$/, ["postgresql", "upgrade"]],
  [/^(mysql|mariadb)$/, ["audit", "error", "general", "slowquery"]],
  [/^oracle-/, ["alert", "audit", "listener", "trace"]],
  [/^sqlserver-ex$/, ["error"]],
  [/^sqlserver-/, ["agent", "error"]],
];

/** Controls of one engine's logs. */
const engineControls: readonly {
  readonly id: string;
  readonly name: string;
  readonly engine: RegExp;
  readonly logs: readonly string[];
  readonly pci: readonly PciRequirement[];
}[] = [
  {
    id: "RDS.36",
    name: "PostgreSQL exports its log",
    engine: /^postgres$/,
    logs: ["postgresql"],
    pci: ["10.4.2"],
  },
  {
    id: "RDS.40",
    name: "SQL Server exports its error and agent logs",
    engine: /^sqlserver-(?!ex$)/,
    logs: ["agent", "error"],
    pci: [],
  },
  {
    id: "RDS.42",
    name: "MariaDB exports its audit and error logs",
    engine: /^mariadb$/,
    logs: ["audit", "error"],
    pci: [],
  },
];

const monitored = atLeast(1);

/** The rules for logs and monitoring of RDS instances and proxies. */
export const rdsLoggingRules: readonly Rule[] = [
  graphRule<InstanceArgs | ClusterInstanceArgs>({
    id: "RDS.6",
    title: "Database instances have enhanced monitoring",
    severity: "low",
    concern: "accountability",
    pci: [],
    remediation: "Set monitoringInterval to 60 seconds or less, and monitoringRoleArn.",
    types: [rdsTypes.instance, rdsTypes.clusterInstance],
    check: (instance, graph) => {
      const isByCluster = graph
        .referredToBy(instance.resource, "clusterIdentifier", rdsTypes.cluster)
        .some((cluster) => monitored.isMet(cluster.properties["monitoringInterval"]));
      return isByCluster ? [] : instance.expect("monitoringInterval", monitored);
    },
  }),
  graphRule<InstanceArgs>({
    id: "RDS.9",
    title: "RDS instances export their logs to CloudWatch",
    severity: "medium",
    concern: "accountability",
    pci: ["10.2.1"],
    remediation: "Set enabledCloudwatchLogsExports to all logs that the engine has.",
    types: [rdsTypes.instance],
    check: (instance, graph) => {
      const engine = engineOf(instance, graph).name;
      // RDS Custom cannot
      if (engine.startsWith("custom-")) return [];
      const logs = exportedLogs.find(([engines]) => engines.test(engine))?.[1];
      return instance.expect(
        "enabledCloudwatchLogsExports",
        logs === undefined ? present : containing(...logs),
      );
    },
  }),
  ...engineControls.map(({ id, name, engine, logs, pci }) =>
    graphRule<InstanceArgs>({
      id,
      title: `RDS for ${name} to CloudWatch`,
      severity: "medium",
      concern: "accountability",
      pci,
      remediation: `Set enabledCloudwatchLogsExports to a list with ${logs.join(" and ")}.`,
      types: [rdsTypes.instance],
      check: (instance, graph) =>
        engine.test(engineOf(instance, graph).name)
          ? instance.expect("enabledCloudwatchLogsExports", containing(...logs))
          : [],
    }),
  ),
  resourceRule<ProxyArgs>({
    id: "Data.5",
    title: "RDS proxies do not log statements",
    severity: "low",
    concern: "confidentiality",
    pci: ["3.5.1"],
    remediation: "Leave debugLogging out, or set it to false: statements may hold data.",
    types: [rdsTypes.proxy],
    check: (proxy) => proxy.expect("debugLogging", byDefault(equals(false))),
  }),
];
