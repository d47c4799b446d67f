import type { Endpoint } from "../../http/router";
import type { Dependencies } from "./dependencies";
import { placeEndpoints } from "./place";
import { readEndpoints } from "./read";

/** The endpoints of orders. */
export function orderEndpoints(dependencies: Dependencies): readonly Endpoint[] {
  return [...placeEndpoints(dependencies), ...readEndpoints(dependencies)];
}
