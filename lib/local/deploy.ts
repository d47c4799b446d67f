import * as pulumi from "@pulumi/pulumi";
import { setMocks } from "@pulumi/pulumi/runtime/mocks";
import type { MockResourceArgs, MockResourceResult } from "@pulumi/pulumi/runtime/mocks";
import { isRpcSecret, unwrapRpcSecret } from "@pulumi/pulumi/runtime/rpc";
import * as z from "zod";
import { valueOf } from "../graph/record";
import type { StackOutputs } from "../core/outputs-file";
import { lookUp } from "./lookups";
import type { CreatedResource, Inputs, LocalCloud, ResourceTypes } from "./resource";
import { Semaphore } from "./semaphore";
import type { StackFile } from "../core/stack-file";

/** A program and where it is deployed to. */
export interface Deployment {
  readonly program: () => object;
  readonly stack: string;
  readonly stackFile: StackFile;
  readonly cloud: LocalCloud;
  readonly resourceTypes: ResourceTypes;
  /** Called after each resource, with how many there are. */
  readonly onResource: (count: number) => void;
}

/** What a deployment made. */
export interface Deployed {
  readonly outputs: StackOutputs;
  readonly resourceCount: number;
  /** The types of its simulated resources. */
  readonly simulated: readonly string[];
}

const inputsSchema = z.record(z.string(), z.unknown());

/** Concurrent calls to the emulator; it has one process. */
const parallelCreations = 16;

/**
 * Runs a program in this process and creates its resources through the AWS SDK, in parallel as their
 * dependencies allow.
 *
 * @throws the first failure, naming the resource and the error of AWS; what depends on it is not created.
 */
export async function deploy(deployment: Deployment): Promise<Deployed> {
  const { stackFile, stack } = deployment;
  const creation = new Creation(deployment);
  // a rejected registration ends the process; here it waits, and the failure is reported instead
  const failed = new Promise<never>((_, reject) => {
    creation.onFailure = (reason) => {
      reject(asError(reason));
    };
  });
  const uncaught = (reason: unknown) => {
    creation.onFailure(reason);
  };
  process.on("unhandledRejection", uncaught);
  // Pulumi takes a stack trace for every promise; with the mapping to the sources it is half the time
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    await setMocks(
      {
        newResource: (args) => creation.create(args),
        call: async ({ token, inputs }) =>
          lookUp(token, inputsSchema.parse(inputs), deployment.cloud).catch((error: unknown) =>
            creation.fail(error),
          ),
      },
      stackFile.project,
      stack,
    );
    pulumi.runtime.setAllConfig({ ...stackFile.config });
    const result = deployment.program();
    await Promise.race([pulumi.runtime.disconnect(), failed]);
    const outputs = await Promise.race([resolved(result), failed]);
    return { outputs, resourceCount: creation.count, simulated: [...creation.simulated] };
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    process.off("unhandledRejection", uncaught);
  }
}

class Creation {
  count = 0;
  readonly simulated = new Set<string>();
  onFailure: (reason: unknown) => void = () => undefined;
  private readonly semaphore = new Semaphore(parallelCreations);
  private failed = false;

  constructor(private readonly deployment: Deployment) {}

  async create(args: MockResourceArgs): Promise<MockResourceResult> {
    const { type, name } = args;
    const given = Object.entries(inputsSchema.parse(args.inputs));
    const inputs: Inputs = Object.fromEntries(given.map(([key, value]) => [key, reveal(value)]));
    if (args.custom === false || type.startsWith("pulumi:")) {
      return { id: undefined, state: { ...inputs } };
    }
    try {
      const { id, outputs } = await this.semaphore.run(() => this.createNow(type, name, inputs));
      this.count += 1;
      this.deployment.onResource(this.count);
      const secrets = given.filter(([, value]) => isRpcSecret(value)).map(([key]) => key);
      return { id, state: { ...outputs, ...secret(outputs, secrets) } };
    } catch (error) {
      return await this.fail(new Error(`${name} (${type}): ${reasonOf(error)}`, { cause: error }));
    }
  }

  /** Ends the deployment; what depends on the resource waits for ever. */
  fail(reason: unknown): Promise<never> {
    this.failed = true;
    this.onFailure(reason);
    return new Promise(() => undefined);
  }

  private async createNow(type: string, name: string, inputs: Inputs): Promise<CreatedResource> {
    const { resourceTypes, cloud } = this.deployment;
    if (this.failed) return this.fail(undefined);
    const resourceType = resourceTypes[type];
    if (resourceType === undefined) {
      throw new Error("the local cloud has no implementation of this type (lib/local/resources)");
    }
    if (resourceType.simulated !== undefined) this.simulated.add(type);
    return resourceType.create(inputs, cloud, { type, name });
  }
}

function reveal(value: unknown): unknown {
  return unwrapRpcSecret(value);
}

function secret(outputs: Inputs, keys: readonly string[]): Record<string, pulumi.Output<unknown>> {
  return Object.fromEntries(keys.map((key) => [key, pulumi.secret(outputs[key])]));
}

/** An error's message, with its name where that distinguishes kinds of AWS errors. */
export function reasonOf(error: unknown): string {
  return error instanceof Error && error.name === "Error" ? error.message : String(error);
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}

/** The values of a program's outputs, without those that are secret or absent. */
async function resolved(result: object): Promise<StackOutputs> {
  const values = await Promise.all(
    Object.entries(result).map(async ([key, value]: [string, unknown]) => {
      const output = pulumi.output(value);
      return [key, (await pulumi.isSecret(output)) ? undefined : await valueOf(output)] as const;
    }),
  );
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}
