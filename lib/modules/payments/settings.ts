import * as z from "zod";
import type { PartSettings } from "../../foundation/part";
import type { FoundationSettings } from "../../foundation/settings";
import { problemUnless } from "../../core/configuration";
import { creatableVersions, isCreatable } from "../../catalogue/postgres-versions";
import { defaultDomain } from "../../core/names";
import type { EnvironmentType } from "../../types";
import { apiSettings, domainProblems, webAclSettings } from "../api-settings";

const days = (min: number, max: number) => z.int().min(min).max(max);
const count = z.int().min(1);
const shards = z.int().min(1).max(200);

const schema = z.object({
  database: z.object({
    engineVersion: z
      // `pulumi config set --path` writes 18 as a number
      .preprocess((value) => (Number.isInteger(value) ? String(value) : value), z.string())
      .refine(
        isCreatable,
        `a PostgreSQL with which RDS creates instances: ${creatableVersions}; best the major version alone, such as 17`,
      )
      .describe(
        "PostgreSQL version: a major version such as `17`, whose minor versions RDS chooses and patches; a minor one stays as it is until RDS withdraws it.",
      ),
    instanceClass: z
      .string()
      .regex(/^db\.[a-z0-9]+\.[a-z0-9]+$/, "an RDS instance class such as db.t4g.micro")
      .describe("RDS instance class."),
    allocatedStorageGiB: z.int().min(20).max(65536).describe("Initial gp3 storage, in GiB."),
    maxAllocatedStorageGiB: z
      .int()
      .min(22)
      .max(65536)
      .describe("Where storage stops growing by itself, in GiB; at least 10 % above the initial."),
    multiAz: z.boolean().describe("A standby in a second zone."),
    backupRetentionDays: days(1, 35).describe("Retention of automated backups, in days."),
    backupWindow: z
      .string()
      .regex(/^\d{2}:\d{2}-\d{2}:\d{2}$/, "hh:mm-hh:mm in UTC")
      .describe("Daily, UTC."),
    maintenanceWindow: z
      .string()
      .regex(/^[a-z]{3}:\d{2}:\d{2}-[a-z]{3}:\d{2}:\d{2}$/, "ddd:hh:mm-ddd:hh:mm in UTC")
      .describe("Weekly, UTC."),
    performanceInsights: z.boolean().describe("Query statistics; small classes do not offer it."),
    applyChanges: z
      .enum(["now", "window"])
      .describe(
        "When changes that interrupt the database happen: at once, or in its maintenance window. A new major version needs now (docs/operations.md).",
      ),
    extendedSupport: z
      .boolean()
      .describe(
        "When RDS ends standard support of the major version: true goes on with it at 0.10 USD an hour and vCPU, false lets RDS upgrade it. Fixed at creation.",
      ),
    migrateOnDeploy: z
      .boolean()
      .describe("Run the schema migrations while the stack is deployed, after the database is up."),
  }),
  table: z.object({
    statusShards: shards.describe(
      "Keys of StatusIndex that new payments of a status are spread over; one takes about 500 payments a second.",
    ),
    statusShardsRead: shards.describe(
      "Keys of StatusIndex that lists read: at least statusShards, raised before it and lowered after it.",
    ),
  }),
  ledger: z.object({
    parallelizationFactor: z
      .int()
      .min(1)
      .max(10)
      .describe("Concurrent batches of changes from each shard of the table's stream."),
    changesPerDocument: z
      .int()
      .min(1)
      .max(100)
      .describe(
        "Changes that share an audit document at most; 1 gives each its own, more costs less at high rates.",
      ),
  }),
  functions: z.object({
    reservedConcurrency: z
      .int()
      .min(0)
      .nullable()
      .describe(
        "Concurrent executions reserved for the payment function; null reserves none, as a new account can reserve none.",
      ),
    accountsConcurrency: z
      .int()
      .min(1)
      .nullable()
      .describe(
        "Most concurrent executions of the accounts function, which waits for the database and must not take those of payments; null: as many as the account has.",
      ),
  }),
  api: z.object({
    authorization: z
      .enum(["AWS_IAM", "NONE"])
      .describe("AWS_IAM: callers sign their requests (SigV4). NONE: anyone may call."),
    endpoint: z
      .enum(["regional", "private"])
      .describe(
        "regional: at API Gateway's public address. private: only from within the network, by an interface endpoint, which costs about 7 USD a month and zone.",
      ),
    ...apiSettings,
    accountLogging: z
      .enum(["managed", "external"])
      .describe(
        "managed: the stack sets the region's API Gateway logging role and retains it when destroyed; external: someone else has set it.",
      ),
  }),
  waf: z.object(webAclSettings),
  audit: z.object({
    glacierAfterDays: days(1, 3650).describe(
      "Audit documents move to GLACIER, to DEEP_ARCHIVE 90 days later.",
    ),
    noncurrentGlacierAfterDays: days(1, 3650).describe("Replaced versions move to GLACIER."),
    noncurrentExpireAfterDays: days(2, 3650).describe("Replaced versions are deleted."),
    abortIncompleteUploadAfterDays: days(1, 365).describe("Unfinished uploads are deleted."),
    objectLockDays: days(1, 36500)
      .nullable()
      .describe(
        "Documents cannot be deleted for so long; null for no lock. Whether there is one is fixed at creation.",
      ),
    objectLockMode: z
      .enum(["governance", "compliance"])
      .describe(
        "governance: an administrator can lift the lock in two steps, which CloudTrail records; compliance: nobody can, the account's root neither, and it cannot be undone.",
      ),
  }),
  reconciliation: z.object({
    everyMinutes: z
      .int()
      .min(2)
      .max(1440)
      .describe("How often what changed in table and ledger is compared, in minutes."),
    sweepDays: days(1, 365).describe(
      "In how many days everything is compared once, changed or not.",
    ),
  }),
  alarms: z.object({
    databaseCpuPercent: z.int().min(1).max(100).describe("RDS CPU, average over 5 minutes."),
    databaseFreeStorageGiB: count.describe("RDS free storage below this."),
    databaseConnections: count.describe("Open connections above this."),
    streamAgeSeconds: count.describe(
      "Age of the oldest change that the ledger has not processed, in seconds.",
    ),
    sweepLagHours: count.describe("Hours that the comparison of everything is behind its plan."),
  }),
});

/** The settings of the payments module. */
export type PaymentsSettings = z.infer<typeof schema>;

type Values = Omit<PaymentsSettings, "api"> & {
  readonly api: Omit<PaymentsSettings["api"], "customDomain">;
};

/** What is the same everywhere. */
const shared = {
  database: {
    engineVersion: "17",
    allocatedStorageGiB: 20,
    maxAllocatedStorageGiB: 100,
    backupWindow: "03:00-04:00",
    maintenanceWindow: "sun:04:00-sun:05:00",
    migrateOnDeploy: true,
  },
  table: { statusShards: 1, statusShardsRead: 1 },
  ledger: { parallelizationFactor: 1, changesPerDocument: 1 },
  api: {
    authorization: "AWS_IAM",
    endpoint: "regional",
    certificateArn: null,
    hostedZoneId: null,
    accountLogging: "managed",
  },
  waf: {
    rateLimit: 2000,
    signedRequests: "count",
  },
  audit: {
    noncurrentGlacierAfterDays: 30,
    noncurrentExpireAfterDays: 90,
    abortIncompleteUploadAfterDays: 7,
    objectLockMode: "governance",
  },
  reconciliation: {
    everyMinutes: 60,
    sweepDays: 7,
  },
  alarms: {
    databaseCpuPercent: 80,
    databaseFreeStorageGiB: 4,
    streamAgeSeconds: 300,
    sweepLagHours: 24,
  },
} as const;

const values: Readonly<Record<EnvironmentType, Values>> = {
  dev: {
    ...shared,
    database: {
      ...shared.database,
      instanceClass: "db.t4g.micro",
      multiAz: false,
      backupRetentionDays: 3,
      performanceInsights: false,
      applyChanges: "now",
      extendedSupport: false,
    },
    functions: { reservedConcurrency: null, accountsConcurrency: null },
    api: {
      ...shared.api,
      allowedOrigins: ["http://localhost:3000"],
      throttle: { ratePerSecond: 50, burst: 100 },
    },
    waf: { ...shared.waf, enabled: false },
    audit: { ...shared.audit, glacierAfterDays: 30, objectLockDays: null },
    alarms: { ...shared.alarms, databaseConnections: 60 },
  },
  staging: {
    ...shared,
    database: {
      ...shared.database,
      instanceClass: "db.t4g.medium",
      multiAz: false,
      backupRetentionDays: 3,
      performanceInsights: true,
      applyChanges: "now",
      extendedSupport: false,
    },
    functions: { reservedConcurrency: 50, accountsConcurrency: 10 },
    api: {
      ...shared.api,
      allowedOrigins: ["https://staging.payments.internal"],
      throttle: { ratePerSecond: 500, burst: 1000 },
    },
    waf: { ...shared.waf, enabled: false },
    audit: { ...shared.audit, glacierAfterDays: 60, objectLockDays: null },
    alarms: { ...shared.alarms, databaseConnections: 300 },
  },
  prod: {
    ...shared,
    database: {
      ...shared.database,
      instanceClass: "db.m6g.large",
      multiAz: true,
      backupRetentionDays: 7,
      performanceInsights: true,
      applyChanges: "window",
      extendedSupport: true,
    },
    functions: { reservedConcurrency: 200, accountsConcurrency: 40 },
    api: {
      ...shared.api,
      allowedOrigins: ["https://payments.internal"],
      throttle: { ratePerSecond: 2000, burst: 4000 },
    },
    waf: { ...shared.waf, enabled: true },
    audit: { ...shared.audit, glacierAfterDays: 90, objectLockDays: 365 },
    alarms: { ...shared.alarms, databaseConnections: 700 },
  },
};

/** The payments module's part of the configuration. */
export const paymentsSettings: PartSettings<
  PaymentsSettings,
  PaymentsSettings & FoundationSettings
> = {
  schema,
  values: (names) => {
    const { api, ...others } = values[names.environment];
    return { ...others, api: { ...api, customDomain: defaultDomain(names, "api") } };
  },
  problems: ({ api, audit, database, protection, table, waf }) => [
    ...domainProblems("api", api),
    ...problemUnless(
      audit.objectLockDays === null || protection.retainData,
      "audit.objectLockDays",
      audit.objectLockDays,
      "null where protection.retainData is false: locked documents stay, and nobody could read them without their key",
    ),
    ...problemUnless(
      !waf.enabled || waf.signedRequests === "block" || api.authorization === "AWS_IAM",
      "waf.signedRequests",
      waf.signedRequests,
      "block where api.authorization is NONE: nobody checks a signature then, so that anybody passes for signed",
    ),
    ...problemUnless(
      audit.noncurrentExpireAfterDays > audit.noncurrentGlacierAfterDays,
      "audit.noncurrentExpireAfterDays",
      audit.noncurrentExpireAfterDays,
      `more than audit.noncurrentGlacierAfterDays (${String(audit.noncurrentGlacierAfterDays)}); S3 refuses the rule otherwise`,
    ),
    ...problemUnless(
      database.maxAllocatedStorageGiB >= database.allocatedStorageGiB * 1.1,
      "database.maxAllocatedStorageGiB",
      database.maxAllocatedStorageGiB,
      `at least 10 % above database.allocatedStorageGiB (${String(database.allocatedStorageGiB)}), as RDS demands`,
    ),
    ...problemUnless(
      table.statusShardsRead >= table.statusShards,
      "table.statusShardsRead",
      table.statusShardsRead,
      `at least table.statusShards (${String(table.statusShards)}), or lists would miss payments`,
    ),
  ],
};
