import * as z from "zod/mini";
import type { ApiModel, ApiRoute } from "../components/api-gateway/route";
import type { Model, Route, RouteTable } from "../lambda/http/route";

/**
 * The operations of an API as the gateway takes them, from the table that its functions follow.
 *
 * @param common - The name, in the table, of the function that handles unknown paths too.
 */
export function apiRoutesOf(routes: RouteTable, common: string): ApiRoute[] {
  return Object.entries(routes).map(([operation, route]) => apiRoute(operation, route, common));
}

function apiRoute(operation: string, route: Route, common: string): ApiRoute {
  const writes = route.method === "POST";
  return {
    method: route.method,
    path: route.path,
    operation,
    ...(route.authorization !== undefined && { authorization: route.authorization }),
    ...(route.function !== common && { integration: { function: route.function } }),
    queryParameters: propertiesOf(route.query),
    ...(writes && { requestModel: model(route.body, "input") }),
    responseModel: model(route.response, "output"),
    successStatus: route.response.status,
  };
}

/** API Gateway reads JSON schema in draft 4. */
function model({ name, schema }: Model<unknown>, io: "input" | "output"): ApiModel {
  return { name, schema: z.toJSONSchema(schema, { target: "draft-4", io }) };
}

function propertiesOf(schema: z.ZodMiniType): string[] {
  return Object.keys({ ...z.toJSONSchema(schema, { io: "input" }).properties });
}
