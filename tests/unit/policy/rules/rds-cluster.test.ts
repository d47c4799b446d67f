import { rdsClusterRules } from "../../../../lib/policy/rules/rds-cluster";
import { rdsTypes } from "../../../../lib/policy/rules/rds-databases";
import { describeRules, resource } from "../rule-cases";

const { cluster, clusterInstance, clusterParameterGroup } = rdsTypes;

const serverless = { engineMode: "serverless" };

/** A cluster with an instance in each of the zones. */
const inZones = (...zones: readonly (string | undefined)[]) => [
  resource(cluster, { clusterIdentifier: "ledger" }),
  ...zones.map((availabilityZone, index) =>
    resource(
      clusterInstance,
      { clusterIdentifier: "ledger", ...(availabilityZone !== undefined && { availabilityZone }) },
      { name: `instance-${String(index)}` },
    ),
  ),
];

const audited = (parameters: readonly Readonly<Record<string, unknown>>[]) => [
  resource(cluster, { engine: "aurora-mysql" }, { from: { dbClusterParameterGroupName: "audit" } }),
  resource(clusterParameterGroup, { parameters }, { name: "audit" }),
];

const tagged = (rule: string, engine: string, other: string) => ({
  rule,
  passes: [{ engine, copyTagsToSnapshot: true }, { engine: other }],
  fails: [
    { given: { engine }, at: ["copyTagsToSnapshot"] },
    { given: { engine, copyTagsToSnapshot: false }, at: ["copyTagsToSnapshot"] },
  ],
});

const exporting = (rule: string, engine: string, log: string) => ({
  rule,
  passes: [
    { engine, enabledCloudwatchLogsExports: [log, "error"] },
    { engine, ...serverless },
    { engine: "postgres" },
  ],
  fails: [
    { given: { engine }, at: ["enabledCloudwatchLogsExports"] },
    {
      given: { engine, enabledCloudwatchLogsExports: ["error"] },
      at: ["enabledCloudwatchLogsExports"],
    },
  ],
});

describeRules("rules for database clusters", rdsClusterRules, [
  {
    rule: "RDS.7",
    passes: [{ deletionProtection: true }],
    fails: [{ given: {}, at: ["deletionProtection"] }],
  },
  {
    rule: "RDS.12",
    passes: [{ iamDatabaseAuthenticationEnabled: true }, serverless],
    fails: [{ given: {}, at: ["iamDatabaseAuthenticationEnabled"] }],
  },
  {
    rule: "RDS.14",
    passes: [
      { engine: "aurora-mysql", backtrackWindow: 3600 },
      { engine: "aurora-mysql", globalClusterIdentifier: "world" },
      { engine: "aurora-mysql", ...serverless },
      { engine: "aurora-postgresql" },
    ],
    fails: [
      { given: { engine: "aurora-mysql" }, at: ["backtrackWindow"] },
      { given: { engine: "aurora-mysql", backtrackWindow: 0 }, at: ["backtrackWindow"] },
    ],
  },
  {
    rule: "RDS.15",
    passes: [
      inZones("eu-central-1a", "eu-central-1b"),
      inZones(undefined, undefined),
      { dbClusterInstanceClass: "db.m6gd.large" },
      serverless,
    ],
    fails: [
      { given: inZones(), at: [] },
      { given: inZones("eu-central-1a"), at: [] },
      { given: inZones("eu-central-1a", "eu-central-1a"), at: [] },
      {
        given: [
          ...inZones("eu-central-1a"),
          resource(clusterInstance, { clusterIdentifier: "another" }, { name: "another" }),
        ],
        at: [],
      },
    ],
  },
  tagged("RDS.16", "aurora-postgresql", "mysql"),
  tagged("RDS.47", "postgres", "aurora-postgresql"),
  tagged("RDS.48", "mysql", "aurora-mysql"),
  {
    rule: "RDS.24",
    passes: [{ masterUsername: "payments_admin" }, { snapshotIdentifier: "one" }],
    fails: [
      { given: { masterUsername: "admin" }, at: ["masterUsername"] },
      { given: { masterUsername: "root" }, at: ["masterUsername"] },
    ],
  },
  exporting("RDS.34", "aurora-mysql", "audit"),
  {
    rule: "RDS.35",
    passes: [
      { engine: "postgres" },
      { engine: "mysql", autoMinorVersionUpgrade: true },
      { engine: "aurora-mysql", autoMinorVersionUpgrade: false },
    ],
    fails: [
      {
        given: { engine: "postgres", autoMinorVersionUpgrade: false },
        at: ["autoMinorVersionUpgrade"],
      },
    ],
  },
  exporting("RDS.37", "aurora-postgresql", "postgresql"),
  {
    rule: "RDS.45",
    passes: [
      audited([
        { name: "server_audit_logging", value: "1" },
        { name: "server_audit_events", value: "CONNECT,QUERY_DML" },
      ]),
      { engine: "aurora-postgresql" },
    ],
    fails: [
      { given: { engine: "aurora-mysql" }, at: ["dbClusterParameterGroupName"] },
      {
        given: audited([{ name: "server_audit_logging", value: "1" }]),
        at: ["dbClusterParameterGroupName"],
      },
      {
        given: audited([
          { name: "server_audit_logging", value: "0" },
          { name: "server_audit_events", value: "CONNECT" },
        ]),
        at: ["dbClusterParameterGroupName"],
      },
    ],
  },
  {
    rule: "RDS.50",
    passes: [{ backupRetentionPeriod: 7 }],
    fails: [
      { given: {}, at: ["backupRetentionPeriod"] },
      { given: { backupRetentionPeriod: 6 }, at: ["backupRetentionPeriod"] },
    ],
  },
]);
