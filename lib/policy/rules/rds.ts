import type { ClusterArgs, ClusterInstanceArgs, InstanceArgs } from "@pulumi/aws/rds";
import { creatableVersions, isCreatable } from "../../catalogue/postgres-versions";
import { atLeast, byDefault, equals } from "../expectations";
import type { Expectation } from "../expectations";
import { graphRule, resourceRule, violation } from "../rule";
import type { Rule } from "../rule";
import { customName, engineOf, rdsTypes } from "./rds-databases";
import type { DatabaseArgs } from "./rds-databases";

/** Engines that can check IAM tokens. */
const iamEngines: readonly string[] = ["mariadb", "mysql", "postgres"];

/** Ports that engines listen on when none is given. */
const defaultPorts: readonly (readonly [RegExp, number])[] = [
  [/postgres/, 5432],
  [/mysql|mariadb/, 3306],
  [/oracle/, 1521],
  [/sqlserver/, 1433],
  [/^db2/, 50000],
];

/** The rules for RDS instances: who reaches them, and how they are maintained. */
export const rdsRules: readonly Rule[] = [
  resourceRule<InstanceArgs | ClusterInstanceArgs>({
    id: "RDS.2",
    title: "Database instances have no public address",
    severity: "critical",
    concern: "confidentiality",
    pci: ["1.4.4"],
    remediation: "Leave publiclyAccessible out, or set it to false.",
    binding: true,
    types: [rdsTypes.instance, rdsTypes.clusterInstance],
    check: (instance) => instance.expect("publiclyAccessible", byDefault(equals(false))),
  }),
  resourceRule<InstanceArgs>({
    id: "RDS.5",
    title: "RDS instances have a standby in a second zone",
    severity: "medium",
    concern: "availability",
    pci: [],
    remediation: "Set multiAz: true.",
    types: [rdsTypes.instance],
    // a read replica can be made again from its source
    check: (instance) =>
      instance.has("replicateSourceDb") ? [] : instance.expect("multiAz", equals(true)),
  }),
  resourceRule<InstanceArgs>({
    id: "RDS.8",
    title: "RDS instances cannot be deleted by mistake",
    severity: "low",
    concern: "availability",
    pci: [],
    remediation: "Set deletionProtection: true.",
    types: [rdsTypes.instance],
    check: (instance) => instance.expect("deletionProtection", equals(true)),
  }),
  graphRule<InstanceArgs>({
    id: "RDS.10",
    title: "RDS instances let clients sign in by IAM instead of passwords",
    severity: "medium",
    concern: "confidentiality",
    pci: ["8.3.2", "8.6.3"],
    remediation: "Set iamDatabaseAuthenticationEnabled: true, and let clients sign in by token.",
    types: [rdsTypes.instance],
    check: (instance, graph) =>
      iamEngines.includes(engineOf(instance, graph).name)
        ? instance.expect("iamDatabaseAuthenticationEnabled", equals(true))
        : [],
  }),
  resourceRule<InstanceArgs>({
    id: "RDS.11",
    title: "RDS instances retain daily backups for a week or more",
    severity: "medium",
    concern: "availability",
    pci: [],
    remediation: "Set backupRetentionPeriod to 7 days or more.",
    types: [rdsTypes.instance],
    check: (instance) =>
      instance.has("replicateSourceDb") ? [] : instance.expect("backupRetentionPeriod", atLeast(7)),
  }),
  resourceRule<InstanceArgs | ClusterInstanceArgs>({
    id: "RDS.13",
    title: "Database instances upgrade minor versions automatically",
    severity: "high",
    concern: "integrity",
    pci: ["6.3.3"],
    remediation:
      "Leave autoMinorVersionUpgrade out, or set it to true, and give engineVersion without its minor part.",
    types: [rdsTypes.instance, rdsTypes.clusterInstance],
    check: (instance) => instance.expect("autoMinorVersionUpgrade", byDefault(equals(true))),
  }),
  resourceRule<InstanceArgs>({
    id: "RDS.17",
    title: "Snapshots of RDS instances carry the instance's tags",
    severity: "low",
    concern: "accountability",
    pci: [],
    remediation: "Set copyTagsToSnapshot: true.",
    types: [rdsTypes.instance],
    check: (instance) => instance.expect("copyTagsToSnapshot", equals(true)),
  }),
  resourceRule<DatabaseArgs>({
    id: "RDS.23",
    title: "Databases do not listen on their engine's default port",
    severity: "low",
    concern: "confidentiality",
    pci: [],
    remediation: "Set port to another one, in security groups and clients too.",
    types: [rdsTypes.instance, rdsTypes.cluster],
    // without an engine it is a read replica or a restored one, which has its origin's port
    check: (database) => {
      const engine = database.get("engine");
      if (typeof engine !== "string") return [];
      const port = defaultPorts.find(([engines]) => engines.test(engine))?.[1];
      return port === undefined ? [] : database.expect("port", otherThan(port));
    },
  }),
  graphRule<InstanceArgs>({
    id: "RDS.Version",
    title: "RDS for PostgreSQL runs a version that RDS patches",
    severity: "medium",
    concern: "integrity",
    pci: ["6.3.3", "12.3.4"],
    remediation:
      "Set engineVersion to a major version alone, such as 17: RDS chooses and patches its minor versions.",
    types: [rdsTypes.instance],
    check: (instance, graph) => {
      const { name, version } = engineOf(instance, graph);
      return name !== "postgres" || typeof version !== "string" || isCreatable(version)
        ? []
        : [violation(`found ${version}, expected one of ${creatableVersions}`, "engineVersion")];
    },
  }),
  resourceRule<InstanceArgs>({
    id: "RDS.25",
    title: "RDS instances have an administrator with a name of its own",
    severity: "medium",
    concern: "confidentiality",
    pci: ["2.2.2"],
    remediation: "Set username to a name that only your team knows; this replaces the instance.",
    types: [rdsTypes.instance],
    check: (instance) => instance.expect("username", customName),
  }),
  resourceRule<InstanceArgs & ClusterArgs>({
    id: "Data.1",
    title: "Master passwords stay out of the program and its state",
    severity: "high",
    concern: "confidentiality",
    pci: ["8.3.2", "8.6.2"],
    remediation:
      "Set manageMasterUserPassword: true, so that RDS generates, stores and rotates it; or give it by passwordWo or masterPasswordWo.",
    binding: true,
    types: [rdsTypes.instance, rdsTypes.cluster],
    check: (database) => {
      const password = database.resource.type === rdsTypes.cluster ? "masterPassword" : "password";
      return database.has(password) ? [violation("found a password, expected none", password)] : [];
    },
  }),
];

/** A given port; without one the engine takes its own. */
function otherThan(port: number): Expectation {
  return {
    isMet: (value) => typeof value === "number" && value !== port,
    expected: `another port than ${String(port)}`,
  };
}
