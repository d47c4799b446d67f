// Replaces zod/mini in the handler without the optimizations: the classic build, whole, under its names.
export * from "zod";
export { gte as minimum, lte as maximum, z } from "zod";
