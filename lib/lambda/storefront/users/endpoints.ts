import type { Endpoint } from "../../http/router";
import { deleteEndpoints } from "./delete";
import type { Dependencies } from "./dependencies";
import { exportEndpoints } from "./export";
import { profileEndpoints } from "./profile";

/** The endpoints that personal data passes through: no other function reads or writes it. */
export function usersEndpoints(dependencies: Dependencies): readonly Endpoint[] {
  return [
    ...profileEndpoints(dependencies),
    ...exportEndpoints(dependencies),
    ...deleteEndpoints(dependencies),
  ];
}
