import * as fs from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import * as z from "zod";

/** A stack's configuration as the program finds it. */
export interface StackFile {
  readonly project: string;
  /** By full key: `payments:environment`; maps and lists in JSON, as Pulumi has them. */
  readonly config: Readonly<Record<string, string>>;
  /** Keys that are left out, because what encrypts them is not at hand. */
  readonly leftOut: readonly string[];
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
 * @throws if one is missing or not readable, naming it.
 */
export function readStackFile(root: string, stack: string): StackFile {
  const { name: project } = read(path.join(root, "Pulumi.yaml"), projectSchema);
  const file = path.join(root, `Pulumi.${stack}.yaml`);
  if (!fs.existsSync(file)) {
    const stacks = fs
      .readdirSync(root)
      .flatMap((entry) => /^Pulumi\.(.+)\.yaml$/.exec(entry)?.slice(1) ?? []);
    throw new Error(`there is no stack ${stack}: no ${file}. Stacks: ${stacks.join(", ")}`);
  }
  const config: Record<string, string> = {};
  const leftOut: string[] = [];
  for (const [key, value] of Object.entries(read(file, stackSchema))) {
    const fullKey = key.includes(":") ? key : `${project}:${key}`;
    const open = withoutSecrets(fullKey, value, leftOut);
    if (open === undefined || open === null) continue;
    config[fullKey] = typeof open === "string" ? open : JSON.stringify(open);
  }
  return { project, config, leftOut };
}

function read<T>(file: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(parse(fs.readFileSync(file, "utf8")));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new Error(`${file} cannot be used: ${reason}`, { cause: error });
  }
}

function withoutSecrets(key: string, value: unknown, leftOut: string[]): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  if (secretSchema.safeParse(value).success) {
    leftOut.push(key);
    return undefined;
  }
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, inner]) => [name, withoutSecrets(`${key}.${name}`, inner, leftOut)] as const)
      .filter(([, inner]) => inner !== undefined),
  );
}
