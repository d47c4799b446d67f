import type { Endpoint } from "../../http/router";
import { changeEndpoints } from "./change";
import { createEndpoints } from "./create";
import type { Dependencies } from "./dependencies";
import { readEndpoints } from "./read";

/** The endpoints that the products function serves. */
export function productEndpoints(dependencies: Dependencies): readonly Endpoint[] {
  return [
    ...readEndpoints(dependencies),
    ...createEndpoints(dependencies),
    ...changeEndpoints(dependencies),
  ];
}
