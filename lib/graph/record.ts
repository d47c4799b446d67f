import * as pulumi from "@pulumi/pulumi";
import { MockMonitor, setMocks } from "@pulumi/pulumi/runtime/mocks";
import type { MockCallArgs, MockResourceArgs } from "@pulumi/pulumi/runtime/mocks";
import { setMockOptions } from "@pulumi/pulumi/runtime/settings";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { Graph } from "./graph";
import type { RecordedResource } from "./graph";
import { answer, inventedState } from "./mock-aws";

/** The stack that a graph is recorded for. */
export interface RecordOptions {
  readonly stack?: string;
  /** Configuration by full key: `payments:environment`. */
  readonly config?: Readonly<Record<string, string>>;
  /** Outputs of resources in place of the invented ones. */
  readonly state?: (args: MockResourceArgs) => Record<string, unknown> | undefined;
  /** Answers of the provider's functions (`aws.ec2.getAmi`, …) that the recording does not know. */
  readonly call?: (args: MockCallArgs) => Record<string, unknown> | undefined;
}

class RecordingMonitor extends MockMonitor {
  readonly recorded: RecordedResource[] = [];
  private readonly inputs = new Map<string, Record<string, unknown>>();

  constructor({ state, call }: RecordOptions) {
    super({
      newResource: (args) => {
        const inputs = { ...(args.inputs as Record<string, unknown>) };
        this.inputs.set(`${args.type} ${args.name}`, inputs);
        const id = args.custom === false ? undefined : `${args.name}-id`;
        return { id, state: { ...inventedState(args, inputs), ...state?.(args) } };
      },
      call: (args) => call?.(args) ?? answer(args),
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
            propertyDependencies: urnsByProperty(request),
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

function urnsByProperty(request: RegisterResourceRequest): Record<string, readonly string[]> {
  const urns: Record<string, readonly string[]> = {};
  request.getPropertydependenciesMap().forEach((value, property) => {
    urns[property] = value.getUrnsList();
  });
  return urns;
}

/** Runs a program on Pulumi's mocks, waits until every resource is registered, and returns the graph. */
export async function record<T>(program: () => T, options: RecordOptions = {}): Promise<Graph<T>> {
  const monitor = new RecordingMonitor(options);
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
