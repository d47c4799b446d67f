import * as z from "zod";
import type { Inputs, LocalCloud } from "../../../../lib/local/resource";

/** Deletes one resource, by its id and its state. */
export type DeleteResource = (state: Inputs, cloud: LocalCloud) => Promise<void>;

/** How each resource type is deleted, by Pulumi type token. */
export type Deletions = Readonly<Record<string, DeleteResource>>;

/** A deletion that needs some of a resource's properties, and perhaps its id. */
export function deletion<Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
  remove: (state: z.output<z.ZodObject<Shape>>, cloud: LocalCloud) => Promise<unknown>,
): DeleteResource {
  const schema = z.object(shape);
  return async (state, cloud) => {
    await remove(schema.parse(state), cloud);
  };
}

/** What the provider only forgets: AWS has nothing to delete, or it goes with what it belongs to. */
export const forgotten: DeleteResource = () => Promise.resolve();

/** The id alone. */
export const byId = { id: z.string() };
