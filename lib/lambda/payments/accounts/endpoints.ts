import type { Endpoint } from "../../http/router";
import { balanceEndpoints } from "./balance";
import type { Dependencies } from "./dependencies";
import { healthEndpoints } from "./health";
import { payoutEndpoints } from "./payout";

/** The endpoints that need the database: apart from payments, which must work without it. */
export function accountsEndpoints(dependencies: Dependencies): readonly Endpoint[] {
  return [
    ...balanceEndpoints(dependencies),
    ...payoutEndpoints(dependencies),
    ...healthEndpoints(dependencies),
  ];
}
