import type {
  ClusterArgs,
  ReplicationGroupArgs,
  ServerlessCacheArgs,
} from "@pulumi/aws/elasticache";
import { atLeast, byDefault, equals, matches, oneOf } from "../expectations";
import { resourceRule, violation } from "../rule";
import type { Rule, Subject } from "../rule";

const clusterType = "aws:elasticache/cluster:Cluster";
const groupType = "aws:elasticache/replicationGroup:ReplicationGroup";
const serverlessType = "aws:elasticache/serverlessCache:ServerlessCache";

type CacheArgs = ClusterArgs & ReplicationGroupArgs;

/** A node that was added to a replication group has the group's settings. */
const isMember = (cache: Subject<CacheArgs>) =>
  cache.resource.type === clusterType && cache.has("replicationGroupId");

/** A group of a global datastore has the encryption of the first one. */
const isSecondary = (group: Subject<CacheArgs>) => group.has("globalReplicationGroupId");

const isMemcached = (cache: Subject<{ engine: unknown }>) => cache.get("engine") === "memcached";

/** The rules for ElastiCache: Redis, Valkey and Memcached. */
export const elasticacheRules: readonly Rule[] = [
  resourceRule<CacheArgs>({
    id: "ElastiCache.1",
    title: "Redis and Valkey caches are backed up daily",
    severity: "high",
    concern: "availability",
    pci: [],
    remediation: "Set snapshotRetentionLimit to 1 day or more.",
    types: [groupType, clusterType],
    check: (cache) =>
      isMember(cache) || isMemcached(cache)
        ? []
        : cache.expect("snapshotRetentionLimit", atLeast(1)),
  }),
  resourceRule<CacheArgs>({
    id: "ElastiCache.2",
    title: "Redis and Valkey caches upgrade minor versions automatically",
    severity: "high",
    concern: "integrity",
    pci: ["6.3.3"],
    remediation: "Leave autoMinorVersionUpgrade out, or set it to true.",
    types: [groupType, clusterType],
    check: (cache) =>
      isMemcached(cache)
        ? []
        : cache.expect("autoMinorVersionUpgrade", byDefault(oneOf(true, "true"))),
  }),
  resourceRule<ReplicationGroupArgs>({
    id: "ElastiCache.3",
    title: "Replication groups fail over automatically",
    severity: "medium",
    concern: "availability",
    pci: [],
    remediation: "Set automaticFailoverEnabled: true, with a replica or more.",
    types: [groupType],
    check: (group) => group.expect("automaticFailoverEnabled", equals(true)),
  }),
  resourceRule<CacheArgs>({
    id: "ElastiCache.4",
    title: "Replication groups are encrypted at rest",
    severity: "medium",
    concern: "confidentiality",
    pci: ["3.5.1"],
    remediation: "Set atRestEncryptionEnabled: true; this replaces the group.",
    binding: true,
    types: [groupType],
    check: (group) => {
      if (isSecondary(group)) return [];
      const encrypted = equals(true);
      return group.expect(
        "atRestEncryptionEnabled",
        group.get("engine") === "valkey" ? byDefault(encrypted) : encrypted,
      );
    },
  }),
  resourceRule<CacheArgs>({
    id: "ElastiCache.5",
    title: "Caches accept connections over TLS only",
    severity: "medium",
    concern: "confidentiality",
    pci: ["4.2.1"],
    remediation:
      "Set transitEncryptionEnabled: true, without transitEncryptionMode preferred; a single Redis node cannot, a ReplicationGroup can.",
    binding: true,
    types: [groupType, clusterType],
    check: (cache) =>
      isMember(cache) || isSecondary(cache)
        ? []
        : [
            ...cache.expect("transitEncryptionEnabled", equals(true)),
            ...cache.expect("transitEncryptionMode", byDefault(equals("required"))),
          ],
  }),
  resourceRule<ReplicationGroupArgs & ServerlessCacheArgs>({
    id: "ElastiCache.6",
    title: "Redis and Valkey caches require authentication",
    severity: "medium",
    concern: "confidentiality",
    pci: ["8.3.1"],
    remediation:
      "Set userGroupIds (userGroupId, if serverless) to a group of users, or authToken before Redis 6.",
    types: [groupType, serverlessType],
    check: (cache) => {
      if (cache.resource.type === serverlessType) {
        return isMemcached(cache) ? [] : cache.expectPresent("userGroupId");
      }
      // users came with Redis 6; AWS leaves what is newer to them, and without them anyone is let in
      const isOld = /^[1-5]\./.test(String(cache.get("engineVersion")));
      const authenticates =
        cache.has("authToken") || cache.has("authTokenWo") || (!isOld && cache.has("userGroupIds"));
      return authenticates
        ? []
        : [
            violation(
              "found neither users nor a token, expected one of them",
              isOld ? "authToken" : "userGroupIds",
            ),
          ];
    },
  }),
  resourceRule<CacheArgs>({
    id: "ElastiCache.7",
    title: "Caches have a subnet group of their own",
    severity: "high",
    concern: "confidentiality",
    pci: ["1.3.1", "1.4.4"],
    remediation: "Set subnetGroupName to a SubnetGroup of private subnets.",
    types: [groupType, clusterType],
    check: (cache) =>
      isMember(cache)
        ? []
        : cache.expectPresent(
            "subnetGroupName",
            matches(/^(?!default$)./, "a subnet group of its own"),
          ),
  }),
];
