import { stringify } from "yaml";
import { PolicyGraph, UnknownValueError, unknownValue } from "../../../../lib/policy/policy-graph";
import { apiAuthorizationRules } from "../../../../lib/policy/rules/api-authorization";
import { describeRules, resource } from "../rule-cases";

const method = (properties: Record<string, unknown>) =>
  resource("aws:apigateway/method:Method", properties);
const api = (properties: Record<string, unknown>) =>
  resource("aws:apigateway/restApi:RestApi", properties);
const put = (properties: Record<string, unknown>) =>
  resource("aws:apigateway/restApiPut:RestApiPut", properties);
const httpApi = (properties: Record<string, unknown>) =>
  resource("aws:apigatewayv2/api:Api", { protocolType: "HTTP", ...properties });
const v2Api = (protocolType: string) =>
  resource("aws:apigatewayv2/api:Api", { protocolType }, { name: "v2-api" });
const route = (properties: Record<string, unknown>) =>
  resource("aws:apigatewayv2/route:Route", properties, {
    name: "route",
    from: { apiId: "v2-api" },
  });

const signed = { "x-amazon-apigateway-authtype": "awsSigv4" };
const checked = { "x-amazon-apigateway-authorizer": { type: "request" } };
const keyed = { type: "apiKey", name: "x-api-key", in: "header" };
const document = (operation: unknown, more: Record<string, unknown> = {}) => ({
  openapi: "3.0.1",
  paths: { "/payment": { post: operation } },
  components: { securitySchemes: { signed, checked, keyed } },
  ...more,
});
const body = (operation: unknown, more: Record<string, unknown> = {}) =>
  JSON.stringify(document(operation, more));
const closed = { security: [{ signed: [] }] };

const policy = (more: Record<string, unknown> = {}) => ({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: "*", ...more },
  ],
});
const ours = { Principal: { AWS: "arn:aws:iam::123456789012:root" } };
const fromOurs = { Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } } };

describeRules("rules for who may call an API", apiAuthorizationRules, [
  {
    rule: "APIGateway.8",
    passes: [
      [method({ httpMethod: "POST", authorization: "AWS_IAM" })],
      [method({ httpMethod: "GET", authorization: "COGNITO_USER_POOLS", authorizerId: "pools" })],
      [method({ httpMethod: "OPTIONS", authorization: "NONE" })],
      [v2Api("HTTP"), route({ routeKey: "POST /payment", authorizationType: "JWT" })],
      [v2Api("HTTP"), route({ routeKey: "OPTIONS /payment" })],
      [v2Api("WEBSOCKET"), route({ routeKey: "$connect", authorizationType: "CUSTOM" })],
      [v2Api("WEBSOCKET"), route({ routeKey: "$default" })],
    ],
    fails: [
      { given: [method({ httpMethod: "GET", authorization: "NONE" })], at: ["authorization"] },
      { given: [method({ httpMethod: "ANY", authorization: "NONE" })], at: ["authorization"] },
      {
        // a key says which plan counts, not who calls
        given: [method({ httpMethod: "POST", authorization: "NONE", apiKeyRequired: true })],
        at: ["authorization"],
      },
      { given: [v2Api("HTTP"), route({ routeKey: "$default" })], at: ["authorizationType"] },
      {
        given: [route({ routeKey: "GET /payment", authorizationType: "NONE" })],
        at: ["authorizationType"],
      },
      {
        given: [v2Api("WEBSOCKET"), route({ routeKey: "$connect" })],
        at: ["authorizationType"],
      },
    ],
  },
  {
    rule: "Api.3",
    passes: [
      [api({})],
      [api({ body: body(closed) })],
      [api({ body: stringify(document(closed)) })],
      [api({ body: body({ security: [{ checked: [] }] }) })],
      [api({ body: body({ security: [{ keyed: [], signed: [] }] }) })],
      [api({ body: body({ "x-amazon-apigateway-auth": { type: "aws_iam" } }) })],
      [
        api({
          body: JSON.stringify({
            swagger: "2.0",
            paths: { "/payment": { get: closed, options: {}, parameters: [] } },
            securityDefinitions: { signed },
          }),
        }),
      ],
      [api({ body: JSON.stringify({ openapi: "3.0.1" }) })],
      [put({ body: body(closed) })],
      [httpApi({ body: body(closed) })],
      [httpApi({})],
    ],
    fails: [
      { given: [api({ body: body({}) })], at: ["body"] },
      { given: [api({ body: stringify(document({})) })], at: ["body"] },
      { given: [put({ body: body({}) })], at: ["body"] },
      { given: [httpApi({ body: body({}) })], at: ["body"] },
      // API Gateway heeds no security of the whole document
      { given: [api({ body: body({}, { security: [{ signed: [] }] }) })], at: ["body"] },
      { given: [api({ body: body({ security: [] }) })], at: ["body"] },
      { given: [api({ body: body({ security: [{}] }) })], at: ["body"] },
      { given: [api({ body: body({ security: [{ signed: [] }, {}] }) })], at: ["body"] },
      { given: [api({ body: body({ security: [{ keyed: [] }] }) })], at: ["body"] },
      { given: [api({ body: body({ security: [{ missing: [] }] }) })], at: ["body"] },
      { given: [api({ body: body({ security: "signed" }) })], at: ["body"] },
      {
        given: [api({ body: body({ ...closed, "x-amazon-apigateway-auth": { type: "NONE" } }) })],
        at: ["body"],
      },
      {
        given: [
          api({
            body: JSON.stringify({
              ...document(closed),
              paths: { "/a": { "x-amazon-apigateway-any-method": {}, GET: {}, put: closed } },
            }),
          }),
        ],
        at: ["body"],
      },
      { given: [api({ body: "openapi: [" })], at: ["body"] },
      { given: [api({ body: "{" })], at: ["body"] },
      { given: [api({ body: "just a text" })], at: ["body"] },
      // which of them counts, API Gateway alone knows
      { given: [api({ body: "paths: {}\npaths: {}" })], at: ["body"] },
      { given: [api({ body: 7 })], at: ["body"] },
      { given: [api({ body: JSON.stringify({ paths: { "/a": "b" } }) })], at: ["body"] },
      {
        given: [api({ body: JSON.stringify({ paths: { "/a": { $ref: "#/elsewhere" } } }) })],
        at: ["body"],
      },
      { given: [api({ body: body(closed, { info: "x".repeat(6 * 1024 * 1024) }) })], at: ["body"] },
      { given: [httpApi({ target: "arn:function", routeKey: "GET /" })], at: ["target"] },
      { given: [httpApi({ target: unknownValue, body: unknownValue })], at: ["target"] },
    ],
  },
  {
    rule: "Api.4",
    passes: [
      [api({})],
      [api({ policy: JSON.stringify(policy(ours)) })],
      [api({ policy: JSON.stringify(policy(fromOurs)) })],
      [api({ body: body(closed) })],
      [api({ body: body(closed, { "x-amazon-apigateway-policy": policy(ours) }) })],
      [api({ body: "no document" })],
      [
        resource("aws:apigateway/restApiPolicy:RestApiPolicy", {
          policy: JSON.stringify(policy(ours)),
        }),
      ],
    ],
    fails: [
      { given: [api({ policy: JSON.stringify(policy()) })], at: ["policy"] },
      { given: [api({ policy: JSON.stringify(policy()), body: unknownValue })], at: ["policy"] },
      {
        given: [
          resource("aws:apigateway/restApiPolicy:RestApiPolicy", {
            policy: JSON.stringify(policy()),
          }),
        ],
        at: ["policy"],
      },
      {
        given: [api({ body: body(closed, { "x-amazon-apigateway-policy": policy() }) })],
        at: ["body"],
      },
      {
        given: [put({ body: stringify(document({}, { "x-amazon-apigateway-policy": policy() })) })],
        at: ["body"],
      },
    ],
  },
]);

it.each(["Api.3", "Api.4"])("%s does not judge a body that is not known yet", (id) => {
  const later = api({ body: unknownValue });
  const rule = apiAuthorizationRules.find((one) => one.id === id);
  expect(() => rule?.check(later, new PolicyGraph([later]))).toThrow(UnknownValueError);
});
