// What stands in for zod/mini in the handler without the measures: the classic build, whole, with its names.
export * from "zod";
export { gte as minimum, lte as maximum, z } from "zod";
