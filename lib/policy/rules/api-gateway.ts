import type {
  DomainNameArgs,
  MethodSettingsArgs,
  RestApiArgs,
  StageArgs,
} from "@pulumi/aws/apigateway";
import type {
  DomainNameArgs as HttpDomainNameArgs,
  IntegrationArgs as HttpIntegrationArgs,
  StageArgs as HttpStageArgs,
} from "@pulumi/aws/apigatewayv2";
import { atLeast, byDefault, equals, matches, oneOf } from "../expectations";
import type { PolicyGraph, PolicyResource } from "../policy-graph";
import { Subject, graphRule, resourceRule, violation } from "../rule";
import type { Rule, Violation } from "../rule";
import { isOfWebSocket } from "./api-authorization";

const restApi = "aws:apigateway/restApi:RestApi";
const restStage = "aws:apigateway/stage:Stage";
const restDomain = "aws:apigateway/domainName:DomainName";
const methodSettings = "aws:apigateway/methodSettings:MethodSettings";
/** Of HTTP and WebSocket APIs. */
const httpStage = "aws:apigatewayv2/stage:Stage";

const logging = oneOf("ERROR", "INFO");
/** -1, the default, is the account's limit alone. */
const limit = atLeast(0);
/** How MethodSettings name all methods of all paths. */
const allMethods = "*/*";
/**
 * The names of API Gateway's policies contain the lowest version: `SecurityPolicy_TLS13_1_2_2021_06` is 1.3 and 1.2.
 */
const tls12 = matches(/^(TLS_1_2|SecurityPolicy_TLS1[23]_\w+)$/, "TLS_1_2 or a later policy");

/** The rules for API Gateway's REST (v1), HTTP and WebSocket (v2) APIs. */
export const apiGatewayRules: readonly Rule[] = [
  graphRule<StageArgs>({
    id: "APIGateway.1",
    title: "Stages of REST and WebSocket APIs write execution logs",
    severity: "medium",
    concern: "accountability",
    pci: ["10.2.1"],
    remediation:
      'Add a MethodSettings with methodPath "*/*" and settings.loggingLevel "ERROR"; for a WebSocket API set defaultRouteSettings.loggingLevel.',
    types: [restStage, httpStage],
    check: (stage, graph) =>
      stage.resource.type === httpStage
        ? webSocketLogging(stage.resource, graph)
        : restLogging(stage.resource, graph),
  }),
  graphRule<StageArgs>({
    id: "APIGateway.2",
    title: "REST APIs authenticate to HTTP backends with a client certificate",
    severity: "medium",
    concern: "integrity",
    pci: ["4.2.1"],
    remediation:
      "Set clientCertificateId to a ClientCertificate's id, and check it in the backend.",
    types: [restStage],
    check: (stage, graph) =>
      ofSameApi(stage.resource, graph, "aws:apigateway/integration:Integration").some(
        ({ properties }) => properties["type"] === "HTTP" || properties["type"] === "HTTP_PROXY",
      )
        ? stage.expectPresent("clientCertificateId")
        : [],
  }),
  resourceRule<StageArgs>({
    id: "APIGateway.3",
    title: "Stages of REST APIs trace requests",
    severity: "low",
    concern: "accountability",
    pci: [],
    remediation: "Set xrayTracingEnabled: true.",
    types: [restStage],
    check: (stage) => stage.expect("xrayTracingEnabled", equals(true)),
  }),
  graphRule<StageArgs>({
    id: "APIGateway.4",
    title: "REST APIs are protected by a web ACL",
    severity: "medium",
    concern: "integrity",
    pci: ["6.4.2"],
    remediation: "Add a wafv2.WebAclAssociation with the stage's ARN as resourceArn.",
    types: [restStage],
    check: (stage, graph) =>
      [
        "aws:wafv2/webAclAssociation:WebAclAssociation",
        "aws:wafregional/webAclAssociation:WebAclAssociation",
      ].some((type) => graph.referringTo(stage.resource, type, "resourceArn").length > 0)
        ? []
        : [violation("no web ACL is associated with the stage")],
  }),
  resourceRule<MethodSettingsArgs>({
    id: "APIGateway.5",
    title: "Caches of REST APIs are encrypted",
    severity: "medium",
    concern: "confidentiality",
    pci: ["3.5.1"],
    remediation: "Set settings.cacheDataEncrypted: true.",
    binding: true,
    types: [methodSettings],
    check: (settings) =>
      settings.get("settings.cachingEnabled") === true
        ? settings.expect("settings.cacheDataEncrypted", equals(true))
        : [],
  }),
  resourceRule<StageArgs | HttpStageArgs>({
    id: "APIGateway.9",
    title: "Stages write access logs",
    severity: "medium",
    concern: "accountability",
    pci: ["10.2.1", "10.4.2"],
    remediation: "Set accessLogSettings with a log group's ARN as destinationArn.",
    types: [restStage, httpStage],
    check: (stage) => stage.expectPresent("accessLogSettings.destinationArn"),
  }),
  resourceRule<HttpIntegrationArgs>({
    id: "APIGateway.10",
    title: "HTTP APIs encrypt traffic to private backends",
    severity: "medium",
    concern: "confidentiality",
    pci: ["4.2.1"],
    remediation: "Set tlsConfig with the serverNameToVerify of the backend's certificate.",
    binding: true,
    types: ["aws:apigatewayv2/integration:Integration"],
    check: (integration) =>
      integration.get("connectionType") === "VPC_LINK"
        ? integration.expectPresent("tlsConfig")
        : [],
  }),
  resourceRule<DomainNameArgs>({
    id: "APIGateway.11",
    title: "Custom domains accept TLS 1.2 or later only",
    severity: "medium",
    concern: "confidentiality",
    pci: ["4.2.1"],
    remediation:
      'Set securityPolicy (HTTP APIs: domainNameConfiguration.securityPolicy) to "TLS_1_2".',
    binding: true,
    types: [restDomain, "aws:apigatewayv2/domainName:DomainName"],
    check: (domain) =>
      domain.resource.type === restDomain
        ? domain.expect("securityPolicy", tls12)
        : new Subject<HttpDomainNameArgs>(domain.resource).expect(
            "domainNameConfiguration.securityPolicy",
            tls12,
          ),
  }),
  resourceRule<MethodSettingsArgs>({
    id: "Api.1",
    title: "Execution logs contain no bodies of requests and responses",
    severity: "high",
    concern: "confidentiality",
    pci: ["3.2.1", "3.3.1"],
    remediation: "Leave dataTraceEnabled out, or set it to false.",
    binding: true,
    types: [methodSettings, httpStage],
    check: (settings) =>
      settings.resource.type === httpStage
        ? stageDataTrace(new Subject<HttpStageArgs>(settings.resource))
        : settings.expect("settings.dataTraceEnabled", noDataTrace),
  }),
  graphRule<StageArgs>({
    id: "Api.2",
    title: "Stages limit the rate of requests",
    severity: "medium",
    concern: "availability",
    pci: [],
    remediation:
      'Set settings.throttlingRateLimit and throttlingBurstLimit in MethodSettings with methodPath "*/*"; for HTTP and WebSocket APIs in defaultRouteSettings.',
    types: [restStage, httpStage],
    check: (stage, graph) =>
      stage.resource.type === httpStage
        ? new Subject<HttpStageArgs>(stage.resource).expect(
            "defaultRouteSettings.throttlingRateLimit",
            limit,
          )
        : restThrottling(stage.resource, graph),
  }),
  resourceRule<RestApiArgs>({
    id: "Api.5",
    title: "Default endpoints of REST APIs accept TLS 1.2 or later only",
    severity: "medium",
    concern: "confidentiality",
    pci: ["4.2.1"],
    remediation:
      'Set securityPolicy to "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09" (edge-optimized: "SecurityPolicy_TLS12_PFS_2025_EDGE") ' +
      "and endpointAccessMode; without it, whatever the custom domain accepts, all but private APIs accept TLS 1.0.",
    binding: true,
    types: [restApi],
    check: (api) =>
      api.get("endpointConfiguration.types") === "PRIVATE"
        ? api.expect("securityPolicy", byDefault(tls12))
        : api.expect("securityPolicy", tls12),
  }),
];

const noDataTrace = byDefault(equals(false));

function stageDataTrace(stage: Subject<HttpStageArgs>): Violation[] {
  return [
    ...stage.expect("defaultRouteSettings.dataTraceEnabled", noDataTrace),
    ...stage
      .list("routeSettings")
      .flatMap((_, i) => stage.expect(`routeSettings.${String(i)}.dataTraceEnabled`, noDataTrace)),
  ];
}

/** Settings of all methods must turn logs on, and none of single methods off. */
function restLogging(stage: PolicyResource, graph: PolicyGraph): Violation[] {
  const settings = settingsOf(stage, graph);
  const off = settings.filter((one) => !byDefault(logging).isMet(one.get("settings.loggingLevel")));
  const on = settings.some(
    (one) =>
      one.get("methodPath") === allMethods && logging.isMet(one.get("settings.loggingLevel")),
  );
  return [
    ...off.map(({ resource }) => violation(`${resource.name} turns the logs of a method off`)),
    ...(on ? [] : [violation(`no MethodSettings of ${allMethods} turns the stage's logs on`)]),
  ];
}

function restThrottling(stage: PolicyResource, graph: PolicyGraph): Violation[] {
  const limited = settingsOf(stage, graph).some(
    (one) =>
      one.get("methodPath") === allMethods && limit.isMet(one.get("settings.throttlingRateLimit")),
  );
  return limited ? [] : [violation(`no MethodSettings of ${allMethods} limits the rate`)];
}

/** HTTP APIs have no execution logs. */
function webSocketLogging(resource: PolicyResource, graph: PolicyGraph): Violation[] {
  const stage = new Subject<HttpStageArgs>(resource);
  return isOfWebSocket(resource, graph)
    ? stage.expect("defaultRouteSettings.loggingLevel", logging)
    : [];
}

/** The settings of a REST API's stage, for all methods or single ones. */
function settingsOf(stage: PolicyResource, graph: PolicyGraph): Subject<MethodSettingsArgs>[] {
  return ofSameApi(stage, graph, methodSettings)
    .filter(
      ({ properties, sources }) =>
        sources["stageName"]?.includes(stage.urn) === true ||
        properties["stageName"] === stage.properties["stageName"],
    )
    .map((resource) => new Subject<MethodSettingsArgs>(resource));
}

/** What belongs to the REST API that a stage is of. */
function ofSameApi(stage: PolicyResource, graph: PolicyGraph, type: string): PolicyResource[] {
  const [api] = graph.referredToBy(stage, "restApi", restApi);
  if (api !== undefined) return graph.referringTo(api, type, "restApi");
  // an API that is made elsewhere
  return graph.having(type, "restApi", new Subject<StageArgs>(stage).get("restApi"));
}
