import { randomBytes } from "node:crypto";
import * as z from "zod";
import type { CreateResource, CreatedResource, LocalCloud } from "../resource";
import { waitUntil } from "../wait-until";

/** Which resource of the program is being created. */
export interface ResourceIdentity {
  readonly type: string;
  readonly name: string;
}

/**
 * A creator of one resource type. The schema lists every argument that it carries over to the service:
 * another one, or one of another kind, is an error that names it, so that nothing is dropped in silence.
 * The arguments are among the outputs; `create` adds what the service makes up.
 */
export function creator<Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
  create: (
    args: z.output<z.ZodObject<Shape, z.core.$strict>>,
    cloud: LocalCloud,
    resource: ResourceIdentity,
  ) => Promise<CreatedResource>,
): CreateResource {
  const schema = z.strictObject(shape);
  return async (inputs, cloud, resource) => {
    const parsed = schema.safeParse(inputs);
    if (!parsed.success) {
      throw new Error(
        `${resource.type} is given what the local cloud does not carry over:\n` +
          z.prettifyError(parsed.error),
      );
    }
    const { id, outputs } = await create(parsed.data, cloud, resource);
    return { id, outputs: { ...inputs, ...outputs } };
  };
}

/** Tags by key. */
export const tags = z.record(z.string(), z.string()).optional();

/** A text that may be left out. */
export const text = z.string().optional();

/** A number that may be left out. */
export const number = z.number().optional();

/** A switch that may be left out. */
export const flag = z.boolean().optional();

/** A list of texts that may be left out. */
export const texts = z.array(z.string()).optional();

/** What only deciding when to replace or how to delete needs: nothing to create. */
export const later = z.unknown().optional();

/** A policy as JSON text or as the document itself. */
export const policy = z.union([
  z.string(),
  z.record(z.string(), z.unknown()).transform((document) => JSON.stringify(document)),
]);

/** Tags as most services take them. */
export function tagList(
  byKey: Readonly<Record<string, string>> | undefined,
): { Key: string; Value: string }[] | undefined {
  return byKey && Object.entries(byKey).map(([Key, Value]) => ({ Key, Value }));
}

/** The name as given, or the prefix made unique: 26 digits, as the provider appends. */
export function uniqueName(args: {
  readonly name?: string | undefined;
  readonly namePrefix?: string | undefined;
}): string {
  if (args.name !== undefined) return args.name;
  const digits = BigInt(`0x${randomBytes(16).toString("hex")}`)
    .toString()
    .padStart(26, "0");
  return `${given(args.namePrefix, "name or namePrefix")}${digits.slice(-26)}`;
}

/** A field that is always there. */
export function given<T>(value: T | undefined, field: string): T {
  if (value === undefined) throw new Error(`there is no ${field}`);
  return value;
}

/** Waits for something that the emulator needs a moment for. */
export function ready<T>(title: string, probe: () => Promise<T | undefined>): Promise<T> {
  return waitUntil(probe, { title, timeout: 30_000, interval: 100 });
}

/** The ARN of something in the cloud's account and region. */
export function arnOf({ accountId, region }: LocalCloud, service: string, rest: string): string {
  return `arn:aws:${service}:${region}:${accountId}:${rest}`;
}
