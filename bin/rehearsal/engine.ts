import * as fs from "node:fs";
import type { EngineEvent, LocalWorkspace, Stack } from "@pulumi/pulumi/automation";
import * as z from "zod";
import { CommandError } from "../operations/command";
import { driftKinds, driftOfProgram, driftOnAws } from "../operations/drift";
import type { Drift } from "../operations/drift";
import { engineError } from "../operations/engine-error";
import { Interruption } from "./run-steps";

/** What the engine did to a stack. */
export interface EngineRun {
  /** How many resources it has gone through. */
  readonly resources: number;
  /** What it changed or found changed. */
  readonly changes: readonly Drift[];
}

/** Where the engine runs, and what observes it. */
export interface EngineOptions {
  /** The project's folder, with the files of its stacks. */
  readonly folder: string;
  /** The file that its output is appended to. */
  readonly logFile: string;
  /** Called as it works: with how many resources so far. */
  readonly onProgress: (resources: number) => void;
}

/** The Pulumi CLI on stacks of a project, whose program it runs as `pulumi up` does. */
export class Engine {
  private constructor(
    private readonly workspace: LocalWorkspace,
    private readonly options: EngineOptions,
  ) {}

  /** @throws `CommandError` if there is no Pulumi CLI, or one that is too old. */
  static async open(options: EngineOptions): Promise<Engine> {
    const { LocalWorkspace } = await import("@pulumi/pulumi/automation/index.js");
    try {
      return new Engine(await LocalWorkspace.create({ workDir: options.folder }), options);
    } catch (error) {
      throw engineError(error, "The stack", "could not be opened");
    }
  }

  /** The stacks of the project in the backend, by name. */
  async stacks(): Promise<string[]> {
    try {
      // a backend may put its owner before
      return (await this.workspace.listStacks()).map(({ name }) => name.split("/").at(-1) ?? name);
    } catch (error) {
      throw engineError(error, "The backend", "could not be read");
    }
  }

  /** Makes an empty stack in the backend. */
  async create(name: string): Promise<void> {
    const { Stack } = await import("@pulumi/pulumi/automation/index.js");
    try {
      await Stack.create(name, this.workspace);
    } catch (error) {
      throw engineError(error, name, "could not be made");
    }
  }

  /** `pulumi up`: what it changed. */
  up(name: string, signal: AbortSignal): Promise<EngineRun> {
    return this.run(name, "could not be updated", driftOfProgram, (stack, options) =>
      stack.up({ ...options, signal: forCli(signal) }),
    );
  }

  /** `pulumi refresh`: what differed from the state. */
  refresh(name: string, signal: AbortSignal): Promise<EngineRun> {
    return this.run(name, "could not be refreshed", driftOnAws, (stack, options) =>
      stack.refresh({ ...options, signal: forCli(signal) }),
    );
  }

  /**
   * `pulumi destroy`, and removes the stack from the backend. A lock is of an operation that was cut off: it is removed.
   */
  async destroy(name: string, signal: AbortSignal): Promise<EngineRun> {
    const run = () =>
      this.run(name, "could not be destroyed", driftOfProgram, (stack, options) =>
        stack.destroy({ ...options, signal: forCli(signal), remove: true }),
      );
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof CommandError) || !error.message.includes("is being updated"))
        throw error;
      await (await this.select(name)).cancel();
      return run();
    }
  }

  /** The values of a property of all resources of a type, as the state has them. */
  async valuesOf(name: string, type: string, property: string): Promise<unknown[]> {
    const state = await (await this.select(name)).exportStack();
    return stateSchema
      .parse(state)
      .deployment.resources.flatMap((resource) =>
        resource.type === type ? [resource.outputs[property]] : [],
      );
  }

  private async select(name: string): Promise<Stack> {
    const { Stack } = await import("@pulumi/pulumi/automation/index.js");
    return Stack.select(name, this.workspace);
  }

  private async run(
    name: string,
    failure: string,
    changeIn: (event: EngineEvent) => Drift | undefined,
    work: (stack: Stack, options: RunOptions) => Promise<unknown>,
  ): Promise<EngineRun> {
    const errors: string[] = [];
    const changes: Drift[] = [];
    const seen = new Set<string>();
    const onEvent = (event: EngineEvent) => {
      const { diagnosticEvent, resourcePreEvent } = event;
      if (diagnosticEvent?.severity === "error") errors.push(diagnosticEvent.message);
      if (resourcePreEvent !== undefined)
        this.options.onProgress(seen.add(resourcePreEvent.metadata.urn).size);
      const change = changeIn(event);
      if (change !== undefined) changes.push(change);
    };
    const onOutput = (text: string) => {
      fs.appendFileSync(this.options.logFile, text);
    };
    try {
      await work(await this.select(name), { onEvent, onOutput });
    } catch (error) {
      throw engineError(error, name, failure, errors);
    }
    return { resources: seen.size, changes };
  }
}

const stateSchema = z.object({
  deployment: z.object({
    resources: z.array(
      z.object({ type: z.string(), outputs: z.record(z.string(), z.unknown()).default({}) }),
    ),
  }),
});

interface RunOptions {
  readonly onEvent: (event: EngineEvent) => void;
  readonly onOutput: (text: string) => void;
}

/** Two of these signals would end the CLI at once, with half a state; a terminal's Ctrl-C has reached it already. */
function forCli(signal: AbortSignal): AbortSignal {
  const controller = new AbortController();
  signal.addEventListener("abort", () => {
    const reason: unknown = signal.reason;
    if (!(reason instanceof Interruption && reason.reachesChildren)) controller.abort();
  });
  return controller.signal;
}

/** Changes of resources, a line each: `payments-table (aws:dynamodb/table:Table) would be updated: tags`. */
export function changeLines(changes: readonly Drift[]): string {
  return changes
    .map(({ name, type, kind, properties }) =>
      [
        `${name} (${type}) ${driftKinds[kind]}`,
        ...(properties.length > 0 ? [properties.join(", ")] : []),
      ].join(": "),
    )
    .join("\n");
}
