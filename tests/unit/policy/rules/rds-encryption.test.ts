import { rdsTypes } from "../../../../lib/policy/rules/rds-databases";
import { rdsEncryptionRules } from "../../../../lib/policy/rules/rds-encryption";
import { unknownValue } from "../../../../lib/policy/policy-graph";
import { describeRules, resource } from "../rule-cases";
import type { RuleCase } from "../rule-cases";

const { instance, cluster, parameterGroup, clusterParameterGroup, proxy } = rdsTypes;

const keyArn = "arn:aws:kms:eu-central-1:123456789012:key/1";

/** A database with a parameter group that sets one parameter. */
function withParameter(engine: string, name: string, value: unknown, version?: string) {
  return [
    resource(
      instance,
      { engine, ...(version !== undefined && { engineVersion: version }) },
      { from: { parameterGroupName: "parameters" } },
    ),
    resource(
      parameterGroup,
      {
        parameters: [
          { name: "log_statement", value: "ddl" },
          { name, value },
        ],
      },
      { name: "parameters" },
    ),
  ];
}

function clusterWithParameter(engine: string, name: string, value: string) {
  return [
    resource(cluster, { engine, dbClusterParameterGroupName: "tls" }),
    resource(
      clusterParameterGroup,
      { name: "tls", parameters: [{ name, value }] },
      { name: "tls" },
    ),
  ];
}

const at = ["parameterGroupName"];
const source = (args: Readonly<Record<string, unknown>>) =>
  resource(instance, { identifier: "main", ...args }, { name: "main" });

/** What the TLS controls of MySQL and MariaDB share. */
const secureTransport = (rule: string, engine: string, off: string, on: string): RuleCase => ({
  rule,
  passes: [
    withParameter(engine, "require_secure_transport", "1"),
    withParameter(engine, "require_secure_transport", "ON"),
    { engine, engineVersion: on },
    { engine: "postgres", engineVersion: "14" },
  ],
  fails: [
    { given: { engine }, at },
    { given: { engine, engineVersion: off }, at },
    { given: withParameter(engine, "require_secure_transport", "OFF", on), at },
    { given: withParameter(engine, "rds.force_ssl", "1"), at },
  ],
});

describeRules("rules for encryption by RDS", rdsEncryptionRules, [
  {
    rule: "RDS.3",
    passes: [
      { storageEncrypted: true },
      { replicateSourceDb: "arn of another region", kmsKeyId: keyArn },
      [source({ storageEncrypted: true }), resource(instance, { replicateSourceDb: "main" })],
    ],
    fails: [
      { given: {}, at: ["storageEncrypted"] },
      { given: { storageEncrypted: false }, at: ["storageEncrypted"] },
      { given: { kmsKeyId: keyArn }, at: ["storageEncrypted"] },
      { given: { replicateSourceDb: "of another stack" }, at: ["storageEncrypted"] },
      {
        given: [source({}), resource(instance, { replicateSourceDb: "main" })],
        at: ["storageEncrypted"],
      },
    ],
  },
  {
    rule: "RDS.27",
    passes: [
      { storageEncrypted: true },
      { engineMode: "serverless" },
      { snapshotIdentifier: "one", kmsKeyId: keyArn },
      { replicationSourceIdentifier: "one", kmsKeyId: keyArn },
    ],
    fails: [
      { given: {}, at: ["storageEncrypted"] },
      { given: { engineMode: "serverless", storageEncrypted: false }, at: ["storageEncrypted"] },
      { given: { snapshotIdentifier: "one" }, at: ["storageEncrypted"] },
      { given: { kmsKeyId: keyArn }, at: ["storageEncrypted"] },
    ],
  },
  {
    rule: "RDS.38",
    passes: [
      withParameter("postgres", "rds.force_ssl", "1", "14.9"),
      withParameter("postgres", "log_lock_waits", "1", "16"),
      { engine: "postgres", engineVersion: "15" },
      { engine: "postgres" },
      { engine: "db2-se" },
      [
        source({ engine: "postgres", engineVersion: "16.4" }),
        resource(instance, { replicateSourceDb: "main" }),
      ],
    ],
    fails: [
      { given: withParameter("postgres", "rds.force_ssl", "0", "16"), at },
      { given: withParameter("postgres", "log_lock_waits", "1", "14.9"), at },
      { given: { engine: "postgres", engineVersion: "14" }, at },
      {
        given: [
          resource(
            instance,
            { engine: "postgres", engineVersion: "14" },
            { from: { parameterGroupName: "bare" } },
          ),
          resource(parameterGroup, {}, { name: "bare" }),
        ],
        at,
      },
      {
        given: [
          ...withParameter("postgres", "rds.force_ssl", "1", "14.9").map((one) =>
            one.type === instance
              ? { ...one, properties: { ...one.properties, identifier: "main" } }
              : one,
          ),
          resource(
            instance,
            { replicateSourceDb: "main", parameterGroupName: "default.postgres14" },
            { name: "replica" },
          ),
        ],
        at,
      },
    ],
  },
  secureTransport("RDS.39", "mysql", "8.4.3", "9.7.0"),
  {
    rule: "RDS.41",
    passes: [
      withParameter("sqlserver-se", "rds.force_ssl", "1"),
      { engine: "custom-sqlserver-se" },
    ],
    fails: [{ given: { engine: "sqlserver-ex", engineVersion: "16.00" }, at }],
  },
  secureTransport("RDS.44", "mariadb", "11.4.5", "11.10.1"),
  {
    rule: "Data.2",
    passes: [
      clusterWithParameter("aurora-postgresql", "rds.force_ssl", "1"),
      clusterWithParameter("aurora-mysql", "require_secure_transport", "ON"),
      { engine: "aurora-postgresql", engineVersion: "17.4" },
      { engine: "neptune" },
    ],
    fails: [
      {
        given: { engine: "aurora-postgresql", engineVersion: "16.6" },
        at: ["dbClusterParameterGroupName"],
      },
      { given: { engine: "aurora-postgresql" }, at: ["dbClusterParameterGroupName"] },
      { given: { engine: "aurora-mysql" }, at: ["dbClusterParameterGroupName"] },
      {
        given: clusterWithParameter("aurora-postgresql", "rds.force_ssl", "0"),
        at: ["dbClusterParameterGroupName"],
      },
    ],
  },
  {
    rule: "RDS.43",
    passes: [{ requireTls: true }],
    fails: [
      { given: {}, at: ["requireTls"] },
      { given: [resource(proxy, { requireTls: false })], at: ["requireTls"] },
    ],
  },
  {
    rule: "Data.3",
    passes: [
      { kmsKeyId: keyArn },
      { kmsKeyId: unknownValue },
      { replicateSourceDb: "main" },
      [resource(cluster, { kmsKeyId: keyArn })],
    ],
    fails: [
      { given: { storageEncrypted: true }, at: ["kmsKeyId"] },
      { given: { kmsKeyId: "alias/aws/rds" }, at: ["kmsKeyId"] },
      { given: [resource(cluster, {})], at: ["kmsKeyId"] },
    ],
  },
  {
    rule: "Data.4",
    passes: [
      {},
      { performanceInsightsEnabled: false },
      { performanceInsightsEnabled: true, performanceInsightsKmsKeyId: keyArn },
    ],
    fails: [
      { given: { performanceInsightsEnabled: true }, at: ["performanceInsightsKmsKeyId"] },
      {
        given: [resource(cluster, { performanceInsightsEnabled: true })],
        at: ["performanceInsightsKmsKeyId"],
      },
    ],
  },
]);
