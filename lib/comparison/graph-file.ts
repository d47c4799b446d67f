import { createHash } from "node:crypto";
import { StringAsset } from "@pulumi/pulumi/asset";
import * as z from "zod";
import type { ProgramGraph, RecordedResource } from "../graph/program-graph";
import { environmentTypes } from "../types";
import type { StackNames } from "../types";
import { readJsonFile } from "../core/json-file";
import { UserError } from "../core/user-error";

/** What stands for a secret wherever a graph is written or shown. */
export const secretMark = "[secret]";

/** Which stack a graph is of. */
export interface GraphOrigin extends StackNames {
  readonly project: string;
  readonly stack: string;
}

const kind = "payment-stack graph";
const version = 1;

const headerSchema = z.object({ kind: z.literal(kind), version: z.number() });

const graphSchema = z.object({
  project: z.string(),
  stack: z.string(),
  environment: z.enum(environmentTypes),
  environmentSuffix: z.string(),
  resources: z.array(
    z.object({
      type: z.string(),
      name: z.string(),
      inputs: z.record(z.string(), z.unknown()),
      secrets: z.array(z.string()),
      protect: z.boolean(),
      retainOnDelete: z.boolean(),
    }),
  ),
});

/** A stack's graph as it can be saved and compared: plain values, code by its digest, no secrets. */
export interface StackGraph extends GraphOrigin {
  readonly resources: z.output<typeof graphSchema>["resources"];
}

/** A graph that cannot be compared with, and why. */
export class GraphFileError extends UserError {
  override readonly name = "GraphFileError";
}

/** A recorded graph without what must not or cannot be saved. */
export async function stackGraph(
  { resources }: ProgramGraph,
  { project, stack, environment, environmentSuffix }: GraphOrigin,
): Promise<StackGraph> {
  return {
    project,
    stack,
    environment,
    environmentSuffix,
    resources: await Promise.all(resources.map(plainResource)),
  };
}

async function plainResource({ type, name, inputs, secrets, ...options }: RecordedResource) {
  const { protect, retainOnDelete } = options;
  const values: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(inputs)) values[key] = await plain(value, key, secrets);
  return { type, name, inputs: values, secrets: [...secrets], protect, retainOnDelete };
}

/** A value with its assets read and its secrets masked. */
async function plain(input: unknown, path: string, secrets: readonly string[]): Promise<unknown> {
  if (secrets.includes(path)) return secretMark;
  const value = await input;
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof StringAsset) return digest(await value.text);
  const entries = await Promise.all(
    Object.entries(value)
      .filter(([key]) => !key.startsWith("__pulumi"))
      .map(async ([key, inner]) => [key, await plain(inner, `${path}.${key}`, secrets)] as const),
  );
  return Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}

function digest(text: string): string {
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 16);
  return `sha256 ${hash}, ${String(Buffer.byteLength(text))} bytes`;
}

/** A graph as the text of a file that {@link readGraphFile} reads. */
export function graphFile(graph: StackGraph): string {
  return `${JSON.stringify({ kind, version, ...graph }, undefined, 1)}\n`;
}

/**
 * Reads what {@link graphFile} made.
 *
 * @throws {@link GraphFileError} naming the file and what is wrong with it.
 */
export function readGraphFile(file: string): StackGraph {
  const again = `Write it with: npm run diff -- STACK --save ${file}`;
  const content = readJsonFile(file, again, GraphFileError);
  const header = headerSchema.safeParse(content);
  if (!header.success) throw new GraphFileError(`${file} is not the graph of a stack. ${again}`);
  if (header.data.version !== version) {
    throw new GraphFileError(
      `${file} is of version ${String(header.data.version)} of the format; allowed: ${String(version)}. ${again}`,
    );
  }
  const graph = graphSchema.safeParse(content);
  if (!graph.success) {
    throw new GraphFileError(`${file} is damaged:\n${z.prettifyError(graph.error)}\n${again}`);
  }
  return graph.data;
}
