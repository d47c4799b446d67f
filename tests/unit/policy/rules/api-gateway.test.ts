import { PolicyGraph, UnknownValueError, unknownValue } from "../../../../lib/policy/policy-graph";
import { apiGatewayRules } from "../../../../lib/policy/rules/api-gateway";
import { describeRules, resource } from "../rule-cases";

const api = resource("aws:apigateway/restApi:RestApi", {}, { name: "api" });
const restApiWith = (properties: Record<string, unknown>) =>
  resource("aws:apigateway/restApi:RestApi", properties);
const otherApi = resource("aws:apigateway/restApi:RestApi", {}, { name: "other-api" });
const stage = (properties: Record<string, unknown> = {}) =>
  resource(
    "aws:apigateway/stage:Stage",
    { stageName: "prod", ...properties },
    { name: "stage", from: { restApi: "api" }, arn: "arn:stage" },
  );
const settings = (
  given: Record<string, unknown>,
  { methodPath = "*/*", restApi = "api", stageName = "prod", name = "settings" } = {},
) =>
  resource(
    "aws:apigateway/methodSettings:MethodSettings",
    { methodPath, stageName, settings: given },
    { name, from: { restApi } },
  );
const integration = (type: string, restApi = "api") =>
  resource("aws:apigateway/integration:Integration", { type }, { name: "call", from: { restApi } });
const v2 = (kind: string, properties: Record<string, unknown>) => {
  const [first = "", ...rest] = kind;
  return resource(`aws:apigatewayv2/${kind}:${first.toUpperCase()}${rest.join("")}`, properties, {
    name: kind,
    from: { apiId: "v2-api" },
  });
};
const v2Api = (protocolType: string) =>
  resource("aws:apigatewayv2/api:Api", { protocolType }, { name: "v2-api" });
const association = (type: string, resourceArn: string) =>
  resource(type, { resourceArn }, { name: "association" });
const domain = (type: string, properties: Record<string, unknown>) => resource(type, properties);

describeRules("rules for API Gateway", apiGatewayRules, [
  {
    rule: "APIGateway.1",
    passes: [
      [api, stage(), settings({ loggingLevel: "ERROR" })],
      [
        api,
        stage(),
        settings({ loggingLevel: "INFO" }),
        settings({ throttlingRateLimit: 5 }, { methodPath: "pay/POST", name: "slow" }),
      ],
      [
        resource("aws:apigateway/stage:Stage", { restApi: "abc", stageName: "prod" }),
        resource("aws:apigateway/methodSettings:MethodSettings", {
          restApi: "abc",
          stageName: "prod",
          methodPath: "*/*",
          settings: { loggingLevel: "INFO" },
        }),
      ],
      [
        api,
        stage({ stageName: unknownValue }),
        resource(
          "aws:apigateway/methodSettings:MethodSettings",
          { methodPath: "*/*", settings: { loggingLevel: "INFO" } },
          { name: "settings", from: { restApi: "api", stageName: "stage" } },
        ),
      ],
      [v2Api("WEBSOCKET"), v2("stage", { defaultRouteSettings: { loggingLevel: "INFO" } })],
      [v2Api("HTTP"), v2("stage", {})],
    ],
    fails: [
      { given: [api, stage()], at: [] },
      { given: [api, stage(), settings({})], at: [] },
      { given: [api, stage(), settings({ loggingLevel: "OFF" })], at: [] },
      {
        given: [api, stage(), settings({ loggingLevel: "INFO" }, { methodPath: "pay/POST" })],
        at: [],
      },
      {
        given: [
          api,
          stage(),
          settings({ loggingLevel: "ERROR" }),
          settings({ loggingLevel: "OFF" }, { methodPath: "pay/POST", name: "silent" }),
        ],
        at: [],
      },
      {
        given: [api, otherApi, stage(), settings({ loggingLevel: "ERROR" }, { restApi: "other" })],
        at: [],
      },
      {
        given: [api, stage(), settings({ loggingLevel: "ERROR" }, { stageName: "test" })],
        at: [],
      },
      {
        given: [v2Api("WEBSOCKET"), v2("stage", {})],
        at: ["defaultRouteSettings.loggingLevel"],
      },
    ],
  },
  {
    rule: "APIGateway.2",
    passes: [
      [api, stage(), integration("AWS_PROXY")],
      [api, stage({ clientCertificateId: "abc" }), integration("HTTP")],
      [api, otherApi, stage(), integration("HTTP", "other-api")],
    ],
    fails: [
      { given: [api, stage(), integration("HTTP_PROXY")], at: ["clientCertificateId"] },
      { given: [api, stage(), integration("HTTP")], at: ["clientCertificateId"] },
    ],
  },
  {
    rule: "APIGateway.3",
    passes: [{ xrayTracingEnabled: true }],
    fails: [
      { given: {}, at: ["xrayTracingEnabled"] },
      { given: { xrayTracingEnabled: false }, at: ["xrayTracingEnabled"] },
    ],
  },
  {
    rule: "APIGateway.4",
    passes: [
      [stage(), association("aws:wafv2/webAclAssociation:WebAclAssociation", "arn:stage")],
      [stage(), association("aws:wafregional/webAclAssociation:WebAclAssociation", "arn:stage")],
    ],
    fails: [
      { given: [stage()], at: [] },
      {
        given: [
          stage(),
          association("aws:wafv2/webAclAssociation:WebAclAssociation", "arn:another"),
        ],
        at: [],
      },
    ],
  },
  {
    rule: "APIGateway.5",
    passes: [
      { settings: {} },
      { settings: { cachingEnabled: false } },
      { settings: { cachingEnabled: true, cacheDataEncrypted: true } },
    ],
    fails: [{ given: { settings: { cachingEnabled: true } }, at: ["settings.cacheDataEncrypted"] }],
  },
  {
    rule: "APIGateway.9",
    passes: [
      [stage({ accessLogSettings: { destinationArn: "arn:logs", format: "$context.requestId" } })],
      [v2("stage", { accessLogSettings: { destinationArn: unknownValue, format: "{}" } })],
    ],
    fails: [
      { given: [stage()], at: ["accessLogSettings.destinationArn"] },
      { given: [v2("stage", {})], at: ["accessLogSettings.destinationArn"] },
    ],
  },
  {
    rule: "APIGateway.10",
    passes: [
      { connectionType: "INTERNET" },
      { connectionType: "VPC_LINK", tlsConfig: { serverNameToVerify: "ledger.internal" } },
    ],
    fails: [{ given: { connectionType: "VPC_LINK" }, at: ["tlsConfig"] }],
  },
  {
    rule: "APIGateway.11",
    passes: [
      { securityPolicy: "TLS_1_2" },
      { securityPolicy: "SecurityPolicy_TLS13_1_2_2021_06" },
      [
        domain("aws:apigatewayv2/domainName:DomainName", {
          domainNameConfiguration: { securityPolicy: "TLS_1_2" },
        }),
      ],
    ],
    fails: [
      { given: {}, at: ["securityPolicy"] },
      { given: { securityPolicy: "TLS_1_0" }, at: ["securityPolicy"] },
      {
        given: [domain("aws:apigatewayv2/domainName:DomainName", {})],
        at: ["domainNameConfiguration.securityPolicy"],
      },
    ],
  },
  {
    rule: "Api.1",
    passes: [
      { settings: { loggingLevel: "INFO" } },
      { settings: { dataTraceEnabled: false } },
      [v2("stage", { routeSettings: [{ routeKey: "$default" }] })],
    ],
    fails: [
      { given: { settings: { dataTraceEnabled: true } }, at: ["settings.dataTraceEnabled"] },
      {
        given: [
          v2("stage", {
            defaultRouteSettings: { dataTraceEnabled: true },
            routeSettings: [{ routeKey: "a" }, { routeKey: "b", dataTraceEnabled: true }],
          }),
        ],
        at: ["defaultRouteSettings.dataTraceEnabled", "routeSettings.1.dataTraceEnabled"],
      },
    ],
  },
  {
    rule: "Api.2",
    passes: [
      [api, stage(), settings({ throttlingRateLimit: 100 })],
      [v2("stage", { defaultRouteSettings: { throttlingRateLimit: 100 } })],
    ],
    fails: [
      { given: [api, stage()], at: [] },
      { given: [api, stage(), settings({ throttlingRateLimit: -1 })], at: [] },
      {
        given: [api, stage(), settings({ throttlingRateLimit: 100 }, { methodPath: "pay/POST" })],
        at: [],
      },
      { given: [v2("stage", {})], at: ["defaultRouteSettings.throttlingRateLimit"] },
    ],
  },
  {
    rule: "Api.5",
    passes: [
      [restApiWith({ securityPolicy: "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09" })],
      [restApiWith({ securityPolicy: "SecurityPolicy_TLS13_1_3_2025_09" })],
      [restApiWith({ securityPolicy: "SecurityPolicy_TLS12_PFS_2025_EDGE" })],
      [restApiWith({ securityPolicy: "TLS_1_2" })],
      [restApiWith({ endpointConfiguration: { types: "PRIVATE" } })],
    ],
    fails: [
      { given: [restApiWith({})], at: ["securityPolicy"] },
      {
        given: [restApiWith({ endpointConfiguration: { types: "REGIONAL" } })],
        at: ["securityPolicy"],
      },
      {
        given: [
          restApiWith({ endpointConfiguration: { types: "PRIVATE" }, securityPolicy: "TLS_1_0" }),
        ],
        at: ["securityPolicy"],
      },
    ],
  },
]);

it("cannot evaluate the logging of a stage whose API is known after the deployment only", () => {
  const elsewhere = resource("aws:apigateway/stage:Stage", { restApi: unknownValue });
  const rule = apiGatewayRules.find(({ id }) => id === "APIGateway.1");
  expect(() => rule?.check(elsewhere, new PolicyGraph([elsewhere]))).toThrow(UnknownValueError);
});
