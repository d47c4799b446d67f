import type * as pulumi from "@pulumi/pulumi";
import { mapValues } from "es-toolkit/object/mapValues";
import { ApiDomainComponent } from "../../components/api-domain";
import { ApiGatewayComponent } from "../../components/api-gateway";
import { WafComponent } from "../../components/waf";
import { domainIn } from "../../core/names";
import type { Foundation } from "../../foundation/foundation";
import type { RouteTable } from "../../lambda/http/route";
import { apiRoutesOf } from "../api-routes";
import { problemStyle } from "../../lambda/storefront/api/problem";
import { routes } from "../../lambda/storefront/api/routes";
import { maxBodyBytes } from "../../lambda/storefront/api/schemas";
import type { StorefrontFunctions } from "./functions";
import type { StorefrontSettings } from "./settings";

/** What the storefront's API is made with, beside its functions. */
export interface StorefrontApiOptions {
  readonly settings: StorefrontSettings["storefront"];
  /** The pool whose tokens are taken; none where callers sign with IAM credentials. */
  readonly userPoolArn: pulumi.Input<string> | undefined;
  /** What must be there before an API can log. */
  readonly apiLogging: readonly pulumi.Resource[];
}

/** Registers the storefront's API with its domain and its web ACL. */
export function buildApi(
  { name, child, context, logs }: Foundation,
  { products, orders, users }: StorefrontFunctions,
  { settings, userPoolArn, apiLogging }: StorefrontApiOptions,
) {
  const invoked = ({ functionName, invokeArn }: typeof products) => ({
    name: functionName,
    invokeArn,
  });
  const api = new ApiGatewayComponent(
    `${name}-shop-api`,
    {
      context,
      purpose: "shop",
      description: "Sells products",
      routes: apiRoutesOf(routesFor(settings), "products"),
      function: invoked(products),
      functions: { orders: invoked(orders), users: invoked(users) },
      authorization: settings.authorization,
      ...(userPoolArn !== undefined && { userPoolArns: [userPoolArn] }),
      allowedOrigins: settings.allowedOrigins,
      problemTypePrefix: problemStyle.typePrefix,
      throttle: settings.throttle,
      accessLogs: logs,
      executionLogs: logs,
    },
    { ...child, dependsOn: [...apiLogging] },
  );
  const { customDomain, hostedZoneId } = settings;
  const domain =
    customDomain === null
      ? undefined
      : new ApiDomainComponent(
          `${name}-shop-domain`,
          {
            context,
            domainName: context.aws.accountId.apply((id) => domainIn(id, customDomain)),
            certificateArn: settings.certificateArn,
            restApiId: api.restApiId,
            stageName: api.stageName,
            ...(hostedZoneId !== null && { zone: { existing: { zoneId: hostedZoneId } } }),
          },
          child,
        );
  const waf = settings.waf.enabled
    ? new WafComponent(
        `${name}-shop-waf`,
        {
          context,
          purpose: "shop-waf",
          description: "Stands before the storefront's API",
          stageArn: api.stageArn,
          rateLimit: settings.waf.rateLimit,
          signedRequests: settings.waf.signedRequests,
          maxBodyBytes,
          logs,
        },
        child,
      )
    : undefined;
  return { api, domain, waf };
}

/** The operations, of which none is open to everybody where the callers are services: these sign all requests. */
function routesFor({ authorization }: StorefrontSettings["storefront"]): RouteTable {
  if (authorization !== "AWS_IAM") return routes;
  return mapValues(routes, (route) => ({ ...route, authorization: undefined }));
}
