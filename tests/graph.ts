import * as pulumi from "@pulumi/pulumi";
import { MockMonitor, setMocks } from "@pulumi/pulumi/runtime/mocks";
import type { MockCallArgs, MockResourceArgs } from "@pulumi/pulumi/runtime/mocks";
import { setMockOptions } from "@pulumi/pulumi/runtime/settings";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";

/** A resource as the program registered it. */
export interface RecordedResource {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  /** The arguments, with every output resolved. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly parent: string;
  /** The URNs of everything it depends on, by reference or by `dependsOn`. */
  readonly dependencies: readonly string[];
  readonly provider: string;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly deleteBeforeReplace: boolean;
  readonly ignoreChanges: readonly string[];
  /** The URNs that the engine takes for this resource too. */
  readonly aliases: readonly string[];
}

/** What a program registered, and what it returned. */
export class Graph<T = unknown> {
  constructor(
    readonly result: T,
    readonly resources: readonly RecordedResource[],
  ) {}

  ofType(type: string): RecordedResource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** The only resource of a type, or the only one of a type and name; throws if there is none or another. */
  one(type: string, name?: string): RecordedResource {
    const all = this.ofType(type);
    const found = name === undefined ? all : all.filter((resource) => resource.name === name);
    const [only] = found;
    if (only === undefined || found.length > 1) {
      const names = all.map((resource) => resource.name).join(", ");
      throw new Error(
        `expected one ${type} ${name ?? ""}, found ${String(found.length)} of: ${names}`,
      );
    }
    return only;
  }

  /** The resources that a resource depends on. */
  dependenciesOf(resource: RecordedResource): RecordedResource[] {
    return this.resources.filter(({ urn }) => resource.dependencies.includes(urn));
  }

  /** The children of a component, by the end of its URN. */
  childrenOf(parent: RecordedResource): RecordedResource[] {
    return this.resources.filter((resource) => resource.parent === parent.urn);
  }
}

/** The stack that a graph is recorded for. */
export interface RecordOptions {
  readonly stack?: string;
  /** Configuration by full key: `payments:environment`. */
  readonly config?: Readonly<Record<string, string>>;
  /** Outputs of resources in place of the invented ones. */
  readonly state?: (args: MockResourceArgs) => Record<string, unknown> | undefined;
}

export const accountId = "123456789012";
export const region = "eu-central-1";

class RecordingMonitor extends MockMonitor {
  readonly recorded: RecordedResource[] = [];
  private readonly inputs = new Map<string, Record<string, unknown>>();

  constructor(state: RecordOptions["state"]) {
    super({
      newResource: (args) => {
        const inputs = { ...(args.inputs as Record<string, unknown>) };
        this.inputs.set(`${args.type} ${args.name}`, inputs);
        const id = args.custom === false ? undefined : `${args.name}-id`;
        return { id, state: { ...inventedState(args, inputs), ...state?.(args) } };
      },
      call: answer,
    });
  }

  override async registerResource(
    request: RegisterResourceRequest,
    callback: (error: unknown, response: { getUrn(): string } | undefined) => void,
  ): Promise<void> {
    await super.registerResource(
      request,
      (error: unknown, response: { getUrn(): string } | undefined) => {
        if (response !== undefined) {
          const type = request.getType();
          const name = request.getName();
          this.recorded.push({
            type,
            name,
            urn: response.getUrn(),
            inputs: this.inputs.get(`${type} ${name}`) ?? {},
            parent: request.getParent(),
            dependencies: request.getDependenciesList(),
            provider: request.getProvider(),
            protect: request.getProtect() ?? false,
            retainOnDelete: request.getRetainondelete() ?? false,
            deleteBeforeReplace: request.getDeletebeforereplace(),
            ignoreChanges: request.getIgnorechangesList(),
            // the engine works out the children's from these: they are told of no others
            aliases: [
              ...request.getAliasurnsList(),
              ...request.getAliasesList().map((alias) => alias.getUrn()),
            ],
          });
        }
        callback(error, response);
      },
    );
  }
}

/** Runs a program on Pulumi's mocks, waits until every resource is registered, and returns the graph. */
export async function record<T>(program: () => T, options: RecordOptions = {}): Promise<Graph<T>> {
  const monitor = new RecordingMonitor(options.state);
  const stack = options.stack ?? "dev";
  await setMocks(monitor.mocks, "payments", stack);
  setMockOptions(monitor, "payments", stack);
  pulumi.runtime.setAllConfig({ ...options.config });
  // Pulumi takes a stack trace for every promise; jest's mapping of each to the sources is two thirds of the time
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    const result = program();
    await pulumi.runtime.disconnect();
    return new Graph(result, monitor.recorded);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** The value of an output of a recorded program. */
export function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => {
    output.apply(resolve);
  });
}

const services: Readonly<Record<string, string>> = {
  apigateway: "apigateway",
  cloudwatch: "logs",
  ec2: "ec2",
  wafv2: "wafv2",
};

/** Ids, ARNs and endpoints such as AWS would give. */
function inventedState(
  { type, name }: MockResourceArgs,
  inputs: Record<string, unknown>,
): Record<string, unknown> {
  const [, module = "", resource = ""] = /^aws:(\w+)\/\w+:(\w+)$/.exec(type) ?? [];
  const text = (key: string) => (typeof inputs[key] === "string" ? inputs[key] : name);
  const service = services[module] ?? module;
  const arn = `arn:aws:${service}:${region}:${accountId}:${resource.toLowerCase()}/${name}`;
  switch (type) {
    case "aws:dynamodb/table:Table":
      return { ...inputs, arn, streamArn: `${arn}/stream/2026-01-01T00:00:00.000` };
    case "aws:s3/bucket:Bucket":
      return { ...inputs, arn: `arn:aws:s3:::${text("bucket")}` };
    case "aws:iam/role:Role":
      return {
        ...inputs,
        name: text("name"),
        arn: `arn:aws:iam::${accountId}:role/${text("name")}`,
      };
    case "aws:cloudwatch/logGroup:LogGroup":
      return { ...inputs, arn: `arn:aws:logs:${region}:${accountId}:log-group:${text("name")}` };
    case "aws:cloudwatch/metricAlarm:MetricAlarm":
      return { ...inputs, arn: `arn:aws:cloudwatch:${region}:${accountId}:alarm:${text("name")}` };
    case "aws:cloudwatch/dashboard:Dashboard":
      return { ...inputs, dashboardArn: `arn:aws:cloudwatch::${accountId}:dashboard/${name}` };
    case "aws:kms/key:Key":
      return { ...inputs, arn, keyId: `${name}-id` };
    case "aws:lambda/function:Function":
      return {
        ...inputs,
        arn: `arn:aws:lambda:${region}:${accountId}:function:${text("name")}`,
        invokeArn: `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${text("name")}/invocations`,
      };
    case "aws:rds/instance:Instance":
      return {
        ...inputs,
        arn: `arn:aws:rds:${region}:${accountId}:db:${text("identifier")}`,
        resourceId: "db-ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        address: `${text("identifier")}.cluster.${region}.rds.amazonaws.com`,
        endpoint: `${text("identifier")}.cluster.${region}.rds.amazonaws.com:5432`,
        port: 5432,
        masterUserSecrets: [
          { secretArn: `arn:aws:secretsmanager:${region}:${accountId}:secret:rds!db-1-AbCdEf` },
        ],
      };
    case "aws:apigateway/restApi:RestApi":
      return {
        ...inputs,
        arn,
        rootResourceId: "root",
        executionArn: `arn:aws:execute-api:${region}:${accountId}:${name}-id`,
      };
    case "aws:apigateway/stage:Stage":
      return {
        ...inputs,
        arn,
        invokeUrl: `https://api.execute-api.${region}.amazonaws.com/${text("stageName")}`,
        executionArn: `arn:aws:execute-api:${region}:${accountId}:api/${text("stageName")}`,
      };
    case "aws:apigateway/domainName:DomainName":
      return {
        ...inputs,
        arn,
        regionalDomainName: `d-abc.execute-api.${region}.amazonaws.com`,
        regionalZoneId: "Z1",
      };
    case "aws:route53/zone:Zone":
      return { ...inputs, arn, zoneId: "Z1" };
    case "aws:ec2/vpcEndpoint:VpcEndpoint":
      return { ...inputs, arn, prefixListId: `pl-${name}` };
    case "aws:ec2/vpc:Vpc":
      return { ...inputs, arn, defaultSecurityGroupId: "sg-default" };
    case "random:index/randomId:RandomId":
      return { ...inputs, hex: "0a1b2c3d", dec: "1" };
    case "random:index/randomBytes:RandomBytes":
      return { ...inputs, base64: "AQIDBA==", hex: "01020304" };
    case "tls:index/privateKey:PrivateKey":
      return { ...inputs, privateKeyPem: "PRIVATE KEY" };
    case "tls:index/selfSignedCert:SelfSignedCert":
      return { ...inputs, certPem: "CERTIFICATE" };
    default:
      return { ...inputs, arn };
  }
}

function answer({ token }: MockCallArgs): Record<string, unknown> {
  switch (token) {
    case "aws:index/getCallerIdentity:getCallerIdentity":
      return { accountId };
    case "aws:index/getRegion:getRegion":
      return { region, name: region };
    case "aws:index/getPartition:getPartition":
      return { partition: "aws", dnsSuffix: "amazonaws.com" };
    case "aws:index/getAvailabilityZones:getAvailabilityZones":
      return { names: [`${region}a`, `${region}b`, `${region}c`] };
    default:
      throw new Error(`the mock kit has no answer to ${token}`);
  }
}
