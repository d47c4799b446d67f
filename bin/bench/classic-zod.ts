// Replaces zod/mini in the handler without the optimizations: the classic build, whole, under its names.
import type { ZodObject, ZodRawShape } from "zod";
export * from "zod";
export { gte as minimum, lte as maximum, z } from "zod";

/** A method of the classic build's schemas. */
export function extend<Shape extends ZodRawShape>(schema: ZodObject, shape: Shape) {
  return schema.extend(shape);
}
