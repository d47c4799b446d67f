import manifest from "../../package.json";
import { gatewayProblems } from "../components/api-gateway/gateway-problems";
import { openApiDocument } from "../lambda/http/openapi";
import type { OpenApiArgs } from "../lambda/http/openapi";

/** An API as an OpenAPI document, of the package's version and with what the gateway refuses by itself. */
export function apiDocument(args: Omit<OpenApiArgs, "version" | "gatewayProblems">) {
  return openApiDocument({
    ...args,
    version: manifest.version,
    gatewayProblems: gatewayProblems.flatMap(({ status, title }) =>
      status === undefined ? [] : [[status, title] as const],
    ),
  });
}
