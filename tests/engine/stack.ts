import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import { LocalWorkspace } from "@pulumi/pulumi/automation";
import type {
  Deployment,
  EngineEvent,
  LocalWorkspaceOptions,
  OpType,
  PulumiFn,
  Stack,
} from "@pulumi/pulumi/automation";
import { parse, stringify } from "yaml";
import * as z from "zod";
import { findDrift, openStack } from "../../bin/operations/drift-engine";
import type { Drift } from "../../bin/operations/drift";
import { readStackFile } from "../../lib/core/stack-file";
import type { LocalCloud } from "../../lib/local/resource";
import { withModulesOn } from "../../lib/modules/switch-on";
import { program } from "../../lib/program";
import type { EnvironmentType } from "../../lib/types";
import { foundCli } from "./cli";
import { LocalProvider } from "./provider/provider";
import { serve } from "./provider/server";
import type { ServedProvider } from "./provider/server";

const root = path.resolve(__dirname, "../..");

/** What the states of these tests are encrypted with; there is nothing in them that is secret. */
export const passphrase = "engine-test-passphrase";

/** The master password that staging is given as a secret of its configuration; elsewhere RDS makes one. */
export const dbPassword = "Correct-Horse_Battery.Staple";

/** What the engine does to one resource. */
export interface Step {
  readonly op: OpType;
  readonly type: string;
  readonly name: string;
}

/** What is run, and where. */
export interface EngineStackOptions {
  /** The environment whose `Pulumi.<stack>.yaml` configures the program; its stack has the same name. */
  readonly name: EnvironmentType;
  /** Optional modules to switch on; `all` stands for every one. By default those that the file has on. */
  readonly with?: readonly string[];
  /** Where the provider creates. */
  readonly cloud: LocalCloud;
  /** What it is made of; by default this project's program. */
  readonly program?: () => object;
  /** Folders of policy packs that preview and update are checked by. */
  readonly policyPacks?: readonly string[];
}

/** A stack of this program, run by the real engine, with a backend of its own. */
export class EngineStack {
  private constructor(
    /** All files of backend and project. */
    readonly folder: string,
    private readonly name: string,
    private readonly stack: Stack,
    private readonly program: PulumiFn,
    private readonly workspace: LocalWorkspaceOptions,
    private readonly provider: ServedProvider,
    private readonly policyPacks: string[],
  ) {}

  static async create(options: EngineStackOptions): Promise<EngineStack> {
    const { name, program: made = program } = options;
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "payments-engine-"));
    const folderOf = (part: string) => {
      const made = path.join(folder, part);
      fs.mkdirSync(made);
      return made;
    };
    const workDir = folderOf("project");
    copyProject(workDir, name);
    switchOn(workDir, name, options.with ?? []);
    const provider = await serve(new LocalProvider(options.cloud));
    const inline = () => Promise.resolve(made());
    const workspace: LocalWorkspaceOptions = {
      workDir,
      pulumiHome: folderOf("home"),
      pulumiCommand: await foundCli(),
      envVars: {
        ...engineVariables(folderOf("backend"), provider),
        PATH: [nodeAnalyzer(folderOf("plugins")), process.env["PATH"]].join(path.delimiter),
      },
    };
    const stack = await LocalWorkspace.createOrSelectStack(
      { stackName: name, projectName: "payments", program: inline },
      workspace,
    );
    if (name === "staging") {
      await stack.setConfig("payments:dbPassword", { value: dbPassword, secret: true });
    }
    return new EngineStack(folder, name, stack, inline, workspace, provider, [
      ...(options.policyPacks ?? []),
    ]);
  }

  /** What an update would do. */
  preview(): Promise<Step[]> {
    return this.steps((onEvent) =>
      this.stack.preview({ onEvent, parallel, policyPacks: this.policyPacks }),
    );
  }

  /** Updates, and returns the steps. */
  up(): Promise<Step[]> {
    return this.steps((onEvent) =>
      this.stack.up({ onEvent, parallel, policyPacks: this.policyPacks }),
    );
  }

  /** Updates after a refresh, as `pulumi up --refresh` does, and returns the steps of the update. */
  async refreshedUp(): Promise<Step[]> {
    await this.stack.refresh({ parallel });
    return this.up();
  }

  /**
   * What `npm run drift` finds, by default of this stack and as it is run here.
   */
  async drift(name = this.name, envVars: Readonly<Record<string, string>> = {}): Promise<Drift[]> {
    const workspace = { ...this.workspace, envVars: { ...this.workspace.envVars, ...envVars } };
    return findDrift(await openStack(name, this.program, workspace));
  }

  /** Destroys as `pulumi destroy` does, after a preview that succeeds, and returns the steps. */
  async destroy(): Promise<Step[]> {
    await this.stack.destroy({ previewOnly: true, parallel });
    return this.destroyWithoutPreview();
  }

  /** Destroys as `pulumi destroy --skip-preview` does, up to the first resource that must not be. */
  destroyWithoutPreview(): Promise<Step[]> {
    return this.steps((onEvent) => this.stack.destroy({ onEvent, parallel }));
  }

  /** Sets a value of the configuration by its path, as `pulumi config set --path` does. */
  set(key: string, value: string): Promise<void> {
    return this.stack.setConfig(`payments:${key}`, { value }, true);
  }

  /** The outputs, secret ones with their values. */
  outputs() {
    return this.stack.outputs();
  }

  /** The state, secrets in clear. */
  revealed(): Promise<Deployment> {
    return this.stack.exportStack();
  }

  /** The state as it is stored, secrets encrypted. */
  state(): Deployment {
    const { version, checkpoint } = this.checkpoint();
    return { version, deployment: checkpoint.latest };
  }

  /** The URNs of all resources that the state has. */
  resources(): string[] {
    return (this.checkpoint().checkpoint.latest.resources ?? []).map(({ urn }) => urn);
  }

  /** Imports the state of another. */
  import(state: Deployment): Promise<void> {
    return this.stack.importStack(state);
  }

  /** Ends its provider and removes its files. */
  remove(): void {
    this.provider.stop();
    fs.rmSync(this.folder, { recursive: true });
  }

  private checkpoint(): z.output<typeof checkpointSchema> {
    const file = path.join(this.folder, `backend/.pulumi/stacks/payments/${this.name}.json`);
    return checkpointSchema.parse(JSON.parse(fs.readFileSync(file, "utf8")));
  }

  private async steps(
    run: (onEvent: (event: EngineEvent) => void) => Promise<unknown>,
  ): Promise<Step[]> {
    const steps: Step[] = [];
    // Pulumi takes a stack trace for every promise; jest's mapping of each to the sources is most of the time
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
      await run(({ resourcePreEvent }) => {
        if (resourcePreEvent === undefined) return;
        const { op, type, urn } = resourcePreEvent.metadata;
        steps.push({ op, type, name: urn.split("::").at(-1) ?? urn });
      });
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
    return steps;
  }
}

const parallel = 16;

const checkpointSchema = z.object({
  version: z.number(),
  checkpoint: z.object({
    latest: z.looseObject({ resources: z.array(z.looseObject({ urn: z.string() })).optional() }),
  }),
});

/** Steps that are not `same`, as `update aws:… name`, sorted. */
export function changes(steps: readonly Step[]): string[] {
  return steps
    .filter(({ op }) => op !== "same")
    .map(({ op, type, name }) => `${op} ${type} ${name}`)
    .sort();
}

/** What makes the engine keep its states in a folder, and create by a provider that runs already. */
export function engineVariables(backend: string, provider: ServedProvider) {
  return {
    PULUMI_BACKEND_URL: pathToFileURL(backend).href,
    PULUMI_CONFIG_PASSPHRASE: passphrase,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // the state has megabytes, and would be written before and after each step
    PULUMI_SKIP_CHECKPOINTS: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    // the engine attaches to it: none is looked up on PATH or downloaded
    PULUMI_DEBUG_PROVIDERS: ["aws", "random", "tls"]
      .map((name) => `${name}:${String(provider.port)}`)
      .join(","),
  };
}

/**
 * Puts the plugin that runs policy packs in Node into a folder, and returns the folder. The CLI brings it, but not
 * one that was built from its Go module.
 */
function nodeAnalyzer(folder: string): string {
  const file = path.join(folder, "pulumi-analyzer-policy-nodejs");
  fs.writeFileSync(
    file,
    `#!/bin/sh\nexec '${process.execPath}' '${require.resolve("@pulumi/pulumi/cmd/run-policy-pack")}' "$@"\n`,
    { mode: 0o755 },
  );
  return folder;
}

/** The project's files, without the program's: it runs in this process. */
function copyProject(folder: string, stack: string): void {
  const project = z
    .record(z.string(), z.unknown())
    .parse(parse(fs.readFileSync(path.join(root, "Pulumi.yaml"), "utf8")));
  delete project["main"];
  fs.writeFileSync(path.join(folder, "Pulumi.yaml"), stringify(project));
  const file = `Pulumi.${stack}.yaml`;
  fs.copyFileSync(path.join(root, file), path.join(folder, file));
}

/** Writes into a stack's file what switches modules on: as maps, in which the CLI can set single keys. */
function switchOn(folder: string, stack: string, chosen: readonly string[]): void {
  const before = readStackFile(folder, stack);
  const { config } = withModulesOn(before, stack, chosen);
  const file = path.join(folder, `Pulumi.${stack}.yaml`);
  const content = z
    .object({ config: z.record(z.string(), z.unknown()) })
    .parse(parse(fs.readFileSync(file, "utf8")));
  for (const [key, value] of Object.entries(config))
    if (value !== before.config[key]) content.config[key] = JSON.parse(value);
  fs.writeFileSync(file, stringify(content));
}
