import * as z from "zod/mini";
import type { ApiModel, ApiRoute } from "../../components/api-gateway/route";
import { routes } from "../../lambda/payments/api/routes";
import type { Model, Route } from "../../lambda/http/route";

/** The operations of the payments API as the gateway takes them, from the table that the function follows. */
export const apiRoutes: readonly ApiRoute[] = Object.entries(routes).map(([operation, route]) =>
  apiRoute(operation, route),
);

function apiRoute(operation: string, route: Route): ApiRoute {
  const writes = route.method === "POST";
  return {
    method: route.method,
    path: route.path,
    operation,
    // what handles unknown paths is the API's common function
    ...(route.function !== "payment" && { integration: { function: route.function } }),
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
