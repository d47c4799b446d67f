import type { EndpointArgs, ReplicationInstanceArgs, ReplicationTaskArgs } from "@pulumi/aws/dms";
import * as z from "zod";
import { byDefault, equals, matches, not } from "../expectations";
import { resourceRule, violation } from "../rule";
import type { Rule } from "../rule";

const instanceType = "aws:dms/replicationInstance:ReplicationInstance";
const endpointType = "aws:dms/endpoint:Endpoint";

/** Engines that DMS always connects to over TLS, or that have settings of their own for it. */
const withoutSslMode: readonly unknown[] = [
  "dynamodb",
  "elasticsearch",
  "kafka",
  "kinesis",
  "neptune",
  "opensearch",
  "redis",
  "redshift",
  "redshift-serverless",
  "s3",
];

/** The settings of a task's log; a component that is left out logs at its default. */
const taskSettings = z.object({
  Logging: z.object({
    EnableLogging: z.literal(true),
    LogComponents: z.array(z.object({ Id: z.string(), Severity: z.string() })).default([]),
  }),
});

const sufficient = /^LOGGER_SEVERITY_(DEFAULT|DEBUG|DETAILED_DEBUG)$/;

const loggingControls: readonly (readonly [
  id: string,
  end: string,
  components: readonly string[],
])[] = [
  ["DMS.7", "target", ["TARGET_APPLY", "TARGET_LOAD"]],
  ["DMS.8", "source", ["SOURCE_CAPTURE", "SOURCE_UNLOAD"]],
];

/** The rules for the Database Migration Service. */
export const dmsRules: readonly Rule[] = [
  resourceRule<ReplicationInstanceArgs>({
    id: "DMS.1",
    title: "Replication instances have no public address",
    severity: "critical",
    concern: "confidentiality",
    pci: ["1.4.4"],
    remediation: "Leave publiclyAccessible out, or set it to false; this replaces the instance.",
    binding: true,
    types: [instanceType],
    // AWS's default is public, that of Pulumi's provider is not
    check: (instance) => instance.expect("publiclyAccessible", byDefault(equals(false))),
  }),
  resourceRule<ReplicationInstanceArgs>({
    id: "DMS.6",
    title: "Replication instances upgrade minor versions automatically",
    severity: "medium",
    concern: "integrity",
    pci: ["6.3.3"],
    remediation: "Set autoMinorVersionUpgrade: true; by default Pulumi's provider disables it.",
    types: [instanceType],
    check: (instance) => instance.expect("autoMinorVersionUpgrade", equals(true)),
  }),
  resourceRule<ReplicationInstanceArgs>({
    id: "DMS.13",
    title: "Replication instances have a standby in a second zone",
    severity: "medium",
    concern: "availability",
    pci: [],
    remediation: "Set multiAz: true, without availabilityZone.",
    types: [instanceType],
    check: (instance) => instance.expect("multiAz", equals(true)),
  }),
  ...loggingControls.map(([id, end, components]) =>
    resourceRule<ReplicationTaskArgs>({
      id,
      title: `Replication tasks log what happens at the ${end}`,
      severity: "medium",
      concern: "accountability",
      pci: ["10.4.2"],
      remediation: `Set Logging.EnableLogging to true in replicationTaskSettings, with ${components.join(" and ")} at LOGGER_SEVERITY_DEFAULT or more.`,
      types: ["aws:dms/replicationTask:ReplicationTask"],
      check: (task) => {
        const settings = taskSettings.safeParse(json(task.get("replicationTaskSettings")));
        const insufficient =
          settings.data?.Logging.LogComponents.filter(
            ({ Id, Severity }) => components.includes(Id) && !sufficient.test(Severity),
          ) ?? components;
        return insufficient.length === 0
          ? []
          : [
              violation(
                `found no sufficient log, expected ${components.join(" and ")} at LOGGER_SEVERITY_DEFAULT`,
                "replicationTaskSettings",
              ),
            ];
      },
    }),
  ),
  resourceRule<EndpointArgs>({
    id: "DMS.9",
    title: "Endpoints connect to databases over TLS",
    severity: "medium",
    concern: "confidentiality",
    pci: ["4.2.1"],
    remediation: 'Set sslMode: "verify-full", or the strictest that the engine has.',
    binding: true,
    types: [endpointType],
    check: (endpoint) =>
      withoutSslMode.includes(endpoint.get("engineName"))
        ? []
        : endpoint.expect(
            "sslMode",
            matches(/^(require|verify-ca|verify-full)$/, '"require" or stricter'),
          ),
  }),
  resourceRule<EndpointArgs>({
    id: "DMS.11",
    title: "Endpoints sign in to MongoDB",
    severity: "medium",
    concern: "confidentiality",
    pci: ["7.3.1"],
    remediation: 'Set mongodbSettings.authType: "password".',
    types: [endpointType],
    check: (endpoint) =>
      endpoint.get("engineName") === "mongodb"
        ? endpoint.expect("mongodbSettings.authType", not("no"))
        : [],
  }),
  resourceRule<EndpointArgs>({
    id: "DMS.12",
    title: "Endpoints connect to Redis over TLS",
    severity: "medium",
    concern: "confidentiality",
    pci: ["4.2.1"],
    remediation: 'Leave redisSettings.sslSecurityProtocol out, or set it to "ssl-encryption".',
    binding: true,
    types: [endpointType],
    check: (endpoint) =>
      endpoint.get("engineName") === "redis"
        ? endpoint.expect("redisSettings.sslSecurityProtocol", byDefault(equals("ssl-encryption")))
        : [],
  }),
  resourceRule<EndpointArgs>({
    id: "Data.10",
    title: "Endpoints take their passwords from Secrets Manager",
    severity: "high",
    concern: "confidentiality",
    pci: ["8.3.2", "8.6.2"],
    remediation: "Set secretsManagerArn and secretsManagerAccessRoleArn in place of the password.",
    binding: true,
    types: [endpointType],
    check: (endpoint) =>
      (["password", "redisSettings.authPassword", "kafkaSettings.saslPassword"] as const).flatMap(
        (path) => (endpoint.has(path) ? [violation("found a password, expected none", path)] : []),
      ),
  }),
];

function json(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}
