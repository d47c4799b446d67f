import type { Endpoint } from "../../http/router";
import { actionEndpoints } from "./actions";
import { createEndpoints } from "./create";
import type { Dependencies } from "./dependencies";
import { readEndpoints } from "./read";

/** The endpoints that need the table only: they work while the database is unavailable. */
export function paymentEndpoints(dependencies: Dependencies): readonly Endpoint[] {
  return [
    ...createEndpoints(dependencies),
    ...readEndpoints(dependencies),
    ...actionEndpoints(dependencies),
  ];
}
