import { getEnvironmentConfig, parseEnvironmentConfig } from "../../lib/config";
import { ConfigurationError } from "../../lib/core/configuration";
import { environmentTypes } from "../../lib/types";
import type { EnvironmentType } from "../../lib/types";
import { demanded } from "./demanded";

/** An environment's own configuration, with what it demands of its stack. */
const configOf = (environment: EnvironmentType, environmentSuffix: string = environment) =>
  getEnvironmentConfig(environment, { environmentSuffix, overrides: demanded(environment) });

/** The problems of a dev configuration with these overrides, as `key: message`. */
const problemsOf = (
  overrides: Record<string, unknown>,
  environment: unknown = "dev",
  suffix = "dev",
) =>
  parseEnvironmentConfig(environment, suffix, overrides).problems.map(
    ({ key, message }) => `${key}: ${message}`,
  );

describe("the configuration of an environment", () => {
  it.each(environmentTypes)("of %s has no problems", (environment) => {
    expect(problemsOf(demanded(environment), environment)).toEqual([]);
  });

  it.each([
    ["says so itself", "none"],
    ["names one", ["on-call@example.com"]],
  ])("of prod demands a recipient of its alarms, unless it %s", (_, emailAddresses) => {
    const reason =
      /^alarms.emailAddresses: found \[\]; allowed: in prod at least one address, .*"none" where others/;

    expect(problemsOf({}, "prod")).toEqual([expect.stringMatching(reason)]);
    expect(problemsOf({ alarms: { emailAddresses: [] } }, "prod")).toHaveLength(1);
    expect(problemsOf({ alarms: { emailAddresses } }, "prod")).toEqual([]);
  });

  it.each(["dev", "staging"])("of %s may leave its alarms to who looks at them", (environment) => {
    expect(problemsOf({ alarms: { emailAddresses: [] } }, environment)).toEqual([]);
  });

  it("of prod is refused once for a recipient that is none", () => {
    expect(problemsOf({ alarms: { emailAddresses: ["on-call"] } }, "prod")).toEqual([
      'alarms.emailAddresses.0: found "on-call"; allowed: an address such as on-call@example.com',
    ]);
    expect(problemsOf({ alarms: { emailAddresses: "on-call" } }, "prod")).toEqual([
      'alarms.emailAddresses: found "on-call"; allowed: a list of e-mail addresses, or "none"',
    ]);
  });

  it.each([
    ["dev", 7, 3, false, false, false, 30, null, "single", "db.t4g.micro"],
    ["staging", 30, 3, false, false, false, 60, 50, "single", "db.t4g.medium"],
    ["prod", 90, 7, true, true, true, 90, 200, "perAz", "db.m6g.large"],
  ] as const)(
    "of %s: logs %d d, backups %d d, Multi-AZ %s, WAF %s, protected %s, GLACIER after %d d, concurrency %s, NAT %s, %s",
    (environment, logs, backups, multiAz, waf, protect, glacier, concurrency, nat, instance) => {
      const config = configOf(environment);

      expect(config.logs.retentionDays).toBe(logs);
      expect(config.database.backupRetentionDays).toBe(backups);
      expect(config.database.multiAz).toBe(multiAz);
      expect(config.waf.enabled).toBe(waf);
      expect(config.protection.enabled).toBe(protect);
      expect(config.audit.glacierAfterDays).toBe(glacier);
      expect(config.functions.reservedConcurrency).toBe(concurrency);
      expect(config.network.natGateways).toBe(nat);
      expect(config.database.instanceClass).toBe(instance);
    },
  );

  it("names the API after environment and account, and after the suffix too for a further stack", () => {
    expect(configOf("prod").api.customDomain).toBe("api-prod-{account}.payments.internal");
    expect(getEnvironmentConfig("dev", { environmentSuffix: "pr-7" }).api.customDomain).toBe(
      "api-dev-pr-7-{account}.payments.internal",
    );
  });

  it("is overridden key by key, the rest of a section keeping the environment's values", () => {
    const config = getEnvironmentConfig("dev", {
      overrides: {
        database: { instanceClass: "db.t4g.small" },
        api: { customDomain: null, allowedOrigins: ["https://shop.example"] },
        tags: { Owner: "someone", Team: "checkout" },
      },
    });

    expect(config.database).toMatchObject({
      instanceClass: "db.t4g.small",
      backupRetentionDays: 3,
    });
    expect(config.api).toMatchObject({
      customDomain: null,
      allowedOrigins: ["https://shop.example"],
      authorization: "AWS_IAM",
    });
    expect(config.tags).toMatchObject({ Owner: "someone", Team: "checkout", Project: "payments" });
  });

  it("keeps protection with the environment, whatever the stack is called", () => {
    expect(configOf("prod", "blue").protection).toEqual({ enabled: true, retainData: true });
  });

  it("leaves data behind only where the environment or the stack says so, protected or not", () => {
    const overrides = { ...demanded("prod"), protection: { enabled: false } };

    expect(getEnvironmentConfig("prod", { overrides }).protection.retainData).toBe(true);
    expect(getEnvironmentConfig("staging").protection.retainData).toBe(false);
  });
});

describe("a configuration with problems", () => {
  it("is refused with all of them at once, each with its key, what was found and what is allowed", () => {
    expect(() =>
      getEnvironmentConfig("dev", {
        environmentSuffix: "Not_Allowed",
        overrides: { database: { multiAz: true, backupRetentionDays: 99 }, waf: { rateLimit: 1 } },
      }),
    ).toThrow(
      new ConfigurationError([
        {
          key: "environmentSuffix",
          message:
            'found "Not_Allowed"; allowed: lower-case letters, digits and single hyphens, a letter first (by default it is the stack\'s name)',
        },
        { key: "database.backupRetentionDays", message: "found 99; allowed: number to be <=35" },
        { key: "waf.rateLimit", message: "found 1; allowed: number to be >=10" },
      ]),
    );
  });

  it("is refused with a zone and no name for it", () => {
    expect(problemsOf({ api: { customDomain: null, hostedZoneId: "Z0123456789ABC" } })).toEqual([
      'api.hostedZoneId: found "Z0123456789ABC"; allowed: null where api.customDomain is null: there is no name to resolve',
    ]);
  });

  it("says how many problems there are, and that nothing was deployed", () => {
    const problem = { key: "a", message: "b" };

    expect(new ConfigurationError([problem]).message).toBe(
      "The configuration has 1 problem; nothing was deployed.\n  a: b",
    );
    expect(new ConfigurationError([problem, problem]).message).toContain("has 2 problems");
  });

  it.each([
    [
      "an unknown environment",
      "production",
      'environment: found "production"; allowed: dev, staging, prod',
    ],
    ["no environment", null, "environment: found null; allowed: dev, staging, prod"],
  ])("names %s", (_, environment, problem) => {
    expect(problemsOf({}, environment)).toEqual([problem]);
  });

  it.each([
    [
      "a misspelt section",
      { databse: {} },
      /^databse: unknown key; did you mean database\? Allowed: .*\bdatabase, /,
    ],
    [
      "a misspelt key",
      { network: { natGateway: "single" } },
      /^network.natGateway: unknown key; did you mean natGateways\? Allowed: cidrBlock, /,
    ],
    [
      "a wrong type",
      { functions: { memoryMiB: "512" } },
      /^functions.memoryMiB: found "512"; allowed: number$/,
    ],
    [
      "a missing value",
      { waf: { rateLimit: undefined } },
      /^waf.rateLimit: found nothing; allowed: number$/,
    ],
    ["a section that is no map", { logs: 7 }, /^logs: found 7; allowed: object$/],
    [
      "a retention that CloudWatch does not know",
      { logs: { retentionDays: 10 } },
      /^logs.retentionDays: found 10; allowed: one of 1\|3\|5\|7\|14\|30/,
    ],
    [
      "an old PostgreSQL",
      { database: { engineVersion: "14" } },
      /^database.engineVersion: found "14"; allowed: a PostgreSQL with which RDS creates instances: 15 \(from 15.15\), /,
    ],
    [
      "a minor version of PostgreSQL that RDS has withdrawn",
      { database: { engineVersion: "16.10" } },
      /^database.engineVersion: found "16.10"; allowed: .*16 \(from 16.11\).*; best the major version alone, such as 17$/,
    ],
    [
      "a runtime that AWS no longer patches, and since when",
      { functions: { runtime: "nodejs20.x" } },
      /^functions.runtime: found "nodejs20.x"; allowed: one of nodejs22.x\|nodejs24.x; AWS stopped patching nodejs20.x on 2026-04-30/,
    ],
    [
      "a runtime that is not Node's",
      { functions: { runtime: "python3.14" } },
      /^functions.runtime: found "python3.14"; allowed: one of nodejs22.x\|nodejs24.x$/,
    ],
    [
      "an element of a list",
      { api: { allowedOrigins: ["https://ok.example", "shop"] } },
      /^api.allowedOrigins.1: found "shop"; allowed: an origin such as/,
    ],
    [
      "a runbook's address with a part of it",
      { alarms: { runbookUrl: "https://example.com/runbook.md#top" } },
      /^alarms.runbookUrl: found "https:.*#top"; allowed: an address without #, such as https:/,
    ],
    [
      "noncurrent versions that expire before they move",
      { audit: { noncurrentGlacierAfterDays: 90 } },
      /^audit.noncurrentExpireAfterDays: found 90; allowed: more than audit.noncurrentGlacierAfterDays \(90\)/,
    ],
    [
      "documents that stay locked without the key that they need",
      { audit: { objectLockDays: 30 } },
      /^audit.objectLockDays: found 30; allowed: null where protection.retainData is false: locked documents stay/,
    ],
    [
      "storage that cannot grow",
      { database: { allocatedStorageGiB: 100 } },
      /^database.maxAllocatedStorageGiB: found 100; allowed: at least 10 % above database.allocatedStorageGiB \(100\)/,
    ],
    [
      "no shard of the status index",
      { table: { statusShards: 0 } },
      /^table.statusShards: found 0; allowed: number to be >=1$/,
    ],
    [
      "too many shards of the status index",
      { table: { statusShardsRead: 201 } },
      /^table.statusShardsRead: found 201; allowed: number to be <=200$/,
    ],
    [
      "shards that are written and not read",
      { table: { statusShards: 10 } },
      /^table.statusShardsRead: found 1; allowed: at least table.statusShards \(10\), or lists would miss payments$/,
    ],
    [
      "a comparison of everything within no time",
      { reconciliation: { sweepDays: 0 } },
      /^reconciliation.sweepDays: found 0; allowed: number to be >=1$/,
    ],
    [
      "more batches at once than Lambda takes",
      { ledger: { parallelizationFactor: 11 } },
      /^ledger.parallelizationFactor: found 11; allowed: number to be <=10$/,
    ],
    [
      "more changes in a document than a batch has",
      { ledger: { changesPerDocument: 101 } },
      /^ledger.changesPerDocument: found 101; allowed: number to be <=100$/,
    ],
    [
      "an accounts function that may not run",
      { functions: { accountsConcurrency: 0 } },
      /^functions.accountsConcurrency: found 0; allowed: number to be >=1$/,
    ],
    [
      "signed requests that go uncounted where nobody checks a signature",
      { waf: { enabled: true }, api: { authorization: "NONE" } },
      /^waf.signedRequests: found "count"; allowed: block where api.authorization is NONE/,
    ],
    [
      "a network that is too small",
      { network: { cidrBlock: "10.0.0.0/26" } },
      /^network.cidrBlock: found 10.0.0.0\/26, which is too small; allowed: an IPv4 block of \/16 to \/24/,
    ],
    [
      "blocks for other zones than there are",
      { network: { zones: 2, publicSubnetCidrs: ["10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24"] } },
      /^network.publicSubnetCidrs: found 3 blocks; allowed: 2, one for each of the zones, or null$/,
    ],
    [
      "endpoints in more zones than there are",
      { network: { zones: 2, interfaceEndpointZones: 3 } },
      /^network.interfaceEndpointZones: found 3; allowed: at most network.zones \(2\)$/,
    ],
    [
      "a zone by the name that an account has for it",
      { network: { excludeZoneIds: ["us-east-1a"] } },
      /^network.excludeZoneIds.0: found "us-east-1a"; allowed: the id of a zone, such as use1-az3$/,
    ],
  ])("names %s", (_, overrides, problem) => {
    expect(problemsOf(overrides)).toEqual([expect.stringMatching(problem)]);
  });

  it("takes a major version of PostgreSQL as a number, as the Pulumi CLI writes it", () => {
    const { config } = parseEnvironmentConfig("dev", "dev", { database: { engineVersion: 18 } });

    expect(config?.database.engineVersion).toBe("18");
  });

  it("names a suffix that would make names too long, with its length and the limit", () => {
    expect(problemsOf({}, "dev", "a-suffix-of-twenty-five-c")).toEqual([
      'environmentSuffix: found "a-suffix-of-twenty-five-c" with 25 characters; allowed: at most 24, or names of roles (64), buckets (63) and databases (63) get too long',
    ]);
  });
});
