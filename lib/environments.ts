import type { SettingsDefaults } from "./config";
import type { EnvironmentType } from "./types";

/** The settings that are the same everywhere. */
const shared = {
  tags: {
    Project: "payments",
    Owner: "payments-team",
    CostCenter: "payments",
    DataClassification: "confidential",
  },
  network: {
    cidrBlock: "10.0.0.0/16",
    privateSubnetCidrs: null,
    publicSubnetCidrs: null,
  },
  database: {
    engineVersion: "16",
    allocatedStorageGiB: 20,
    maxAllocatedStorageGiB: 100,
    backupWindow: "03:00-04:00",
    maintenanceWindow: "sun:04:00-sun:05:00",
    migrateOnDeploy: true,
  },
  table: { statusShards: 1, statusShardsRead: 1 },
  ledger: { parallelizationFactor: 1, changesPerDocument: 1 },
  functions: {
    runtime: "nodejs22.x",
    memoryMiB: 512,
    timeoutSeconds: 30,
  },
  api: {
    authorization: "AWS_IAM",
    certificateArn: null,
    accountLogging: "managed",
  },
  waf: {
    rateLimit: 2000,
  },
  audit: {
    noncurrentGlacierAfterDays: 30,
    noncurrentExpireAfterDays: 90,
    abortIncompleteUploadAfterDays: 7,
  },
  reconciliation: {
    everyMinutes: 60,
    sweepDays: 7,
  },
  alarms: {
    databaseCpuPercent: 80,
    databaseFreeStorageGiB: 4,
    lambdaErrors: 10,
    lambdaThrottles: 5,
    api5xxErrors: 10,
    apiLatencyP99Ms: 3000,
    streamAgeSeconds: 300,
    sweepLagHours: 24,
    runbookUrl: null,
  },
} as const;

/**
 * Everything that differs between the environments, in one place; the graph of resources is
 * the same but for what `tests/unit/parity.test.ts` declares.
 */
export const environmentSettings: Readonly<Record<EnvironmentType, SettingsDefaults>> = {
  dev: {
    ...shared,
    protection: { enabled: false },
    logs: { retentionDays: 7 },
    network: { ...shared.network, natGateways: "none", interfaceEndpointZones: 1 },
    database: {
      ...shared.database,
      instanceClass: "db.t4g.micro",
      multiAz: false,
      backupRetentionDays: 3,
      performanceInsights: false,
    },
    functions: {
      ...shared.functions,
      reservedConcurrency: 5,
      accountsConcurrency: null,
      logLevel: "DEBUG",
    },
    api: {
      ...shared.api,
      allowedOrigins: ["http://localhost:3000"],
      throttle: { ratePerSecond: 50, burst: 100 },
    },
    waf: { ...shared.waf, enabled: false },
    audit: { ...shared.audit, glacierAfterDays: 30, objectLockDays: null },
    alarms: { ...shared.alarms, databaseConnections: 60, emailAddresses: [] },
  },
  staging: {
    ...shared,
    protection: { enabled: false },
    logs: { retentionDays: 30 },
    network: { ...shared.network, natGateways: "single", interfaceEndpointZones: 1 },
    database: {
      ...shared.database,
      instanceClass: "db.t4g.medium",
      multiAz: false,
      backupRetentionDays: 3,
      performanceInsights: true,
    },
    functions: {
      ...shared.functions,
      reservedConcurrency: 50,
      accountsConcurrency: 10,
      logLevel: "INFO",
    },
    api: {
      ...shared.api,
      allowedOrigins: ["https://staging.payments.internal"],
      throttle: { ratePerSecond: 500, burst: 1000 },
    },
    waf: { ...shared.waf, enabled: false },
    audit: { ...shared.audit, glacierAfterDays: 60, objectLockDays: null },
    alarms: { ...shared.alarms, databaseConnections: 300, emailAddresses: [] },
  },
  prod: {
    ...shared,
    protection: { enabled: true },
    logs: { retentionDays: 90 },
    network: { ...shared.network, natGateways: "perAz", interfaceEndpointZones: 3 },
    database: {
      ...shared.database,
      instanceClass: "db.m6g.large",
      multiAz: true,
      backupRetentionDays: 7,
      performanceInsights: true,
    },
    functions: {
      ...shared.functions,
      reservedConcurrency: 200,
      accountsConcurrency: 40,
      logLevel: "INFO",
    },
    api: {
      ...shared.api,
      allowedOrigins: ["https://payments.internal"],
      throttle: { ratePerSecond: 2000, burst: 4000 },
    },
    waf: { ...shared.waf, enabled: true },
    audit: { ...shared.audit, glacierAfterDays: 90, objectLockDays: 365 },
    alarms: { ...shared.alarms, databaseConnections: 700, emailAddresses: [] },
  },
};
