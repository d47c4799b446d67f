import type { Transform } from "../types";

/** The arguments of a child after the consumer's transform, if there is one. */
export function transformed<Args extends object>(args: Args, transform?: Transform<Args>): Args {
  return typeof transform === "function" ? transform(args) : { ...args, ...transform };
}
