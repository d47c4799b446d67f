import { PolicyGraph } from "../../../../lib/policy/policy-graph";
import { dmsRules } from "../../../../lib/policy/rules/dms";
import { describeRules, resource } from "../rule-cases";
import type { RuleCase } from "../rule-cases";

const at = ["replicationTaskSettings"];

/** A task's settings, with components of its log. */
const logging = (EnableLogging: boolean, severities?: Readonly<Record<string, string>>) => ({
  replicationTaskSettings: JSON.stringify({
    Logging: {
      EnableLogging,
      ...(severities !== undefined && {
        LogComponents: Object.entries(severities).map(([Id, Severity]) => ({ Id, Severity })),
      }),
    },
  }),
});

/** The cases of a control of two components, which says nothing of the other end's. */
const loggingCases = (rule: string, one: string, another: string, other: string): RuleCase => ({
  rule,
  passes: [
    logging(true),
    logging(true, { [one]: "LOGGER_SEVERITY_DEFAULT", [another]: "LOGGER_SEVERITY_DEBUG" }),
    logging(true, { [one]: "LOGGER_SEVERITY_DETAILED_DEBUG", [other]: "LOGGER_SEVERITY_ERROR" }),
  ],
  fails: [
    { given: {}, at },
    { given: { replicationTaskSettings: "{" }, at },
    { given: { replicationTaskSettings: "{}" }, at },
    { given: logging(false), at },
    { given: logging(true, { [one]: "LOGGER_SEVERITY_ERROR" }), at },
    { given: logging(true, { [another]: "LOGGER_SEVERITY_INFO" }), at },
  ],
});

describeRules("rules for DMS", dmsRules, [
  {
    rule: "DMS.1",
    passes: [{}, { publiclyAccessible: false }],
    fails: [{ given: { publiclyAccessible: true }, at: ["publiclyAccessible"] }],
  },
  {
    rule: "DMS.6",
    passes: [{ autoMinorVersionUpgrade: true }],
    fails: [
      { given: {}, at: ["autoMinorVersionUpgrade"] },
      { given: { autoMinorVersionUpgrade: false }, at: ["autoMinorVersionUpgrade"] },
    ],
  },
  {
    rule: "DMS.13",
    passes: [{ multiAz: true }],
    fails: [{ given: {}, at: ["multiAz"] }],
  },
  loggingCases("DMS.7", "TARGET_APPLY", "TARGET_LOAD", "SOURCE_CAPTURE"),
  loggingCases("DMS.8", "SOURCE_CAPTURE", "SOURCE_UNLOAD", "TARGET_APPLY"),
  {
    rule: "DMS.9",
    passes: [
      { engineName: "postgres", sslMode: "require" },
      { engineName: "mysql", sslMode: "verify-ca" },
      { engineName: "aurora-postgresql", sslMode: "verify-full" },
      { engineName: "kinesis" },
      { engineName: "redis" },
    ],
    fails: [
      { given: { engineName: "postgres" }, at: ["sslMode"] },
      { given: { engineName: "aurora", sslMode: "none" }, at: ["sslMode"] },
    ],
  },
  {
    rule: "DMS.11",
    passes: [
      { engineName: "mongodb" },
      { engineName: "mongodb", mongodbSettings: { authType: "password" } },
      { engineName: "docdb", mongodbSettings: { authType: "no" } },
    ],
    fails: [
      {
        given: { engineName: "mongodb", mongodbSettings: { authType: "no" } },
        at: ["mongodbSettings.authType"],
      },
    ],
  },
  {
    rule: "DMS.12",
    passes: [
      { engineName: "redis", redisSettings: { authType: "auth-token" } },
      { engineName: "redis", redisSettings: { sslSecurityProtocol: "ssl-encryption" } },
      { engineName: "postgres" },
    ],
    fails: [
      {
        given: { engineName: "redis", redisSettings: { sslSecurityProtocol: "plaintext" } },
        at: ["redisSettings.sslSecurityProtocol"],
      },
    ],
  },
  {
    rule: "Data.10",
    passes: [{ secretsManagerArn: "arn" }, { engineName: "kinesis" }],
    fails: [
      { given: { password: "in the state" }, at: ["password"] },
      {
        given: { redisSettings: { authPassword: "in the state" } },
        at: ["redisSettings.authPassword"],
      },
      {
        given: { kafkaSettings: { saslPassword: "in the state" } },
        at: ["kafkaSettings.saslPassword"],
      },
    ],
  },
]);

it("names no password of an endpoint", () => {
  const rule = dmsRules.find(({ id }) => id === "Data.10");
  const endpoint = resource("aws:dms/endpoint:Endpoint", { password: "s3cret" });
  const found = rule?.check(endpoint, new PolicyGraph([]));
  expect(JSON.stringify(found)).not.toContain("s3cret");
  expect(found).toHaveLength(1);
});
