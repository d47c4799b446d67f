import * as z from "zod";
import { subnetProblems } from "../components/vpc/address-plan";
import { mostZones } from "../components/vpc/zones";
import { problemUnless } from "../core/configuration";
import { runtimeEnds, supportedRuntimes } from "../catalogue/lambda-runtimes";
import type { PartSettings } from "./part";
import { logLevels, logRetentionDays } from "../types";
import type { EnvironmentType } from "../types";

const cidr = z.string().regex(/^\d+\.\d+\.\d+\.\d+\/\d+$/, "an IPv4 block such as 10.0.0.0/16");
const subnetCidrs = z.array(cidr).min(2).max(mostZones).nullable();
const zoneId = z.string().regex(/^[a-z]+\d+-az\d+$/, "the id of a zone, such as use1-az3");
const count = z.int().min(1);

const nodeRuntimes = supportedRuntimes.filter((runtime) => runtime.startsWith("nodejs"));

/** Why a runtime is no longer allowed. */
const endOf = (runtime: string) =>
  runtime in runtimeEnds && !supportedRuntimes.includes(runtime)
    ? `; AWS stopped patching ${runtime} on ${String(runtimeEnds[runtime])}, and refuses functions on it`
    : "";

const schema = z.object({
  protection: z.object({
    enabled: z
      .boolean()
      .describe("Guard what holds data against deletion; switch it off to destroy a prod stack."),
    retainData: z
      .boolean()
      .describe(
        "When the stack is destroyed, leave the database's final snapshot and backups, and the keys that they and locked documents need.",
      ),
  }),
  logs: z.object({
    retentionDays: z.literal(logRetentionDays).describe("Retention of every log group, in days."),
  }),
  tags: z
    .object({
      Project: z
        .string()
        .describe("What the stack is part of; also the tag by which costs are split."),
      Owner: z.string().describe("The team that owns it."),
      CostCenter: z.string().describe("Who pays."),
      DataClassification: z.string().describe("How confidential its data is."),
    })
    .catchall(z.string())
    .describe("Tags on every taggable resource; further ones may be added."),
  network: z.object({
    cidrBlock: cidr.describe("The VPC's addresses: /16 to /24."),
    zones: z
      .literal([2, 3])
      .describe("Availability zones that the network spreads over; some regions have two."),
    excludeZoneIds: z
      .array(zoneId)
      .describe(
        "Availability zones to stay out of, by id, which is the same in every account: `use1-az6`. Those that are known to lack what a stack needs are left out anyway.",
      ),
    privateSubnetCidrs: subnetCidrs.describe("One block a zone; null divides cidrBlock."),
    publicSubnetCidrs: subnetCidrs.describe("One block a zone; null divides cidrBlock."),
    natGateways: z
      .enum(["single", "perAz"])
      .describe(
        "Ways from the private subnets to the internet, where a module calls it; there are none otherwise. Each costs about 33 USD a month, with its address 37.",
      ),
    interfaceEndpointZones: z
      .int()
      .min(1)
      .max(mostZones)
      .describe(
        "Zones with an interface endpoint, at most those of the network; each costs about 7 USD a month and service.",
      ),
  }),
  functions: z.object({
    runtime: z
      .enum(nodeRuntimes, {
        error: ({ input }) => `one of ${nodeRuntimes.join("|")}${endOf(String(input))}`,
      })
      .describe("Lambda runtime; docs/operations.md says how long AWS patches each."),
    memoryMiB: z.int().min(128).max(10240).describe("Memory of a function, in MiB."),
    timeoutSeconds: z
      .int()
      .min(1)
      .max(900)
      .describe("Timeout of a function, in seconds; the gateway waits for at most 29."),
    logLevel: z
      .enum(logLevels)
      .describe(
        "Least severe event logged; the functions' metrics are events of level INFO, so there is none above it.",
      ),
  }),
  alarms: z.object({
    lambdaErrors: count.describe(
      "Errors of a function in 5 minutes above which its alarm fires; for infrequently invoked functions it fires on the first.",
    ),
    lambdaThrottles: count.describe(
      "Throttled invocations of a function in 5 minutes above which its alarm fires; for infrequently invoked functions it fires on the first.",
    ),
    api5xxErrors: count.describe("5XX responses of the API in 5 minutes."),
    apiLatencyP99Ms: count.describe("99th percentile of the API's latency, in milliseconds."),
    certificateDays: count
      .max(365)
      .describe("Days that the certificate of an API's domain has left below this."),
    emailAddresses: z
      .union([z.array(z.email("an address such as on-call@example.com")), z.literal("none")], {
        error: 'a list of e-mail addresses, or "none"',
      })
      .describe(
        'Who is notified of alarms by e-mail; `"none"` where others subscribe to the topic. Prod demands either.',
      ),
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

/** The settings that every module may use: protection, logs, tags, network, functions' sizes, alarms. */
export type FoundationSettings = z.infer<typeof schema>;

/** What is the same everywhere. */
const shared = {
  tags: {
    Project: "payments",
    Owner: "payments-team",
    CostCenter: "payments",
    DataClassification: "confidential",
  },
  network: {
    cidrBlock: "10.0.0.0/16",
    zones: 3,
    privateSubnetCidrs: null,
    publicSubnetCidrs: null,
  },
  functions: {
    runtime: "nodejs24.x",
    memoryMiB: 512,
    timeoutSeconds: 30,
  },
  alarms: {
    lambdaErrors: 10,
    lambdaThrottles: 5,
    api5xxErrors: 10,
    apiLatencyP99Ms: 3000,
    certificateDays: 30,
    runbookUrl: null,
  },
} as const;

const network = { ...shared.network, excludeZoneIds: [] };

const values: Readonly<Record<EnvironmentType, FoundationSettings>> = {
  dev: {
    protection: { enabled: false, retainData: false },
    logs: { retentionDays: 7 },
    tags: shared.tags,
    network: { ...network, natGateways: "single", interfaceEndpointZones: 1 },
    functions: { ...shared.functions, logLevel: "DEBUG" },
    alarms: { ...shared.alarms, emailAddresses: [] },
  },
  staging: {
    protection: { enabled: false, retainData: false },
    logs: { retentionDays: 30 },
    tags: shared.tags,
    network: { ...network, natGateways: "single", interfaceEndpointZones: 1 },
    functions: { ...shared.functions, logLevel: "INFO" },
    alarms: { ...shared.alarms, emailAddresses: [] },
  },
  prod: {
    protection: { enabled: true, retainData: true },
    logs: { retentionDays: 90 },
    tags: shared.tags,
    network: { ...network, natGateways: "perAz", interfaceEndpointZones: 3 },
    functions: { ...shared.functions, logLevel: "INFO" },
    alarms: { ...shared.alarms, emailAddresses: [] },
  },
};

/** The foundation's part of the configuration. */
export const foundationSettings: PartSettings<FoundationSettings> = {
  schema,
  values: ({ environment }) => values[environment],
  problems: (
    { alarms: { emailAddresses }, network: { interfaceEndpointZones, ...plan } },
    { environment },
  ) => [
    ...subnetProblems(plan).map(({ key, message }) => ({ key: `network.${key}`, message })),
    ...problemUnless(
      interfaceEndpointZones <= plan.zones,
      "network.interfaceEndpointZones",
      interfaceEndpointZones,
      `at most network.zones (${String(plan.zones)})`,
    ),
    ...problemUnless(
      environment !== "prod" || emailAddresses === "none" || emailAddresses.length > 0,
      "alarms.emailAddresses",
      emailAddresses,
      'in prod at least one address, such as ["on-call@example.com"], or nobody would hear of an alarm; ' +
        '"none" where others subscribe to the topic (output alarmTopicArn)',
    ),
  ],
};
