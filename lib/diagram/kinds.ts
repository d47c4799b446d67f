import type { NodeKindId } from "../catalogue/facts";
import { counted } from "../core/counted";
import type { ProgramGraph, RecordedResource } from "../graph/program-graph";
import { isRecord } from "../core/is-record";
import { argument, list, text } from "./arguments";
import { nameOf } from "./names";
import { tokens } from "./tokens";
import type { Category, DiagramNode, IconName } from "./types";

/** How resources of a kind become nodes. */
export interface NodeKind {
  readonly service: string;
  readonly category: Category;
  readonly icon: IconName;
  readonly shape?: "chip";
  /** All of a stack's are one node. */
  readonly merged?: true;
  /** Stands with what people operate the stack by. */
  readonly operations?: true;
  /** The resource name that says no more than its kind: its component's name is shown instead. */
  readonly kindName?: string;
  /** What is shown in place of, or beside, its name. */
  readonly describe?: (
    first: RecordedResource,
    graph: ProgramGraph,
    all: readonly RecordedResource[],
  ) => Description;
}

type Description = Partial<Pick<DiagramNode, "service" | "title" | "details">>;

/** How each kind of nodes is drawn; of which kind the resources of a type are, the catalogue says. */
export const nodeKinds: Readonly<Record<NodeKindId, NodeKind>> = {
  function: {
    service: "Lambda",
    category: "compute",
    icon: "function",
    kindName: "function",
    describe: (resource) => ({ details: [text(resource, "description")] }),
  },
  api: {
    service: "API Gateway",
    category: "networking",
    icon: "api",
    describe: describeApi,
  },
  waf: {
    service: "WAF",
    category: "security",
    icon: "shield",
    describe: describeWebAcl,
  },
  zone: {
    service: "Route 53",
    category: "networking",
    icon: "name",
    describe: (resource) => ({
      title: list(resource, "vpcs").length > 0 ? "private zone" : "public zone",
      details: [text(resource, "name")],
    }),
  },
  schedule: {
    service: "EventBridge",
    category: "integration",
    icon: "clock",
    kindName: "rule",
    describe: (resource) => ({ details: [schedule(text(resource, "scheduleExpression"))] }),
  },
  table: {
    service: "DynamoDB",
    category: "database",
    icon: "table",
    describe: (resource) => ({
      details: [
        text(resource, "billingMode") === "PAY_PER_REQUEST" ? "on demand" : "provisioned",
        ...some(list(resource, "globalSecondaryIndexes").length, "index", "indexes"),
        ...when(argument(resource, "pointInTimeRecovery.enabled"), "point-in-time recovery"),
      ],
    }),
  },
  database: {
    service: "RDS",
    category: "database",
    icon: "database",
    kindName: "instance",
    describe: (resource) => ({
      service: `RDS ${engines[text(resource, "engine")] ?? text(resource, "engine")}`,
      details: [
        text(resource, "instanceClass"),
        ...when(argument(resource, "multiAz"), "Multi-AZ"),
        `backups ${counted(Number(text(resource, "backupRetentionPeriod")), "day")}`,
      ],
    }),
  },
  bucket: {
    service: "S3",
    category: "storage",
    icon: "bucket",
    kindName: "bucket",
    describe: (resource, graph) => ({
      details: [
        ...when(graph.referringTo(resource, tokens.bucketVersioning, "bucket").length, "versioned"),
        ...when(graph.referringTo(resource, tokens.objectLock, "bucket").length, "Object Lock"),
      ],
    }),
  },
  secret: {
    service: "Secrets Manager",
    category: "security",
    icon: "secret",
  },
  endpoint: {
    service: "Endpoint",
    category: "networking",
    icon: "endpoint",
    shape: "chip",
    describe: (resource) => {
      const service = endpointService(resource);
      return {
        service: `${text(resource, "vpcEndpointType").toLowerCase()} endpoint`,
        title: serviceNames[service] ?? service,
      };
    },
  },
  nat: {
    service: "NAT",
    category: "networking",
    icon: "nat",
    shape: "chip",
    merged: true,
    describe: (_first, _graph, resources) => ({ title: counted(resources.length, "gateway") }),
  },
  "internet-gateway": {
    service: "VPC",
    category: "networking",
    icon: "gateway",
    shape: "chip",
    describe: () => ({ title: "internet gateway" }),
  },
  cloudwatch: {
    service: "CloudWatch",
    category: "management",
    icon: "chart",
    merged: true,
    operations: true,
    describe: (_first, _graph, resources) => {
      const count = (type: string) => resources.filter((one) => one.type === type).length;
      const parts = [
        ...some(count(tokens.alarm), "alarm"),
        ...some(count(tokens.dashboard), "dashboard"),
        ...some(count(tokens.logGroup), "log group"),
      ];
      return { title: parts.slice(0, 1).join(""), details: parts.slice(1) };
    },
  },
  topic: {
    service: "SNS",
    category: "integration",
    icon: "topic",
    operations: true,
    describe: (resource, graph) => {
      const { length } = graph.referringTo(resource, tokens.subscription, "topic");
      return { details: [length === 0 ? "no subscriber yet" : counted(length, "subscriber")] };
    },
  },
  users: {
    service: "Cognito",
    category: "security",
    icon: "users",
    kindName: "pool",
    describe: (pool, graph) => ({
      details: [
        ...some(graph.referringTo(pool, tokens.userGroup, "userPoolId").length, "group"),
        ...(secondFactors[text(pool, "mfaConfiguration")] ?? []),
      ],
    }),
  },
  keys: {
    service: "KMS",
    category: "security",
    icon: "key",
    merged: true,
    operations: true,
    describe: (_first, _graph, resources) => ({
      title: counted(resources.length, "key"),
      details: when(
        resources.every((key) => argument(key, "enableKeyRotation") === true),
        "rotated every year",
      ),
    }),
  },
};

const engines: Readonly<Record<string, string>> = { postgres: "PostgreSQL", mysql: "MySQL" };

const secondFactors: Readonly<Record<string, readonly string[]>> = {
  ON: ["second factor required"],
  OPTIONAL: ["second factor optional"],
};

const serviceNames: Readonly<Record<string, string>> = {
  dynamodb: "DynamoDB",
  s3: "S3",
  secretsmanager: "Secrets",
};

/** The service that an endpoint leads to: `s3` of `com.amazonaws.eu-central-1.s3`. */
export function endpointService(endpoint: RecordedResource): string {
  return text(endpoint, "serviceName").replace(/^.*\./, "");
}

function when(condition: unknown, says: string): readonly string[] {
  return condition === undefined || condition === false || condition === 0 ? [] : [says];
}

function some(count: number, what: string, many?: string): readonly string[] {
  if (count === 0) return [];
  return [count > 1 && many !== undefined ? `${String(count)} ${many}` : counted(count, what)];
}

function describeApi(api: RecordedResource, graph: ProgramGraph): Description {
  const methods = graph
    .referringTo(api, tokens.method, "restApi")
    .filter((method) => text(method, "httpMethod") !== "OPTIONS");
  const domains = graph
    .referringTo(api, tokens.basePathMapping, "restApi")
    .map((mapping) => text(mapping, "domainName"));
  return {
    title: withPurpose("REST API", nameOf(api, graph, "rest-api"), "api"),
    details: [...some(methods.length, "method"), ...domains],
  };
}

/** `shop REST API` of an API whose component is called `shop api`; nothing is added to what is called `api` only. */
function withPurpose(title: string, name: string, kindName: string): string {
  return name.endsWith(` ${kindName}`) ? `${name.slice(0, -kindName.length)}${title}` : title;
}

function describeWebAcl(acl: RecordedResource, graph: ProgramGraph): Description {
  const rules = list(acl, "rules");
  const limits = rules.flatMap((rule) => {
    const statement = isRecord(rule) ? rule["statement"] : undefined;
    const rate = isRecord(statement) ? statement["rateBasedStatement"] : undefined;
    return isRecord(rate) ? [`${Number(rate["limit"]).toLocaleString("en")} requests an IP`] : [];
  });
  return {
    title: withPurpose("web ACL", nameOf(acl, graph, "web-acl"), "waf"),
    details: [...some(rules.length, "rule"), ...limits],
  };
}

/** `every 5 minutes` of `rate(5 minutes)`. */
function schedule(expression: string): string {
  return expression.replace(/^rate\(1 (\w+)\)$/, "every $1").replace(/^rate\((.*)\)$/, "every $1");
}
