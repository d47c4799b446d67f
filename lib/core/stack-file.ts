import * as fs from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import * as z from "zod";
import { environmentTypes } from "../types";
import type { EnvironmentType } from "../types";
import { UserError } from "./user-error";

/** A stack's configuration as the program finds it. */
export interface StackFile {
  readonly project: string;
  /** By full key: `payments:environment`; maps and lists in JSON, as Pulumi has them. */
  readonly config: Readonly<Record<string, string>>;
  /** Keys that are skipped, because what encrypts them is not at hand. */
  readonly skippedKeys: readonly string[];
}

/** A project's or a stack's file that cannot be used, and why. */
export class StackFileError extends UserError {
  override readonly name = "StackFileError";
}

const projectSchema = z.object({ name: z.string() });
const stackSchema = z
  .object({ config: z.record(z.string(), z.unknown()).nullish() })
  .nullish()
  .transform((file) => file?.config ?? {});
const secretSchema = z.strictObject({ secure: z.string() });

/**
 * Reads `Pulumi.yaml` and `Pulumi.<stack>.yaml` of a project.
 *
 * @throws {@link StackFileError} if one is missing or not readable, naming it.
 */
export function readStackFile(root: string, stack: string): StackFile {
  const project = projectName(root);
  const file = path.join(root, `Pulumi.${stack}.yaml`);
  if (!fs.existsSync(file)) {
    throw new StackFileError(
      `there is no stack ${stack}: no ${file}. Stacks: ${stackNames(root).join(", ")}`,
    );
  }
  const config: Record<string, string> = {};
  const skippedKeys: string[] = [];
  for (const [key, value] of Object.entries(read(file, stackSchema))) {
    const fullKey = key.includes(":") ? key : `${project}:${key}`;
    const open = withoutSecrets(fullKey, value, skippedKeys);
    if (open === undefined || open === null) continue;
    config[fullKey] = typeof open === "string" ? open : JSON.stringify(open);
  }
  return { project, config, skippedKeys };
}

/**
 * The project's name, as `Pulumi.yaml` has it.
 *
 * @throws {@link StackFileError} if there is none.
 */
export function projectName(root: string): string {
  return read(path.join(root, "Pulumi.yaml"), projectSchema).name;
}

/** The stacks that have a `Pulumi.<stack>.yaml` in the project's folder. */
export function stackNames(root: string): string[] {
  return fs
    .readdirSync(root)
    .flatMap((entry) => /^Pulumi\.(.+)\.yaml$/.exec(entry)?.slice(1) ?? []);
}

/** What a stack is shaped like, as its file says; prod, the strictest, when there is none or it does not say. */
export function environmentOfStack(root: string, stack: string): EnvironmentType {
  if (!stackNames(root).includes(stack)) return "prod";
  const { project, config } = readStackFile(root, stack);
  const environment = config[`${project}:environment`];
  return environmentTypes.find((type) => type === environment) ?? "prod";
}

function read<T>(file: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(parse(fs.readFileSync(file, "utf8")));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new StackFileError(`${file} cannot be used: ${reason}`, { cause: error });
  }
}

function withoutSecrets(key: string, value: unknown, skippedKeys: string[]): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  if (secretSchema.safeParse(value).success) {
    skippedKeys.push(key);
    return undefined;
  }
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, inner]) => [name, withoutSecrets(`${key}.${name}`, inner, skippedKeys)] as const)
      .filter(([, inner]) => inner !== undefined),
  );
}
