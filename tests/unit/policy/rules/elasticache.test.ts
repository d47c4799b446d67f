import { elasticacheRules } from "../../../../lib/policy/rules/elasticache";
import { unknownValue } from "../../../../lib/policy/policy-graph";
import { describeRules, resource } from "../rule-cases";

type Args = Readonly<Record<string, unknown>>;

const node = (args: Args) => [resource("aws:elasticache/cluster:Cluster", args)];
const serverless = (args: Args) => [
  resource("aws:elasticache/serverlessCache:ServerlessCache", args),
];
const member = node({ replicationGroupId: "sessions" });

describeRules("rules for ElastiCache", elasticacheRules, [
  {
    rule: "ElastiCache.1",
    passes: [
      { snapshotRetentionLimit: 1 },
      node({ engine: "redis", snapshotRetentionLimit: 7 }),
      node({ engine: "memcached" }),
      member,
    ],
    fails: [
      { given: {}, at: ["snapshotRetentionLimit"] },
      { given: { snapshotRetentionLimit: 0 }, at: ["snapshotRetentionLimit"] },
      { given: { replicationGroupId: "sessions" }, at: ["snapshotRetentionLimit"] },
      { given: node({ engine: "redis" }), at: ["snapshotRetentionLimit"] },
    ],
  },
  {
    rule: "ElastiCache.2",
    passes: [
      {},
      { autoMinorVersionUpgrade: true },
      node({ autoMinorVersionUpgrade: "true" }),
      node({ engine: "memcached", autoMinorVersionUpgrade: "false" }),
    ],
    fails: [
      { given: { autoMinorVersionUpgrade: false }, at: ["autoMinorVersionUpgrade"] },
      { given: node({ autoMinorVersionUpgrade: "false" }), at: ["autoMinorVersionUpgrade"] },
    ],
  },
  {
    rule: "ElastiCache.3",
    passes: [{ automaticFailoverEnabled: true }],
    fails: [
      { given: {}, at: ["automaticFailoverEnabled"] },
      { given: { automaticFailoverEnabled: false }, at: ["automaticFailoverEnabled"] },
    ],
  },
  {
    rule: "ElastiCache.4",
    passes: [
      { atRestEncryptionEnabled: true },
      { engine: "valkey" },
      { globalReplicationGroupId: "world" },
    ],
    fails: [
      { given: {}, at: ["atRestEncryptionEnabled"] },
      { given: { engine: "redis" }, at: ["atRestEncryptionEnabled"] },
      {
        given: { engine: "valkey", atRestEncryptionEnabled: false },
        at: ["atRestEncryptionEnabled"],
      },
    ],
  },
  {
    rule: "ElastiCache.5",
    passes: [
      { transitEncryptionEnabled: true },
      { transitEncryptionEnabled: true, transitEncryptionMode: "required" },
      { globalReplicationGroupId: "world" },
      node({ engine: "memcached", transitEncryptionEnabled: true }),
      member,
    ],
    fails: [
      { given: {}, at: ["transitEncryptionEnabled"] },
      { given: { engine: "valkey" }, at: ["transitEncryptionEnabled"] },
      {
        given: { transitEncryptionEnabled: true, transitEncryptionMode: "preferred" },
        at: ["transitEncryptionMode"],
      },
      { given: node({ engine: "redis" }), at: ["transitEncryptionEnabled"] },
    ],
  },
  {
    rule: "ElastiCache.6",
    passes: [
      { userGroupIds: ["payments"] },
      { userGroupIds: unknownValue },
      { authToken: "given" },
      { engineVersion: "5.0.6", authTokenWo: "given" },
      serverless({ engine: "valkey", userGroupId: "payments" }),
      serverless({ engine: "memcached" }),
    ],
    fails: [
      { given: { engineVersion: "7.1" }, at: ["userGroupIds"] },
      { given: { userGroupIds: [] }, at: ["userGroupIds"] },
      { given: { engineVersion: "5.0.6", userGroupIds: ["payments"] }, at: ["authToken"] },
      { given: serverless({ engine: "redis" }), at: ["userGroupId"] },
    ],
  },
  {
    rule: "ElastiCache.7",
    passes: [
      { subnetGroupName: "private" },
      { subnetGroupName: "default-but-ours" },
      { subnetGroupName: unknownValue },
      member,
    ],
    fails: [
      { given: {}, at: ["subnetGroupName"] },
      { given: { subnetGroupName: "default" }, at: ["subnetGroupName"] },
      { given: node({ engine: "memcached" }), at: ["subnetGroupName"] },
    ],
  },
]);
