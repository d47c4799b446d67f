import type { ApiRoute } from "../../components/api-gateway/route";
import { routes } from "../../lambda/payments/api/routes";
import { apiRoutesOf } from "../api-routes";

/** The operations of the payments API as the gateway takes them, from the table that the functions follow. */
export const apiRoutes: readonly ApiRoute[] = apiRoutesOf(routes, "payment");
