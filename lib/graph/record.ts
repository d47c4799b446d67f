import * as pulumi from "@pulumi/pulumi";
import { MockMonitor, setMocks } from "@pulumi/pulumi/runtime/mocks";
import type { MockCallArgs, MockResourceArgs } from "@pulumi/pulumi/runtime/mocks";
import { setMockOptions } from "@pulumi/pulumi/runtime/settings";
import "@pulumi/pulumi/runtime/state"; // declares the global store
import { specialSecretSig, specialSigKey, unwrapRpcSecret } from "@pulumi/pulumi/runtime/rpc";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { ProgramGraph } from "./program-graph";
import type { RecordedResource } from "./program-graph";
import { mockCallResult, mockState, regionOf } from "./mock-aws";

/** The stack that a graph is recorded for. */
export interface RecordOptions {
  /** The project's name, by default `payments`: the namespace of its configuration. */
  readonly project?: string;
  readonly stack?: string;
  /** Configuration by full key: `payments:environment`. */
  readonly config?: Readonly<Record<string, string>>;
  /** Outputs of resources in place of the mocked ones. */
  readonly state?: (args: MockResourceArgs) => Record<string, unknown> | undefined;
  /** Results of the provider's functions (`aws.ec2.getAmi`, …) that the recording does not know. */
  readonly call?: (args: MockCallArgs) => Record<string, unknown> | undefined;
}

class RecordingMonitor extends MockMonitor {
  readonly recorded: RecordedResource[] = [];
  /** Why the recording failed: thrown here, it would end the process. */
  readonly failures: unknown[] = [];
  private readonly inputs = new Map<string, Record<string, unknown>>();

  constructor({ state, call }: RecordOptions) {
    super({
      newResource: (args) => {
        const inputs = withoutMarks(args.inputs as Record<string, unknown>);
        this.inputs.set(`${args.type} ${args.name}`, inputs);
        const id = args.custom === false ? undefined : `${args.name}-id`;
        const given = this.attempt(() => state?.(args));
        const region = this.regionOfProvider(args);
        return { id, state: { ...mockState(args, inputs, region), ...given } };
      },
      call: (args) => ({
        ...this.attempt(() => call?.(args) ?? mockCallResult(args, this.regionOfProvider(args))),
      }),
    });
  }

  /** The region of the provider that a resource or a call was given, which was registered before it. */
  private regionOfProvider({ provider }: { provider?: string }): string | undefined {
    const [, name = ""] = /::pulumi:providers:aws::(.+)::/.exec(String(provider)) ?? [];
    return regionOf(this.inputs.get(`pulumi:providers:aws ${name}`) ?? {});
  }

  private attempt<T>(run: () => T): T | undefined {
    try {
      return run();
    } catch (error) {
      this.failures.push(error);
      return undefined;
    }
  }

  override async registerResource(
    request: RegisterResourceRequest,
    callback: (error: unknown, response: { getUrn(): string }) => void,
  ): Promise<void> {
    await super.registerResource(request, (error: unknown, response: { getUrn(): string }) => {
      const type = request.getType();
      const name = request.getName();
      this.recorded.push({
        type,
        name,
        urn: response.getUrn(),
        custom: request.getCustom(),
        inputs: { ...this.inputs.get(`${type} ${name}`) },
        secrets: secretPaths(request.getObject()?.toJavaScript()),
        parent: request.getParent(),
        dependencies: request.getDependenciesList(),
        propertyDependencies: urnsByProperty(request),
        provider: request.getProvider(),
        protect: request.getProtect() === true,
        retainOnDelete: request.getRetainondelete() === true,
        deleteBeforeReplace: request.getDeletebeforereplace(),
        ignoreChanges: request.getIgnorechangesList(),
        deleteTimeout: request.getCustomtimeouts()?.getDelete(),
        // the engine infers the children's from these: their registrations have no others
        aliases: request.getAliasurnsList(),
      });
      callback(error, response);
    });
  }
}

/** Arguments with secrets as plain values; Pulumi marks whole arguments, if only a part is secret. */
function withoutMarks(inputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(inputs).map(([key, value]): [string, unknown] => [key, unwrapRpcSecret(value)]),
  );
}

/** Where secrets are in arguments, as they were registered. */
function secretPaths(value: unknown, path: readonly string[] = []): string[] {
  if (typeof value !== "object" || value === null) return [];
  if (specialSigKey in value && value[specialSigKey] === specialSecretSig) return [path.join(".")];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    secretPaths(inner, [...path, key]),
  );
}

function urnsByProperty(request: RegisterResourceRequest): Record<string, readonly string[]> {
  const urns: Record<string, readonly string[]> = {};
  request.getPropertydependenciesMap().forEach((value, property) => {
    urns[property] = value.getUrnsList();
  });
  return urns;
}

/** The end of the latest recording, however it ended. */
let turn: Promise<unknown> = Promise.resolve();

/**
 * Runs a program on Pulumi's mocks, waits until every resource is registered, and returns the graph. Concurrent
 * recordings take turns: Pulumi has one monitor, one configuration and one stack a process.
 *
 * @throws what `state` or `call` throws, and if the program calls a function that no result is known of.
 */
export async function record<T>(
  program: () => T,
  options: RecordOptions = {},
): Promise<ProgramGraph<T>> {
  const recording = turn.then(() => recordNow(program, options));
  turn = recording.catch(() => undefined);
  return recording;
}

async function recordNow<T>(program: () => T, options: RecordOptions): Promise<ProgramGraph<T>> {
  const monitor = new RecordingMonitor(options);
  const { project = "payments", stack = "dev" } = options;
  await setMocks(monitor.mocks, project, stack);
  setMockOptions(monitor, project, stack);
  // which resets what mocks support: without it secrets are registered like any other value
  Object.assign(globalThis.globalStore, { supportsSecrets: true });
  pulumi.runtime.setAllConfig({ ...options.config });
  // Pulumi takes a stack trace for every promise and resource; mapping each to the sources is most of the time
  const { stackTraceLimit } = Error;
  const prepareStackTrace: unknown = Reflect.get(Error, "prepareStackTrace");
  Error.stackTraceLimit = 0;
  Error.prepareStackTrace = String;
  try {
    const result = program();
    await pulumi.runtime.disconnect();
    if (monitor.failures.length > 0) throw monitor.failures[0];
    return new ProgramGraph(result, monitor.recorded);
  } finally {
    Object.assign(Error, { stackTraceLimit, prepareStackTrace });
  }
}

/** The value of an output of a recorded program. */
export function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => {
    output.apply(resolve);
  });
}
