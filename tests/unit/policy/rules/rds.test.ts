import { PolicyGraph } from "../../../../lib/policy/policy-graph";
import { rdsRules } from "../../../../lib/policy/rules/rds";
import { rdsTypes } from "../../../../lib/policy/rules/rds-databases";
import { describeRules, resource } from "../rule-cases";

const { instance, cluster, clusterInstance } = rdsTypes;

describeRules("rules for RDS instances", rdsRules, [
  {
    rule: "RDS.2",
    passes: [{}, { publiclyAccessible: false }, [resource(clusterInstance, {})]],
    fails: [
      { given: { publiclyAccessible: true }, at: ["publiclyAccessible"] },
      {
        given: [resource(clusterInstance, { publiclyAccessible: true })],
        at: ["publiclyAccessible"],
      },
    ],
  },
  {
    rule: "RDS.5",
    passes: [{ multiAz: true }, { replicateSourceDb: "main" }],
    fails: [
      { given: {}, at: ["multiAz"] },
      { given: { multiAz: false }, at: ["multiAz"] },
    ],
  },
  {
    rule: "RDS.Version",
    passes: [
      { engine: "postgres", engineVersion: "17" },
      { engine: "postgres", engineVersion: "15.15" },
      { engine: "postgres" },
      { engine: "mysql", engineVersion: "8.4" },
    ],
    fails: [
      { given: { engine: "postgres", engineVersion: "14" }, at: ["engineVersion"] },
      { given: { engine: "postgres", engineVersion: "16.10" }, at: ["engineVersion"] },
      {
        given: [
          resource(
            instance,
            { engine: "postgres", engineVersion: "13", identifier: "main" },
            { name: "main" },
          ),
          resource(instance, { replicateSourceDb: "main" }),
        ],
        at: ["engineVersion", "engineVersion"],
      },
    ],
  },
  {
    rule: "RDS.8",
    passes: [{ deletionProtection: true }],
    fails: [
      { given: {}, at: ["deletionProtection"] },
      { given: { deletionProtection: false }, at: ["deletionProtection"] },
    ],
  },
  {
    rule: "RDS.10",
    passes: [
      { engine: "postgres", iamDatabaseAuthenticationEnabled: true },
      { engine: "oracle-ee" },
      { snapshotIdentifier: "of an engine that no one knows" },
    ],
    fails: [
      { given: { engine: "postgres" }, at: ["iamDatabaseAuthenticationEnabled"] },
      {
        given: { engine: "mysql", iamDatabaseAuthenticationEnabled: false },
        at: ["iamDatabaseAuthenticationEnabled"],
      },
      {
        given: [
          resource(
            instance,
            { engine: "mariadb", identifier: "main", iamDatabaseAuthenticationEnabled: true },
            { name: "main" },
          ),
          resource(instance, { replicateSourceDb: "main" }),
        ],
        at: ["iamDatabaseAuthenticationEnabled"],
      },
    ],
  },
  {
    rule: "RDS.11",
    passes: [
      { backupRetentionPeriod: 7 },
      { backupRetentionPeriod: 35 },
      { replicateSourceDb: "main" },
    ],
    fails: [
      { given: {}, at: ["backupRetentionPeriod"] },
      { given: { backupRetentionPeriod: 6 }, at: ["backupRetentionPeriod"] },
    ],
  },
  {
    rule: "RDS.13",
    passes: [
      {},
      { autoMinorVersionUpgrade: true },
      [resource(clusterInstance, { autoMinorVersionUpgrade: true })],
    ],
    fails: [
      { given: { autoMinorVersionUpgrade: false }, at: ["autoMinorVersionUpgrade"] },
      {
        given: [resource(clusterInstance, { autoMinorVersionUpgrade: false })],
        at: ["autoMinorVersionUpgrade"],
      },
    ],
  },
  {
    rule: "RDS.17",
    passes: [{ copyTagsToSnapshot: true }],
    fails: [{ given: {}, at: ["copyTagsToSnapshot"] }],
  },
  {
    rule: "RDS.23",
    passes: [
      { engine: "postgres", port: 6432 },
      { engine: "mysql", port: 5432 },
      { engine: "of another kind" },
      { replicateSourceDb: "main" },
      [resource(cluster, { engine: "aurora-postgresql", port: 6432 })],
    ],
    fails: [
      { given: { engine: "postgres", port: 5432 }, at: ["port"] },
      { given: { engine: "mariadb" }, at: ["port"] },
      { given: { engine: "oracle-se2", port: 1521 }, at: ["port"] },
      { given: { engine: "custom-sqlserver-ee", port: 1433 }, at: ["port"] },
      { given: { engine: "db2-se", port: 50000 }, at: ["port"] },
      { given: [resource(cluster, { engine: "aurora-mysql" })], at: ["port"] },
    ],
  },
  {
    rule: "RDS.25",
    passes: [{ username: "payments_admin" }, { replicateSourceDb: "main" }],
    fails: [
      { given: { username: "postgres" }, at: ["username"] },
      { given: { username: "Admin" }, at: ["username"] },
    ],
  },
  {
    rule: "Data.1",
    passes: [
      { manageMasterUserPassword: true },
      { passwordWo: "given once", passwordWoVersion: 1 },
      [resource(cluster, { masterPasswordWo: "given once" })],
    ],
    fails: [
      { given: { password: "in the state" }, at: ["password"] },
      { given: [resource(cluster, { masterPassword: "in the state" })], at: ["masterPassword"] },
    ],
  },
]);

it("names no password that it finds", () => {
  const rule = rdsRules.find(({ id }) => id === "Data.1");
  const found = rule?.check(resource(instance, { password: "s3cret" }), new PolicyGraph([]));
  expect(JSON.stringify(found)).not.toContain("s3cret");
  expect(found).toHaveLength(1);
});
