import { randomBytes } from "node:crypto";
import * as z from "zod";
import type { CreateResource, CreatedResource, Inputs, LocalCloud } from "../resource";
import { waitUntil } from "../wait-until";

/** Which resource of the program is being created. */
export interface ResourceIdentity {
  readonly type: string;
  readonly name: string;
}

type Create<Shape extends z.core.$ZodLooseShape> = (
  args: z.output<z.ZodObject<Shape, z.core.$strict>>,
  cloud: LocalCloud,
  resource: ResourceIdentity,
) => Promise<CreatedResource>;

/**
 * A creator of resources that belong to a region: the one that the argument `region` names, or else the stack's own.
 * The shape lists every other argument that the creator passes on to the service: one that it does not list, or one of
 * another kind, is an error that names it, so that nothing is ignored silently. The arguments and the region are among
 * the outputs; `create` adds what the service generates.
 */
export function creator<Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
  create: Create<Shape>,
): CreateResource {
  const parse = strictly(shape);
  return async ({ region, ...inputs }, cloud, resource) => {
    const there = cloud.inRegion(text.parse(region));
    const { id, outputs } = await create(parse(inputs, resource), there, resource);
    return { id, outputs: { ...inputs, ...outputs, region: there.region } };
  };
}

/** As {@link creator}, for what belongs to no region: IAM, Route 53, and what is made without AWS. */
export function globalCreator<Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
  create: Create<Shape>,
): CreateResource {
  const parse = strictly(shape);
  return async (inputs, cloud, resource) => {
    const { id, outputs } = await create(parse(inputs, resource), cloud, resource);
    return { id, outputs: { ...inputs, ...outputs } };
  };
}

/** Parses arguments, all of which the shape has to list. */
function strictly<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const schema = z.strictObject(shape);
  return (inputs: Inputs, { type }: ResourceIdentity) => {
    const parsed = schema.safeParse(inputs);
    if (parsed.success) return parsed.data;
    throw new Error(
      `${type} has arguments that the local cloud does not pass on:\n` +
        z.prettifyError(parsed.error),
    );
  };
}

/** Tags by key. */
export const tags = z.record(z.string(), z.string()).optional();

/** An optional text. */
export const text = z.string().optional();

/** An optional number. */
export const number = z.number().optional();

/** An optional switch. */
export const flag = z.boolean().optional();

/** An optional list of texts. */
export const texts = z.array(z.string()).optional();

/** An argument that matters for an update, a replacement or a deletion only. */
export const ignoredOnCreate = z.unknown().optional();

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
  return `${required(args.namePrefix, "name or namePrefix")}${digits.slice(-26)}`;
}

/** The value of a field that the service always returns. */
export function required<T>(value: T | undefined, field: string): T {
  if (value === undefined) throw new Error(`there is no ${field}`);
  return value;
}

/** Waits until the probe finds what the emulator takes a moment to create or delete. */
export function waitUntilReady<T>(title: string, probe: () => Promise<T | undefined>): Promise<T> {
  return waitUntil(probe, { title, timeout: 30_000, interval: 25 });
}

/** The ARN of something in the cloud's account and region. */
export function arnOf({ accountId, region }: LocalCloud, service: string, rest: string): string {
  return `arn:aws:${service}:${region}:${accountId}:${rest}`;
}
