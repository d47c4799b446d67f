import type { Endpoint } from "../../http/router";
import { cancelEndpoints } from "./cancel";
import type { Dependencies } from "./dependencies";
import { payEndpoints } from "./pay";
import { placeEndpoints } from "./place";
import { readEndpoints } from "./read";

/** The endpoints of orders. */
export function orderEndpoints(dependencies: Dependencies): readonly Endpoint[] {
  return [
    ...placeEndpoints(dependencies),
    ...readEndpoints(dependencies),
    ...payEndpoints(dependencies),
    ...cancelEndpoints(dependencies),
  ];
}
