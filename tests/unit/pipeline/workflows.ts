import * as fs from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import * as z from "zod";

const root = path.resolve(__dirname, "../../..");

const permissionsSchema = z.record(z.string(), z.string());

const stepSchema = z.object({
  uses: z.string().optional(),
  run: z.string().optional(),
  if: z.string().optional(),
  with: z.record(z.string(), z.unknown()).default({}),
  env: z.record(z.string(), z.string()).default({}),
});

const concurrencySchema = z
  .union([
    z.string().transform((group) => ({ group })),
    z.object({ group: z.string(), "cancel-in-progress": z.boolean().optional() }),
  ])
  .optional();

const jobSchema = z.object({
  if: z.string().optional(),
  uses: z.string().optional(),
  secrets: z.unknown().optional(),
  permissions: permissionsSchema.optional(),
  environment: z.union([z.string(), z.object({ name: z.string() })]).optional(),
  concurrency: concurrencySchema,
  steps: z.array(stepSchema).default([]),
});

const workflowSchema = z.object({
  on: z.record(z.string(), z.unknown()),
  permissions: permissionsSchema,
  concurrency: concurrencySchema,
  jobs: z.record(z.string(), jobSchema),
});

const actionSchema = z.object({ runs: z.object({ steps: z.array(stepSchema) }) });

/** A step of a job or of an action. */
export type Step = z.output<typeof stepSchema>;

/** A file of the pipeline. */
interface PipelineFile {
  /** By its place in the repository. */
  readonly file: string;
  readonly text: string;
}

/** A job, with what it takes over from its workflow. */
export interface Job extends PipelineFile {
  readonly name: string;
  readonly on: readonly string[];
  readonly condition: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly environment: string | undefined;
  readonly group: string | undefined;
  readonly cancels: boolean;
  readonly calls: string | undefined;
  readonly steps: readonly Step[];
  /** Whether anything of it names a secret, or hands all on. */
  readonly hasSecrets: boolean;
}

const filesOf = (folder: string, pattern: RegExp): PipelineFile[] =>
  fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => pattern.test(file))
    .sort()
    .map((name) => {
      const file = path.posix.join(folder, name.replaceAll(path.sep, "/"));
      return { file, text: fs.readFileSync(path.join(root, file), "utf8") };
    });

const isWorkflow = ({ text }: PipelineFile) => /^jobs:/m.test(text);

/** Every workflow: this repository's, and those that examples bring. */
export const workflowFiles = [
  ...filesOf(".github/workflows", /\.ya?ml$/),
  ...filesOf("examples", /\.ya?ml$/).filter(isWorkflow),
];

/** The actions of this repository. */
export const actionFiles = filesOf(".github/actions", /action\.ya?ml$/);

/** Every job of every workflow. */
export const jobs: readonly Job[] = workflowFiles.flatMap(({ file, text }) => {
  const workflow = workflowSchema.parse(parse(text));
  return Object.entries(workflow.jobs).map(([name, job]) => {
    const concurrency = job.concurrency ?? workflow.concurrency;
    const { environment } = job;
    return {
      ...{ file, text, name },
      on: Object.keys(workflow.on),
      condition: job.if ?? "",
      permissions: job.permissions ?? workflow.permissions,
      environment: typeof environment === "object" ? environment.name : environment,
      group: concurrency?.group,
      cancels: concurrency !== undefined && "cancel-in-progress" in concurrency,
      calls: job.uses,
      steps: job.steps,
      hasSecrets: job.secrets !== undefined || JSON.stringify(job.steps).includes("secrets."),
    };
  });
});

/** Every step, of jobs and of actions. */
export const steps: readonly (Step & { readonly file: string })[] = [
  ...jobs.flatMap(({ file, steps }) => steps.map((step) => ({ ...step, file }))),
  ...actionFiles.flatMap(({ file, text }) =>
    actionSchema.parse(parse(text)).runs.steps.map((step) => ({ ...step, file })),
  ),
];

/** Whether a job can do what a reader of the repository cannot: write, get a secret, or say who it is. */
export function isTrusted({ permissions, environment, hasSecrets }: Job): boolean {
  return (
    environment !== undefined || hasSecrets || Object.values(permissions).some((p) => p === "write")
  );
}

/** Whether a job is skipped on every branch but main. */
export function isOfMain({ condition }: Job): boolean {
  return condition.split("&&").some((term) => term.trim() === "github.ref == 'refs/heads/main'");
}
