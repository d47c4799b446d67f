import * as z from "zod";
import type { LocalCloud, UpdateResource } from "../resource";
import { text } from "./creator";

/**
 * An update in place of the properties in the shape: another that has changed is an error that names it, so that
 * nothing is ignored silently.
 */
export function updater<Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
  apply: (
    changed: z.output<z.ZodObject<Shape, z.core.$strict>>,
    id: string,
    cloud: LocalCloud,
  ) => Promise<unknown>,
): UpdateResource {
  const schema = z.strictObject(shape);
  return async (changed, state, cloud) => {
    await apply(schema.parse(changed), state.id, cloud.inRegion(text.parse(state["region"])));
  };
}
