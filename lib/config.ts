import { closest } from "fastest-levenshtein";
import * as z from "zod";
import { environmentSettings } from "./environments";
import { defaultApiDomain, maxSuffixLength, suffixPattern } from "./core/names";
import { subnetProblems, zoneCount } from "./components/vpc/subnets";
import { environmentTypes, logRetentionDays } from "./types";
import type { EnvironmentType, StackNames } from "./types";
import { counted } from "./core/counted";
import { isRecord } from "./core/is-record";
import { UserError } from "./core/user-error";

const days = (min: number, max: number) => z.int().min(min).max(max);
const count = z.int().min(1);
const shards = z.int().min(1).max(200);
const cidr = z.string().regex(/^\d+\.\d+\.\d+\.\d+\/\d+$/, "an IPv4 block such as 10.0.0.0/16");

/** Everything of an environment that `Pulumi.<stack>.yaml` may override, key by key. */
export const settingsSchema = z.strictObject({
  protection: z.strictObject({
    enabled: z
      .boolean()
      .describe("Guard what holds data against deletion; switch it off to destroy a prod stack."),
  }),
  logs: z.strictObject({
    retentionDays: z
      .literal(logRetentionDays)
      .describe("How long every log group keeps its events, in days."),
  }),
  tags: z
    .object({
      Project: z
        .string()
        .describe("What the stack is part of; also the tag by which costs are split."),
      Owner: z.string().describe("The team that answers for it."),
      CostCenter: z.string().describe("Who pays."),
      DataClassification: z.string().describe("How confidential its data is."),
    })
    .catchall(z.string())
    .describe("Tags on every taggable resource; further ones may be added."),
  network: z.strictObject({
    cidrBlock: cidr.describe("The VPC's addresses: /16 to /24."),
    privateSubnetCidrs: z
      .tuple([cidr, cidr, cidr])
      .nullable()
      .describe("One block a zone; null divides cidrBlock."),
    publicSubnetCidrs: z
      .tuple([cidr, cidr, cidr])
      .nullable()
      .describe("One block a zone; null divides cidrBlock."),
    natGateways: z
      .enum(["none", "single", "perAz"])
      .describe(
        "Ways from the private subnets to the internet; each costs about 33 USD a month, with its address 37.",
      ),
    interfaceEndpointZones: z
      .int()
      .min(1)
      .max(zoneCount)
      .describe("Zones with an interface endpoint; each costs about 7 USD a month and service."),
  }),
  database: z.strictObject({
    engineVersion: z
      .string()
      .regex(
        /^(15\.([5-9]|\d{2,})|1[6-9](\.\d+)?)$/,
        "PostgreSQL 15.5 or later, such as 16 or 16.4",
      )
      .describe("PostgreSQL version; a major version alone follows RDS's default minor."),
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
    backupRetentionDays: days(1, 35).describe("How long automated backups are kept, in days."),
    backupWindow: z
      .string()
      .regex(/^\d{2}:\d{2}-\d{2}:\d{2}$/, "hh:mm-hh:mm in UTC")
      .describe("Daily, UTC."),
    maintenanceWindow: z
      .string()
      .regex(/^[a-z]{3}:\d{2}:\d{2}-[a-z]{3}:\d{2}:\d{2}$/, "ddd:hh:mm-ddd:hh:mm in UTC")
      .describe("Weekly, UTC."),
    performanceInsights: z.boolean().describe("Query statistics; small classes do not offer it."),
    migrateOnDeploy: z
      .boolean()
      .describe("Run the schema migrations while the stack is deployed, after the database is up."),
  }),
  table: z.strictObject({
    statusShards: shards.describe(
      "Keys of StatusIndex that new payments of a status are spread over; one takes about 500 payments a second.",
    ),
    statusShardsRead: shards.describe(
      "Keys of StatusIndex that lists read: at least statusShards, raised before it and lowered after it.",
    ),
  }),
  ledger: z.strictObject({
    parallelizationFactor: z
      .int()
      .min(1)
      .max(10)
      .describe("Batches of changes that are taken at once from each of the table's shards."),
    changesPerDocument: z
      .int()
      .min(1)
      .max(100)
      .describe(
        "Changes that share an audit document at most; 1 gives each its own, more costs less at high rates.",
      ),
  }),
  functions: z.strictObject({
    runtime: z.enum(["nodejs20.x", "nodejs22.x", "nodejs24.x"]).describe("Lambda runtime."),
    memoryMiB: z.int().min(128).max(10240).describe("Memory of a function, in MiB."),
    timeoutSeconds: z
      .int()
      .min(1)
      .max(900)
      .describe("Longest run of a function, in seconds; the gateway waits for at most 29."),
    reservedConcurrency: z
      .int()
      .min(0)
      .nullable()
      .describe("Concurrent runs kept for the payment function; null reserves none."),
    accountsConcurrency: z
      .int()
      .min(1)
      .nullable()
      .describe(
        "Concurrent runs of the accounts function at most, which waits for the database and may take none from payments; null: as many as the account has.",
      ),
    logLevel: z.enum(["DEBUG", "INFO", "WARN", "ERROR"]).describe("Least severe event logged."),
  }),
  api: z.strictObject({
    authorization: z
      .enum(["AWS_IAM", "NONE"])
      .describe("AWS_IAM: callers sign their requests (SigV4). NONE: anyone may call."),
    customDomain: z
      .string()
      .regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/, "a domain name")
      .nullable()
      .describe("The API's own domain; null for none."),
    certificateArn: z
      .string()
      .regex(/^arn:aws[a-z-]*:acm:/, "the ARN of an ACM certificate")
      .nullable()
      .describe(
        "Certificate for customDomain in the stack's region; null imports a self-signed one.",
      ),
    allowedOrigins: z
      .array(
        z.string().regex(/^(\*|https?:\/\/[^/\s']+)$/, "an origin such as https://example.com"),
      )
      .min(1)
      .describe("Origins that browsers may call from (CORS)."),
    throttle: z.strictObject({
      ratePerSecond: count.max(10000).describe("Steady requests a second over all callers."),
      burst: count.max(5000).describe("Requests that may exceed the rate at once."),
    }),
    accountLogging: z
      .enum(["managed", "external"])
      .describe(
        "managed: the stack sets the region's API Gateway logging role and leaves it behind when destroyed; external: someone else has set it.",
      ),
  }),
  waf: z.strictObject({
    enabled: z.boolean().describe("A web ACL before the API."),
    rateLimit: z
      .int()
      .min(10)
      .max(2_000_000_000)
      .describe("Requests that one address may send in five minutes."),
  }),
  audit: z.strictObject({
    glacierAfterDays: days(1, 3650).describe(
      "Audit documents move to GLACIER, to DEEP_ARCHIVE 90 days later.",
    ),
    noncurrentGlacierAfterDays: days(1, 3650).describe("Replaced versions move to GLACIER."),
    noncurrentExpireAfterDays: days(2, 3650).describe("Replaced versions are deleted."),
    abortIncompleteUploadAfterDays: days(1, 365).describe("Unfinished uploads are deleted."),
    objectLockDays: days(1, 36500)
      .nullable()
      .describe(
        "Documents cannot be deleted for so long (governance mode); null for no lock. Fixed at creation.",
      ),
  }),
  reconciliation: z.strictObject({
    everyMinutes: z
      .int()
      .min(2)
      .max(1440)
      .describe("How often what changed in table and ledger is compared, in minutes."),
    sweepDays: days(1, 365).describe(
      "In how many days everything is compared once, changed or not.",
    ),
  }),
  alarms: z.strictObject({
    databaseCpuPercent: z.int().min(1).max(100).describe("RDS CPU, average over 5 minutes."),
    databaseFreeStorageGiB: count.describe("RDS free storage below this."),
    databaseConnections: count.describe("Open connections above this."),
    lambdaErrors: count.describe(
      "Errors of the payment or the ledger function in 5 minutes; of the others, which run seldom, any is told.",
    ),
    lambdaThrottles: count.describe(
      "Throttled runs of the payment or the ledger function in 5 minutes; of the others any is told.",
    ),
    api5xxErrors: count.describe("5XX answers of the API in 5 minutes."),
    apiLatencyP99Ms: count.describe("99th percentile of the API's latency, in milliseconds."),
    streamAgeSeconds: count.describe("Age of the oldest change that the ledger has not taken."),
    sweepLagHours: count.describe("Hours that the comparison of everything is behind its plan."),
    emailAddresses: z.array(z.email()).describe("Who is told of an alarm by e-mail."),
    runbookUrl: z
      .string()
      .regex(
        /^https?:\/\/[^\s#()]{1,700}$/,
        "an address without #, such as https://github.com/ORG/REPO/blob/main/docs/runbook.md",
      )
      .nullable()
      .describe(
        "Where docs/runbook.md is published, for the links in the alarms' descriptions; null for its place in the repository.",
      ),
  }),
});

/** An environment's settings, as the schema describes them key by key. */
export type EnvironmentSettings = z.infer<typeof settingsSchema>;

/** The settings that do not follow from a stack's names. */
export type SettingsDefaults = Omit<EnvironmentSettings, "api"> & {
  api: Omit<EnvironmentSettings["api"], "customDomain">;
};

/** The typed configuration of one stack: its environment, its suffix and every setting. */
export interface EnvironmentConfig extends StackNames, EnvironmentSettings {}

/** Some of the settings, down to the single key; what is absent keeps the environment's value. */
export type SettingsOverrides = {
  readonly [Section in keyof EnvironmentSettings]?: Partial<EnvironmentSettings[Section]>;
};

/** One thing wrong with a configuration. */
export interface ConfigurationProblem {
  /** The key as one writes it in the stack's file, without the namespace: `database.instanceClass`. */
  readonly key: string;
  /** What was found and what is allowed. */
  readonly message: string;
}

/** A configuration that cannot be deployed; it lists everything that is wrong with it. */
export class ConfigurationError extends UserError {
  override readonly name = "ConfigurationError";

  constructor(readonly problems: readonly ConfigurationProblem[]) {
    const list = problems.map(({ key, message }) => `  ${key}: ${message}`).join("\n");
    super(
      `The configuration has ${counted(problems.length, "problem")}; nothing was deployed.\n${list}`,
    );
  }
}

/**
 * The configuration of an environment.
 *
 * @param environment - What the stack is shaped like.
 * @param options - The suffix of physical names (by default the environment) and settings that differ.
 * @throws {@link ConfigurationError} listing every key with a value that is not allowed.
 *
 * @example
 * ```ts
 * import { getEnvironmentConfig } from "payment-stack";
 *
 * const config = getEnvironmentConfig("staging", {
 *   environmentSuffix: "eu",
 *   overrides: { database: { instanceClass: "db.t4g.large" }, logs: { retentionDays: 60 } },
 * });
 * export const natGateways = config.network.natGateways;
 * ```
 */
export function getEnvironmentConfig(
  environment: EnvironmentType,
  options: { environmentSuffix?: string; overrides?: SettingsOverrides } = {},
): EnvironmentConfig {
  const { config, problems } = parseEnvironmentConfig(
    environment,
    options.environmentSuffix ?? environment,
    options.overrides ?? {},
  );
  if (config === undefined) throw new ConfigurationError(problems);
  return config;
}

/** As {@link getEnvironmentConfig}, but of values that may be anything, and returning the problems. */
export function parseEnvironmentConfig(
  environment: unknown,
  environmentSuffix: string,
  overrides: Readonly<Record<string, unknown>>,
): { config?: EnvironmentConfig; problems: ConfigurationProblem[] } {
  const problems = suffixProblems(environmentSuffix);
  if (!isEnvironment(environment)) {
    const message = `found ${found(environment)}; allowed: ${environmentTypes.join(", ")}`;
    return { problems: [{ key: "environment", message }, ...problems] };
  }
  // a suffix that is refused is told once, not again for each name made of it
  const suffix = problems.length > 0 ? environment : environmentSuffix;
  const scope: StackNames = { environment, environmentSuffix: suffix };
  const defaults = environmentSettings[environment];
  const settings = merge(
    { ...defaults, api: { ...defaults.api, customDomain: defaultApiDomain(scope) } },
    overrides,
  );
  const parsed = settingsSchema.safeParse(settings, { reportInput: true });
  if (!parsed.success) {
    return { problems: [...problems, ...parsed.error.issues.flatMap(explain)] };
  }
  problems.push(...relationProblems(parsed.data));
  return problems.length > 0 ? { problems } : { config: { ...scope, ...parsed.data }, problems };
}

function isEnvironment(value: unknown): value is EnvironmentType {
  return environmentTypes.some((environment) => environment === value);
}

function suffixProblems(suffix: string): ConfigurationProblem[] {
  const key = "environmentSuffix";
  if (suffix.length > maxSuffixLength) {
    const message =
      `found ${found(suffix)} with ${String(suffix.length)} characters; allowed: at most ` +
      `${String(maxSuffixLength)}, or names of roles (64), buckets (63) and databases (63) get too long`;
    return [{ key, message }];
  }
  if (!suffixPattern.test(suffix)) {
    const message = `found ${found(suffix)}; allowed: lower-case letters, digits and single hyphens, a letter first`;
    return [{ key, message: `${message} (by default it is the stack's name)` }];
  }
  return [];
}

/** What no single key can tell: rules between settings, each from the AWS service named. */
function relationProblems(settings: EnvironmentSettings): ConfigurationProblem[] {
  const { audit, database, network, table } = settings;
  const problems = subnetProblems(network).map(({ key, message }) => ({
    key: `network.${key}`,
    message,
  }));
  const check = (ok: boolean, key: string, value: number, allowed: string) => {
    if (!ok) problems.push({ key, message: `found ${String(value)}; allowed: ${allowed}` });
  };
  check(
    audit.noncurrentExpireAfterDays > audit.noncurrentGlacierAfterDays,
    "audit.noncurrentExpireAfterDays",
    audit.noncurrentExpireAfterDays,
    `more than audit.noncurrentGlacierAfterDays (${String(audit.noncurrentGlacierAfterDays)}); S3 refuses the rule otherwise`,
  );
  check(
    database.maxAllocatedStorageGiB >= database.allocatedStorageGiB * 1.1,
    "database.maxAllocatedStorageGiB",
    database.maxAllocatedStorageGiB,
    `at least 10 % above database.allocatedStorageGiB (${String(database.allocatedStorageGiB)}), as RDS demands`,
  );
  check(
    table.statusShardsRead >= table.statusShards,
    "table.statusShardsRead",
    table.statusShardsRead,
    `at least table.statusShards (${String(table.statusShards)}), or lists would miss payments`,
  );
  return problems;
}

/** The overrides laid over the defaults; lists and scalars are replaced, maps are merged. */
function merge(
  defaults: Readonly<Record<string, unknown>>,
  overrides: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...defaults };
  for (const [key, value] of Object.entries(overrides)) {
    const before = merged[key];
    merged[key] = isRecord(before) && isRecord(value) ? merge(before, value) : value;
  }
  return merged;
}

/** zod's issue as one or, for unknown keys, several problems that name the key, the value and what is allowed. */
function explain(issue: z.core.$ZodIssue): ConfigurationProblem[] {
  if (issue.code === "unrecognized_keys") {
    const known = Object.keys({ ...issue.input }).filter((name) => !issue.keys.includes(name));
    return issue.keys.map((name) => ({
      key: [...issue.path, name].join("."),
      message: `unknown key; did you mean ${closest(name, known)}? Allowed: ${known.join(", ")}`,
    }));
  }
  const expected = /expected (.*?)(?:, received .*)?$/.exec(issue.message)?.[1] ?? issue.message;
  const message = `found ${found(issue.input)}; allowed: ${expected}`;
  return [{ key: issue.path.join("."), message }];
}

function found(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}
