import * as z from "zod";
import type {
  DeleteResource,
  Inputs,
  LocalCloud,
  ReadResource,
  ResourceState,
  ResourceType,
} from "../resource";
import { text } from "./creator";

/** A deletion that needs some of a resource's properties, and perhaps its id. */
export function deletion<Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
  remove: (state: z.output<z.ZodObject<Shape>>, cloud: LocalCloud) => Promise<unknown>,
): DeleteResource {
  const schema = z.object(shape);
  return async (state, cloud) => {
    await remove(schema.parse(state), regionOf(state, cloud));
  };
}

/** A reader that finds a resource by its id. */
export function reader(
  read: (id: string, cloud: LocalCloud) => Promise<Inputs | undefined>,
): ReadResource {
  return (state, cloud) => read(state.id, regionOf(state, cloud));
}

/** The cloud where a resource is. What was deployed before its region was recorded is in the stack's own. */
function regionOf({ region }: ResourceState, cloud: LocalCloud): LocalCloud {
  return cloud.inRegion(text.parse(region));
}

/** The deletion of what AWS has nothing to delete of, or deletes with what it belongs to. */
export const nothingToDelete: DeleteResource = () => Promise.resolve();

/** The shape of a deletion that needs the id alone. */
export const byId = { id: z.string() };

/**
 * A simulated type, whose resources exist in name only.
 *
 * @param because - What the emulator lacks.
 * @param replacedBy - The properties whose change replaces a resource.
 */
export function simulatedType(because: string, replacedBy: readonly string[]): ResourceType {
  return {
    create: (inputs, _, { name }) => Promise.resolve({ id: name, outputs: inputs }),
    replacedBy,
    delete: nothingToDelete,
    simulated: because,
  };
}

/** True once a call fails because its resource is gone. */
export async function isGone(call: Promise<unknown>): Promise<true | undefined> {
  return call.then(
    () => undefined,
    () => true as const,
  );
}
