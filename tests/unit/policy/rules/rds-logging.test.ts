import { rdsTypes } from "../../../../lib/policy/rules/rds-databases";
import { rdsLoggingRules } from "../../../../lib/policy/rules/rds-logging";
import { describeRules, resource } from "../rule-cases";

const { instance, cluster, clusterInstance } = rdsTypes;

const exporting = (engine: string, ...logs: readonly string[]) => ({
  engine,
  enabledCloudwatchLogsExports: logs,
});
const at = ["enabledCloudwatchLogsExports"];
const member = (args: Readonly<Record<string, unknown>>) =>
  resource(clusterInstance, args, { from: { clusterIdentifier: "cluster" } });

describeRules("rules for logs of RDS", rdsLoggingRules, [
  {
    rule: "RDS.6",
    passes: [
      { monitoringInterval: 60 },
      [member({ monitoringInterval: 1 })],
      [resource(cluster, { monitoringInterval: 30 }, { name: "cluster" }), member({})],
    ],
    fails: [
      { given: {}, at: ["monitoringInterval"] },
      { given: { monitoringInterval: 0 }, at: ["monitoringInterval"] },
      {
        given: [resource(cluster, {}, { name: "cluster" }), member({})],
        at: ["monitoringInterval"],
      },
      {
        given: [resource(cluster, { monitoringInterval: 30 }, { name: "another" }), member({})],
        at: ["monitoringInterval"],
      },
    ],
  },
  {
    rule: "RDS.9",
    passes: [
      exporting("postgres", "upgrade", "postgresql"),
      exporting("mysql", "audit", "error", "general", "slowquery"),
      exporting("oracle-se2", "alert", "audit", "listener", "trace"),
      exporting("sqlserver-ex", "error"),
      exporting("sqlserver-web", "agent", "error"),
      exporting("db2-se", "diag.log"),
      { engine: "custom-oracle-ee" },
    ],
    fails: [
      { given: { engine: "postgres" }, at },
      { given: exporting("postgres", "postgresql"), at },
      { given: exporting("mariadb", "audit", "error"), at },
      { given: exporting("sqlserver-web", "error"), at },
      { given: { engine: "db2-se" }, at },
      { given: { snapshotIdentifier: "of an engine that no one knows" }, at },
      {
        given: [
          resource(
            instance,
            { ...exporting("postgres", "postgresql", "upgrade"), identifier: "main" },
            { name: "main" },
          ),
          resource(instance, {
            replicateSourceDb: "main",
            enabledCloudwatchLogsExports: ["upgrade"],
          }),
        ],
        at,
      },
    ],
  },
  {
    rule: "RDS.36",
    passes: [exporting("postgres", "postgresql"), { engine: "mysql" }],
    fails: [
      { given: { engine: "postgres" }, at },
      { given: exporting("postgres", "upgrade"), at },
    ],
  },
  {
    rule: "RDS.40",
    passes: [exporting("sqlserver-se", "agent", "error"), { engine: "sqlserver-ex" }],
    fails: [{ given: exporting("sqlserver-se", "error"), at }],
  },
  {
    rule: "RDS.42",
    passes: [exporting("mariadb", "audit", "error"), { engine: "mysql" }],
    fails: [{ given: exporting("mariadb", "error"), at }],
  },
  {
    rule: "Data.5",
    passes: [{}, { debugLogging: false }],
    fails: [{ given: { debugLogging: true }, at: ["debugLogging"] }],
  },
]);
