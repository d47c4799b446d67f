import type { MethodArgs, RestApiArgs, RestApiPutArgs } from "@pulumi/aws/apigateway";
import type { ApiArgs, RouteArgs } from "@pulumi/aws/apigatewayv2";
import { counted } from "../../core/counted";
import { publicStatements } from "../access";
import { readApiDocument } from "../api-document";
import { oneOf } from "../expectations";
import { findingsOf } from "../policy-graph";
import type { PolicyGraph, PolicyResource } from "../policy-graph";
import { Subject, graphRule, resourceRule, violation } from "../rule";
import type { Rule, Violation } from "../rule";

const restApi = "aws:apigateway/restApi:RestApi";
const restApiPut = "aws:apigateway/restApiPut:RestApiPut";
const restApiPolicy = "aws:apigateway/restApiPolicy:RestApiPolicy";
const restMethod = "aws:apigateway/method:Method";
/** Of HTTP and WebSocket APIs. */
const httpApi = "aws:apigatewayv2/api:Api";
const httpRoute = "aws:apigatewayv2/route:Route";

/** The rules about who may call an API, however it is declared. */
export const apiAuthorizationRules: readonly Rule[] = [
  graphRule<MethodArgs>({
    id: "APIGateway.8",
    title: "Methods and routes require authorization",
    severity: "medium",
    concern: "confidentiality",
    pci: ["7.3.1", "8.3.1"],
    remediation:
      "Set authorization (REST) or authorizationType (HTTP, WebSocket) to AWS_IAM, or to an authorizer.",
    types: [restMethod, httpRoute],
    check: (subject, graph) =>
      subject.resource.type === restMethod
        ? methodAuthorization(subject)
        : routeAuthorization(new Subject<RouteArgs>(subject.resource), graph),
  }),
  resourceRule<RestApiArgs & RestApiPutArgs & ApiArgs>({
    id: "Api.3",
    title: "APIs that are declared by an OpenAPI document or a target require authorization",
    severity: "medium",
    concern: "confidentiality",
    pci: ["7.3.1", "8.3.1"],
    remediation:
      "Give each operation of the body a security of its own, with a scheme that has x-amazon-apigateway-authtype " +
      "awsSigv4 or an x-amazon-apigateway-authorizer; declare an HTTP API's routes in place of target.",
    binding: true,
    types: [restApi, restApiPut, httpApi],
    check: (api) => findingsOf([() => quickCreation(api), () => bodyAuthorization(api)]),
  }),
  resourceRule<RestApiArgs>({
    id: "Api.4",
    title: "API resource policies allow no public access",
    severity: "critical",
    concern: "confidentiality",
    pci: ["7.2.1", "7.3.1"],
    remediation: "Name accounts, roles or networks in the policy's Principal or Condition.",
    binding: true,
    types: [restApi, restApiPut, restApiPolicy],
    check: (api) => findingsOf([() => publicStatements(api, "policy"), () => publicBody(api)]),
  }),
];

/** Browsers send preflights without credentials. */
function methodAuthorization(method: Subject<MethodArgs>): Violation[] {
  return method.get("httpMethod") === "OPTIONS"
    ? []
    : // a resource policy that names networks does not authenticate callers either
      method.expect("authorization", oneOf("AWS_IAM", "COGNITO_USER_POOLS", "CUSTOM"));
}

/** A WebSocket is authorized once, as it connects. */
function routeAuthorization(route: Subject<RouteArgs>, graph: PolicyGraph): Violation[] {
  const key = String(route.get("routeKey"));
  const needsNone = isOfWebSocket(route.resource, graph)
    ? key !== "$connect"
    : key.startsWith("OPTIONS ");
  return needsNone ? [] : route.expect("authorizationType", oneOf("AWS_IAM", "CUSTOM", "JWT"));
}

function bodyAuthorization(api: Subject<RestApiArgs>): Violation[] {
  const body = api.get("body");
  if (body === undefined || body === null) return [];
  const document = readApiDocument(body);
  if (document === undefined) {
    const limits = "JSON of 6 MB or YAML of 256 KB at most";
    return [violation(`no OpenAPI document that can be read (${limits})`, "body")];
  }
  const [first, ...more] = document.open;
  if (first === undefined) return [];
  const others = more.length === 0 ? "" : ` and ${counted(more.length, "other operation")}`;
  return [violation(`operations without authorization: ${first}${others}`, "body")];
}

/** With a target, an HTTP API has one route, without authorization. */
function quickCreation(api: Subject<ApiArgs>): Violation[] {
  return api.has("target") ? [violation("its only route has no authorization", "target")] : [];
}

/** Api.3 reports what is no document. */
function publicBody(api: Subject<RestApiArgs>): Violation[] {
  const properties = { body: readApiDocument(api.get("body"))?.policy };
  return publicStatements(new Subject<RestApiArgs>({ ...api.resource, properties }), "body");
}

/** Whether what belongs to an API belongs to a WebSocket's. */
export function isOfWebSocket(resource: PolicyResource, graph: PolicyGraph): boolean {
  return graph
    .referredToBy(resource, "apiId", httpApi)
    .some(({ properties }) => properties["protocolType"] === "WEBSOCKET");
}
