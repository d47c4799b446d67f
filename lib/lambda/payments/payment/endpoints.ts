import type { Endpoint } from "../../http/router";
import { actionEndpoints } from "./actions";
import { createEndpoints } from "./create";
import type { Dependencies } from "./dependencies";
import { readEndpoints } from "./read";

/** What needs the table and nothing else: it works while the database is away. */
export function paymentEndpoints(dependencies: Dependencies): readonly Endpoint[] {
  return [
    ...createEndpoints(dependencies),
    ...readEndpoints(dependencies),
    ...actionEndpoints(dependencies),
  ];
}
