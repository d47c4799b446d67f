import * as z from "zod";

const containers = z.array(
  z.looseObject({
    name: z.string(),
    environment: z.array(z.object({ name: z.string(), value: z.string().default("") })).default([]),
    logConfiguration: z.looseObject({ logDriver: z.string() }).optional(),
    privileged: z.boolean().default(false),
    readonlyRootFilesystem: z.boolean().default(false),
    user: z.string().optional(),
  }),
);

/** A container of an ECS task definition, with what rules look at. */
export type Container = z.output<typeof containers>[number];

/**
 * The containers of a task definition.
 *
 * @param definitions - JSON text, as `containerDefinitions` takes it.
 * @returns undefined if it is no list of containers.
 */
export function containersOf(definitions: unknown): Container[] | undefined {
  if (typeof definitions !== "string") return undefined;
  try {
    return containers.safeParse(JSON.parse(definitions)).data;
  } catch {
    return undefined;
  }
}
