import { ApiGatewayComponent } from "../../../lib/components/api-gateway";
import type {
  ApiGatewayComponentArgs,
  ServiceIntegration,
  UncachedRoute,
} from "../../../lib/components/api-gateway";
import { gatewayProblems } from "../../../lib/components/api-gateway/gateway-problems";
import { inRegion } from "../../../lib/core/context";
import { catalogue } from "../../../lib/catalogue";
import { maxSuffixLength } from "../../../lib/core/names";
import { accountId, region } from "../../../lib/graph/mock-aws";
import { record, valueOf } from "../../../lib/graph/record";
import type { ProgramGraph } from "../../../lib/graph/program-graph";
import { testContext } from "../context";

const payment = { name: "Payment", schema: { type: "object" } };

const routes: readonly UncachedRoute[] = [
  {
    method: "POST",
    path: "/payment",
    operation: "createPayment",
    queryParameters: [],
    requestModel: { name: "NewPayment", schema: { type: "object", required: ["amount"] } },
    responseModel: payment,
    successStatus: 201,
  },
  {
    method: "GET",
    path: "/payment",
    operation: "listPayments",
    queryParameters: ["userId", "limit"],
    responseModel: { name: "PaymentPage", schema: { type: "object" } },
    successStatus: 200,
  },
  {
    method: "GET",
    path: "/payment/{id}",
    operation: "getPayment",
    queryParameters: [],
    responseModel: payment,
    successStatus: 200,
  },
  {
    method: "POST",
    path: "/payment/{id}/capture",
    operation: "capturePayment",
    queryParameters: [],
    responseModel: payment,
    successStatus: 200,
  },
  {
    method: "GET",
    path: "/balance/{account}",
    operation: "getBalance",
    queryParameters: [],
    responseModel: { name: "Balance", schema: { type: "object" } },
    successStatus: 200,
  },
];

const invokeArn = "arn:aws:apigateway:eu-central-1:lambda:path/functions/payment/invocations";

const endpoint = { endpointId: "vpce-1", dnsName: "vpce-1.example", dnsZoneId: "ZVPCE" };
const open = { authorization: "NONE" } as const;

const newLogs = { retentionDays: 7, keyArn: "arn:key" } as const;

const build = (args: Partial<ApiGatewayComponentArgs> = {}) =>
  record(
    () =>
      new ApiGatewayComponent("payments-api", {
        context: testContext("dev"),
        purpose: "api",
        description: "Takes payments",
        routes,
        function: { name: "payment", invokeArn },
        authorization: "AWS_IAM",
        allowedOrigins: ["https://a.example"],
        throttle: { ratePerSecond: 50, burst: 100 },
        problemTypePrefix: "urn:payments:problem:",
        accessLogs: newLogs,
        executionLogs: newLogs,
        ...args,
      }),
  );

/** The graph of the arguments above; built once, since no test changes it. */
let standard: Promise<ProgramGraph<ApiGatewayComponent>> | undefined;
const built = () => (standard ??= build());

const api = (name: string) =>
  `aws:apigateway/${name}:${name.charAt(0).toUpperCase()}${name.slice(1)}`;
const logGroupType = "aws:cloudwatch/logGroup:LogGroup";
const restApi = "payments-api-rest-api-id";
const id = (name: string) => `payments-api-${name}-id`;

/** Path of every resource of a graph by its id. */
function paths(graph: ProgramGraph): Map<unknown, string> {
  const found = new Map<unknown, string>([["root", "/"]]);
  for (const { name, inputs } of graph.ofType(api("resource"))) {
    const parent = found.get(inputs["parentId"]) ?? "?";
    found.set(`${name}-id`, `${parent === "/" ? "" : parent}/${String(inputs["pathPart"])}`);
  }
  return found;
}

/** `POST /payment` and so on, of every method or integration. */
function operations(graph: ProgramGraph, type: string): string[] {
  const path = paths(graph);
  return graph
    .ofType(api(type))
    .map(
      ({ inputs }) => `${String(inputs["httpMethod"])} ${String(path.get(inputs["resourceId"]))}`,
    )
    .sort();
}

const methodsWithFunction = [
  "ANY /",
  "ANY /{proxy+}",
  "GET /balance/{account}",
  "GET /payment",
  "GET /payment/{id}",
  "POST /payment",
  "POST /payment/{id}/capture",
];
const preflights = [
  "OPTIONS /",
  "OPTIONS /balance/{account}",
  "OPTIONS /payment",
  "OPTIONS /payment/{id}",
  "OPTIONS /payment/{id}/capture",
  "OPTIONS /{proxy+}",
];

describe("a gateway's API", () => {
  it("is a regional REST API, reached by its own endpoint too", async () => {
    const graph = await built();

    expect(graph.one(api("restApi")).inputs).toEqual({
      name: "payments-dev-api-dev",
      description: "Takes payments",
      endpointConfiguration: { types: "REGIONAL" },
      securityPolicy: "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09",
      endpointAccessMode: "STRICT",
      disableExecuteApiEndpoint: false,
      tags: { ...testContext("dev").tags, Name: "payments-dev-api-dev" },
    });
    expect(await valueOf(graph.result.restApiId)).toBe(restApi);
    expect(await valueOf(graph.result.apiName)).toBe("payments-dev-api-dev");
    expect(await valueOf(graph.result.rootResourceId)).toBe("root");
    expect(await valueOf(graph.result.apiArn)).toMatch(/^arn:aws:apigateway:/);
    expect(await valueOf(graph.result.executionArn)).toBe(
      `arn:aws:execute-api:${region}:${accountId}:${restApi}`,
    );
  });

  it("is private on request: reached by an endpoint, deployed with the policy that says so", async () => {
    const graph = await build({ endpoint });
    const policy = graph.one(api("restApiPolicy"));
    const deployment = graph.one(api("deployment"));

    expect(graph.one(api("restApi")).inputs).toMatchObject({
      endpointConfiguration: { types: "PRIVATE", vpcEndpointIds: ["vpce-1"] },
      securityPolicy: "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09",
      endpointAccessMode: "STRICT",
    });
    expect(graph.dependenciesOf(deployment)).toContain(policy);
    expect(deployment.inputs["triggers"]).toMatchObject({ policy: policy.inputs["policy"] });
  });

  it("leaves who may call a private API to IAM, opens preflights, and refuses every other way in", async () => {
    const graph = await build({ endpoint });
    const { policy, restApiId } = graph.one(api("restApiPolicy")).inputs;
    const arn = `arn:aws:execute-api:${region}:${accountId}:${restApi}`;
    const invoke = "execute-api:Invoke";

    expect(restApiId).toBe(restApi);
    expect(JSON.parse(String(policy))).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "CallersOfTheAccount",
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::${accountId}:root` },
          Action: invoke,
          Resource: `${arn}/*`,
        },
        {
          Sid: "UnsignedRequests",
          Effect: "Allow",
          Principal: "*",
          Action: invoke,
          Resource: [`${arn}/*/OPTIONS/*`],
          Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } },
        },
        {
          Sid: "ByTheEndpointOnly",
          Effect: "Deny",
          Principal: "*",
          Action: invoke,
          Resource: `${arn}/*`,
          Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-1" } },
        },
      ],
    });
  });

  it.each<[string, Partial<ApiGatewayComponentArgs>, unknown]>([
    [
      "one operation",
      { routes: routes.map((one) => ({ ...one, ...(one.operation === "getPayment" && open) })) },
      [
        expect.stringContaining("/*/OPTIONS/*") as unknown,
        expect.stringContaining("/*/GET/payment/*") as unknown,
      ],
    ],
    ["all", { authorization: "NONE" }, expect.stringMatching(/:payments-api-rest-api-id\/\*$/)],
  ])(
    "lets %s of a private API be called unsigned, where its routes do",
    async (_, args, resource) => {
      const { policy } = (await build({ endpoint, ...args })).one(api("restApiPolicy")).inputs;

      expect(JSON.parse(String(policy))).toMatchObject({
        Statement: [{}, { Sid: "UnsignedRequests", Resource: resource }, {}],
      });
    },
  );

  it("has each path's segments once, shared by the paths below", async () => {
    expect([...paths(await built()).values()].sort()).toEqual([
      "/",
      "/balance",
      "/balance/{account}",
      "/payment",
      "/payment/{id}",
      "/payment/{id}/capture",
      "/{proxy+}",
    ]);
  });

  it("has a method and an integration for every route, for what has none, and for preflights", async () => {
    const graph = await built();

    expect(operations(graph, "method")).toEqual([...methodsWithFunction, ...preflights].sort());
    expect(operations(graph, "integration")).toEqual(
      [...methodsWithFunction, ...preflights].sort(),
    );
  });

  it("serves a route at the root beside the requests that no route has", async () => {
    const [first] = routes;
    const graph = await build({ routes: first === undefined ? [] : [{ ...first, path: "/" }] });

    expect(operations(graph, "method").filter((operation) => operation.endsWith(" /"))).toEqual([
      "ANY /",
      "OPTIONS /",
      "OPTIONS /",
      "POST /",
    ]);
  });

  it.each(["AWS_IAM", "NONE"] as const)(
    "asks %s of every method but the preflights",
    async (authorization) => {
      const graph = await build({ authorization });

      for (const { inputs } of graph.ofType(api("method"))) {
        expect([inputs["httpMethod"], inputs["authorization"], inputs["apiKeyRequired"]]).toEqual([
          inputs["httpMethod"],
          inputs["httpMethod"] === "OPTIONS" ? "NONE" : authorization,
          false,
        ]);
      }
    },
  );

  it("integrates each route with the function that it names, and the rest with the common one", async () => {
    const other = { name: "accounts", invokeArn: "arn:accounts" };
    const graph = await build({
      routes: routes.map((route) =>
        route.path.startsWith("/balance")
          ? { ...route, integration: { function: "accounts" } }
          : route,
      ),
      functions: { accounts: other },
    });
    const path = paths(graph);
    const accounts = graph
      .ofType(api("integration"))
      .filter(({ inputs }) => inputs["uri"] === "arn:accounts")
      .map(({ inputs }) => path.get(inputs["resourceId"]));
    const allowed = graph.ofType("aws:lambda/permission:Permission");

    expect(accounts).toEqual(["/balance/{account}"]);
    expect(allowed.map(({ inputs }) => inputs["function"]).sort()).toEqual(["accounts", "payment"]);
  });

  it.each([
    [undefined, "none"],
    [{ accounts: { name: "accounts", invokeArn: "arn:accounts" } }, "accounts"],
  ])("refuses a route whose function was not given: %j", async (functions, given) => {
    const [route] = routes;
    const routesOf =
      route === undefined ? [] : [{ ...route, integration: { function: "reports" } }];

    await expect(
      build({ routes: routesOf, ...(functions !== undefined && { functions }) }),
    ).rejects.toThrow(
      `The route ${String(route?.operation)} names the function reports; given in functions: ${given}`,
    );
  });

  it("refuses requests without their required parameters, and leaves bodies to the function", async () => {
    const graph = await built();

    expect(graph.one(api("requestValidator")).inputs).toEqual({
      restApi,
      name: "parameters",
      validateRequestParameters: true,
      validateRequestBody: false,
    });
    expect(graph.one(api("method"), "payments-api-createPayment-method").inputs).toEqual({
      restApi,
      resourceId: id("payment-resource"),
      authorization: "AWS_IAM",
      apiKeyRequired: false,
      httpMethod: "POST",
      operationName: "createPayment",
      requestValidatorId: id("validator"),
      requestParameters: {},
      requestModels: { "application/json": "NewPayment" },
    });
    expect(
      graph.one(api("method"), "payments-api-capturePayment-method").inputs["requestParameters"],
    ).toEqual({ "method.request.path.id": true });
    expect(graph.one(api("method"), "payments-api-listPayments-method").inputs).toMatchObject({
      requestParameters: {
        "method.request.querystring.userId": false,
        "method.request.querystring.limit": false,
      },
    });
  });

  it("invokes the function, with at most the timeout of API Gateway", async () => {
    const graph = await built();
    const proxies = graph
      .ofType(api("integration"))
      .filter(({ inputs }) => inputs["type"] === "AWS_PROXY");

    expect(proxies).toHaveLength(methodsWithFunction.length);
    for (const { inputs } of proxies) {
      expect(inputs).toMatchObject({
        integrationHttpMethod: "POST",
        uri: invokeArn,
        timeoutMilliseconds: 29_000,
      });
    }
  });

  it("has a shorter timeout where one is configured", async () => {
    const graph = await build({ integrationTimeoutMs: 5000 });

    expect(
      graph.one(api("integration"), "payments-api-getPayment-integration").inputs,
    ).toHaveProperty("timeoutMilliseconds", 5000);
  });

  it("has each model once, by its name, on the methods that receive or return it", async () => {
    const graph = await built();

    expect(graph.ofType(api("model")).map(({ inputs }) => inputs)).toEqual([
      {
        restApi,
        name: "NewPayment",
        contentType: "application/json",
        schema: '{"type":"object","required":["amount"]}',
      },
      { restApi, name: "Payment", contentType: "application/json", schema: '{"type":"object"}' },
      {
        restApi,
        name: "PaymentPage",
        contentType: "application/json",
        schema: '{"type":"object"}',
      },
      { restApi, name: "Balance", contentType: "application/json", schema: '{"type":"object"}' },
    ]);
    expect(
      graph
        .ofType(api("methodResponse"))
        .filter(({ inputs }) => inputs["responseModels"] !== undefined)
        .map(({ name, inputs }) => [name, inputs["statusCode"], inputs["responseModels"]])
        .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
    ).toEqual([
      ["payments-api-capturePayment-success", "200", { "application/json": "Payment" }],
      ["payments-api-createPayment-success", "201", { "application/json": "Payment" }],
      ["payments-api-getBalance-success", "200", { "application/json": "Balance" }],
      ["payments-api-getPayment-success", "200", { "application/json": "Payment" }],
      ["payments-api-listPayments-success", "200", { "application/json": "PaymentPage" }],
    ]);
  });

  it("returns its own errors as problem documents", async () => {
    const graph = await built();
    const responses = graph.ofType(api("response"));

    expect(responses.map(({ inputs }) => inputs["responseType"]).sort()).toEqual(
      gatewayProblems.map(({ responseType }) => responseType).sort(),
    );
    for (const { inputs } of responses) {
      expect(inputs).toMatchObject({
        restApiId: restApi,
        responseParameters: {
          "gatewayresponse.header.Content-Type": "'application/problem+json'",
          "gatewayresponse.header.Access-Control-Allow-Origin": "'https://a.example'",
        },
      });
    }
  });
});

describe("a preflight", () => {
  const preflightHeaders = (graph: ProgramGraph, name: string) =>
    graph.one(api("integrationResponse"), `payments-api-${name}-preflight-integration-response`)
      .inputs;

  it("gets its response from the gateway itself, with the methods of its path", async () => {
    const graph = await built();

    expect(
      graph.one(api("integration"), "payments-api-payment-preflight-integration").inputs,
    ).toEqual({
      restApi,
      resourceId: id("payment-resource"),
      httpMethod: "OPTIONS",
      type: "MOCK",
      requestTemplates: { "application/json": '{"statusCode": 200}' },
    });
    expect(preflightHeaders(graph, "payment")).toEqual({
      restApi,
      resourceId: id("payment-resource"),
      httpMethod: "OPTIONS",
      statusCode: "200",
      responseParameters: {
        "method.response.header.Access-Control-Allow-Origin": "'https://a.example'",
        "method.response.header.Access-Control-Allow-Methods": "'GET,POST,OPTIONS'",
        "method.response.header.Access-Control-Allow-Headers":
          "'Content-Type,Authorization,Idempotency-Key,X-Amz-Date,X-Amz-Security-Token,X-Amz-Content-Sha256'",
        "method.response.header.Access-Control-Max-Age": "'3600'",
      },
    });
    expect(preflightHeaders(graph, "payment-id")).toHaveProperty(
      ["responseParameters", "method.response.header.Access-Control-Allow-Methods"],
      "'GET,OPTIONS'",
    );
    expect(preflightHeaders(graph, "unknown")).toHaveProperty(
      ["responseParameters", "method.response.header.Access-Control-Allow-Methods"],
      "'GET,POST,OPTIONS'",
    );
  });

  it("declares every header of its response", async () => {
    const graph = await build({ allowedOrigins: ["https://a.example", "https://b.example"] });

    for (const { inputs } of graph.ofType(api("integrationResponse"))) {
      const declared = graph
        .ofType(api("methodResponse"))
        .find(
          (response) =>
            response.inputs["resourceId"] === inputs["resourceId"] &&
            response.inputs["httpMethod"] === "OPTIONS",
        );

      expect(declared?.inputs["responseParameters"]).toEqual(
        Object.fromEntries(
          Object.keys(inputs["responseParameters"] ?? {}).map((header) => [header, true]),
        ),
      );
    }
  });

  it("picks the caller's from several origins", async () => {
    const graph = await build({ allowedOrigins: ["https://a.example", "https://b.example"] });

    expect(preflightHeaders(graph, "payment")).toHaveProperty(
      ["responseTemplates", "application/json"],
      expect.stringContaining("['https://a.example', 'https://b.example']"),
    );
    expect(preflightHeaders(graph, "payment")).toHaveProperty(
      ["responseParameters", "method.response.header.Vary"],
      "'Origin'",
    );
  });

  it("is complete in order: method, integration and declared headers, then the response", async () => {
    const graph = await built();
    const name = "payments-api-payment-preflight";
    const method = graph.one(api("method"), `${name}-method`);
    const integration = graph.one(api("integration"), `${name}-integration`);
    const response = graph.one(api("methodResponse"), `${name}-method-response`);
    const headers = graph.one(api("integrationResponse"), `${name}-integration-response`);

    expect(graph.dependenciesOf(integration)).toContain(method);
    expect(graph.dependenciesOf(response)).toContain(method);
    expect(graph.dependenciesOf(headers)).toEqual(expect.arrayContaining([integration, response]));
  });
});

describe("a deployment", () => {
  const triggers = async (graph: Promise<ProgramGraph>) =>
    (await graph).one(api("deployment")).inputs["triggers"];
  const few = routes.filter(({ path }) => path === "/payment");
  const small = (args: Partial<ApiGatewayComponentArgs> = {}) => build({ routes: few, ...args });
  let unchanged: Promise<ProgramGraph> | undefined;
  const before = () => triggers((unchanged ??= small()));
  const changed = (change: Partial<UncachedRoute>) =>
    few.map((route) => (route.method === "GET" ? { ...route, ...change } : route));

  it("waits for everything that it deploys", async () => {
    const graph = await built();
    const types = [
      "resource",
      "method",
      "integration",
      "integrationResponse",
      "methodResponse",
      "model",
      "requestValidator",
      "response",
    ];
    const parts = types.flatMap((type) => graph.ofType(api(type)));

    expect(parts.length).toBeGreaterThan(60);
    expect(graph.dependenciesOf(graph.one(api("deployment")))).toEqual(
      expect.arrayContaining(parts),
    );
  });

  it("creates the next before it deletes the last, which the stage still serves", async () => {
    expect((await built()).one(api("deployment")).deleteBeforeReplace).toBe(false);
  });

  it("is not created again when nothing changed", async () => {
    const first = await before();

    expect(await triggers(small())).toEqual(first);
    expect(first).toMatchObject({
      definition: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
    });
  });

  it("is not created again when routes change places, or for what the stage alone has", async () => {
    const first = await before();

    expect(await triggers(small({ throttle: { ratePerSecond: 1, burst: 1 } }))).toEqual(first);
    expect(
      await triggers(small({ accessLogs: { existing: { name: "ours", arn: "arn:ours" } } })),
    ).toEqual(first);
    expect(await triggers(small({ routes: few.toReversed() }))).toEqual(first);
    expect(await triggers(small({ transform: { restApi: { tags: { Team: "ours" } } } }))).toEqual(
      first,
    );
  });

  const changes: [string, Partial<ApiGatewayComponentArgs>][] = [
    ["a route that goes", { routes: few.slice(1) }],
    ["a path", { routes: changed({ path: "/payments" }) }],
    ["an operation's name", { routes: changed({ operation: "findPayments" }) }],
    ["a query parameter", { routes: changed({ queryParameters: ["status"] }) }],
    ["a request's model", { routes: changed({ requestModel: payment }) }],
    [
      "a model's schema",
      {
        routes: changed({
          responseModel: { name: "PaymentPage", schema: { type: "string" } },
        }),
      },
    ],
    ["a success status", { routes: changed({ successStatus: 201 }) }],
    ["the authorization", { authorization: "NONE" }],
    ["an allowed origin", { allowedOrigins: ["https://b.example"] }],
    [
      "a route's function",
      {
        routes: changed({ integration: { function: "own" } }),
        functions: { own: { name: "own", invokeArn: "arn:own" } },
      },
    ],
    ["the function", { function: { name: "other", invokeArn: "arn:other" } }],
    ["the timeout", { integrationTimeoutMs: 5000 }],
    ["the API itself", { transform: { restApi: { binaryMediaTypes: ["image/png"] } } }],
  ];

  it("is created again for another method", async () => {
    const one = (method: UncachedRoute["method"]) => {
      const [route] = few;
      return triggers(small({ routes: route === undefined ? [] : [{ ...route, method }] }));
    };

    expect(await one("GET")).not.toEqual(await one("POST"));
  });

  it.each(changes)("is created again for another value of: %s", async (_what, args) => {
    expect(await triggers(small(args))).not.toEqual(await before());
  });
});

describe("a stage", () => {
  it("is named after the environment, traced, and logs every request as JSON", async () => {
    const graph = await built();
    const { inputs } = graph.one(api("stage"));
    const settings = inputs["accessLogSettings"] as { destinationArn: string; format: string };

    expect(inputs).toMatchObject({
      restApi,
      deployment: id("deployment"),
      stageName: "dev",
      xrayTracingEnabled: true,
      tags: { ...testContext("dev").tags, Name: "payments-dev-api-stage-dev" },
    });
    expect(inputs).not.toHaveProperty("cacheClusterEnabled");
    expect(settings.destinationArn).toBe(await valueOf(graph.result.accessLogGroupArn));
    expect(settings.format).not.toContain("\n");
    expect(JSON.parse(settings.format)).toEqual({
      requestId: "$context.requestId",
      extendedRequestId: "$context.extendedRequestId",
      requestTime: "$context.requestTime",
      httpMethod: "$context.httpMethod",
      resourcePath: "$context.resourcePath",
      protocol: "$context.protocol",
      tlsVersion: "$context.tlsVersion",
      status: "$context.status",
      responseLength: "$context.responseLength",
      responseLatencyMs: "$context.responseLatency",
      integrationStatus: "$context.integration.status",
      integrationLatencyMs: "$context.integrationLatency",
      errorType: "$context.error.responseType",
      sourceIp: "$context.identity.sourceIp",
      callerArn: "$context.identity.userArn",
      traceId: "$context.xrayTraceId",
    });
    expect(await valueOf(graph.result.stageName)).toBe("dev");
    expect(await valueOf(graph.result.stageArn)).toMatch(/^arn:aws:apigateway:/);
    expect(await valueOf(graph.result.invokeUrl)).toBe(
      `https://api.execute-api.${region}.amazonaws.com/dev`,
    );
  });

  it("throttles all callers together, measures, and logs errors but no bodies", async () => {
    const graph = await built();

    expect(graph.one(api("methodSettings")).inputs).toEqual({
      restApi,
      stageName: "dev",
      methodPath: "*/*",
      settings: {
        metricsEnabled: true,
        loggingLevel: "ERROR",
        dataTraceEnabled: false,
        throttlingRateLimit: 50,
        throttlingBurstLimit: 100,
      },
    });
    expect(graph.dependenciesOf(graph.one(api("methodSettings")))).toContain(
      graph.one(api("stage")),
    );
  });

  it("has both its log groups before it, encrypted and with the configured retention", async () => {
    const graph = await built();
    const groups = graph.ofType(logGroupType);
    const shared = { retentionInDays: 7, kmsKeyId: "arn:key" };
    const { tags } = testContext("dev");

    expect(groups.map(({ inputs }) => inputs)).toEqual([
      {
        ...shared,
        name: "/aws/apigateway/payments-dev-api-dev",
        tags: { ...tags, Name: "/aws/apigateway/payments-dev-api-dev" },
      },
      {
        ...shared,
        name: `API-Gateway-Execution-Logs_${restApi}/dev`,
        tags: { ...tags, Name: "payments-dev-api-execution-dev" },
      },
    ]);
    expect(graph.dependenciesOf(graph.one(api("stage")))).toEqual(expect.arrayContaining(groups));
    expect(await valueOf(graph.result.accessLogGroupName)).toBe(groups[0]?.inputs["name"]);
    expect(await valueOf(graph.result.executionLogGroupName)).toBe(groups[1]?.inputs["name"]);
    expect(await valueOf(graph.result.executionLogGroupArn)).toContain(restApi);
  });

  it("alone may run the function, before it is there", async () => {
    const graph = await built();
    const permission = graph.one("aws:lambda/permission:Permission");

    expect(permission.inputs).toEqual({
      action: "lambda:InvokeFunction",
      function: "payment",
      principal: "apigateway.amazonaws.com",
      sourceArn: `arn:aws:execute-api:${region}:${accountId}:${restApi}/dev/*/*`,
    });
    expect(graph.dependenciesOf(graph.one(api("stage")))).toContain(permission);
  });
});

const products = {
  method: "GET",
  path: "/products/{id}",
  operation: "getProduct",
  queryParameters: ["fields"],
  responseModel: { name: "Product", schema: { type: "object" } },
  successStatus: 200,
} as const satisfies UncachedRoute;

describe("a route's authorization", () => {
  const userPoolArns = ["arn:pool"];
  const method = (graph: ProgramGraph) =>
    graph.one(api("method"), "payments-api-getProduct-method").inputs;

  it("is its own where it has one", async () => {
    const graph = await build({ routes: [{ ...products, authorization: "NONE" }] });

    expect(method(graph)["authorization"]).toBe("NONE");
    expect(graph.one(api("method"), "payments-api-unknown-method").inputs).toHaveProperty(
      "authorization",
      "AWS_IAM",
    );
  });

  it("is by the API's user pools, through one authorizer of the API", async () => {
    const graph = await build({
      userPoolArns,
      authorization: "COGNITO_USER_POOLS",
      routes: [products],
    });

    expect(graph.one(api("authorizer")).inputs).toEqual({
      restApi,
      name: "user-pools",
      type: "COGNITO_USER_POOLS",
      providerArns: ["arn:pool"],
      identitySource: "method.request.header.Authorization",
    });
    expect(method(graph)).toMatchObject({
      authorization: "COGNITO_USER_POOLS",
      authorizerId: id("user-pools-authorizer"),
    });
    expect(method(graph)).not.toHaveProperty("authorizationScopes");
    expect(graph.dependenciesOf(graph.one(api("deployment")))).toContain(
      graph.one(api("authorizer")),
    );
  });

  it("asks for one of its scopes", async () => {
    const graph = await build({
      userPoolArns,
      routes: [{ ...products, authorization: { scopes: ["shop/read"] } }],
    });

    expect(method(graph)).toMatchObject({
      authorization: "COGNITO_USER_POOLS",
      authorizationScopes: ["shop/read"],
    });
  });

  it("cannot be by user pools that the API has not", async () => {
    await expect(
      build({ routes: [{ ...products, authorization: "COGNITO_USER_POOLS" }] }),
    ).rejects.toThrow("The route getProduct is authorized by user pools; userPoolArns names none");
  });
});

describe("a usage plan", () => {
  const plan = {
    description: "Partners",
    throttle: { ratePerSecond: 10, burst: 20 },
    requestsPerDay: 10_000,
    keys: { acme: "new", old: { existing: { keyId: "key-1" } } },
  } as const;
  const { tags } = testContext("dev");

  it("limits the holders of its keys on the stage", async () => {
    const graph = await build({ usagePlans: { partner: plan } });

    expect(graph.one(api("usagePlan")).inputs).toEqual({
      name: "payments-dev-api-partner-dev",
      description: "Partners",
      apiStages: [{ apiId: restApi, stage: "dev" }],
      throttleSettings: { rateLimit: 10, burstLimit: 20 },
      quotaSettings: { limit: 10_000, period: "DAY" },
      tags: { ...tags, Name: "payments-dev-api-partner-dev" },
    });
    expect(graph.dependenciesOf(graph.one(api("usagePlan")))).toContain(graph.one(api("stage")));
  });

  it("has new keys and existing ones", async () => {
    const graph = await build({ usagePlans: { partner: plan } });
    const usagePlanId = id("partner-plan");

    expect(graph.one(api("apiKey")).inputs).toEqual({
      name: "payments-dev-api-partner-acme-dev",
      description: "acme: Partners",
      tags: { ...tags, Name: "payments-dev-api-partner-acme-dev" },
    });
    const planKey = (key: string) =>
      graph.one(api("usagePlanKey"), `payments-api-partner-${key}-plan-key`).inputs;

    expect(planKey("acme")).toEqual({
      keyId: id("partner-acme-key"),
      keyType: "API_KEY",
      usagePlanId,
    });
    expect(planKey("old")).toEqual({ keyId: "key-1", keyType: "API_KEY", usagePlanId });
  });

  it("sets no limit a day where there is none", async () => {
    const graph = await build({ usagePlans: { partner: { ...plan, requestsPerDay: null } } });

    expect(graph.one(api("usagePlan")).inputs).not.toHaveProperty("quotaSettings");
  });

  it("is for the routes that require a key, beside their authorization", async () => {
    const graph = await build({ routes: [{ ...products, apiKeyRequired: true }] });

    expect(graph.one(api("method"), "payments-api-getProduct-method").inputs).toMatchObject({
      apiKeyRequired: true,
      authorization: "AWS_IAM",
    });
  });
});

describe("a stage's cache", () => {
  const cached = {
    ...products,
    method: "GET",
    authorization: "NONE",
    cacheSeconds: 60,
  } as const;
  const integration = (graph: ProgramGraph) =>
    graph.one(api("integration"), "payments-api-getProduct-integration").inputs;

  it("stores the responses of cached routes, encrypted, and unauthorized callers cannot invalidate it", async () => {
    const graph = await build({ cacheSizeGb: "0.5", routes: [cached, ...routes] });
    const own = graph.one(api("methodSettings"), "payments-api-getProduct-settings");

    expect(graph.one(api("stage")).inputs).toMatchObject({
      cacheClusterEnabled: true,
      cacheClusterSize: "0.5",
    });
    expect(graph.ofType(api("methodSettings"))).toHaveLength(2);
    expect(own.inputs).toEqual({
      restApi,
      stageName: "dev",
      methodPath: "products/{id}/GET",
      settings: {
        metricsEnabled: true,
        loggingLevel: "ERROR",
        dataTraceEnabled: false,
        throttlingRateLimit: 50,
        throttlingBurstLimit: 100,
        cachingEnabled: true,
        cacheTtlInSeconds: 60,
        cacheDataEncrypted: true,
        requireAuthorizationForCacheControl: true,
        unauthorizedCacheControlHeaderStrategy: "SUCCEED_WITHOUT_RESPONSE_HEADER",
      },
    });
    expect(graph.dependenciesOf(own)).toContain(
      graph.one(api("methodSettings"), "payments-api-method-settings"),
    );
  });

  it("names the root's method as AWS does", async () => {
    const graph = await build({ cacheSizeGb: "0.5", routes: [{ ...cached, path: "/" }] });

    expect(
      graph.one(api("methodSettings"), "payments-api-getProduct-settings").inputs["methodPath"],
    ).toBe("~1/GET");
  });

  it("distinguishes responses by every path and query parameter", async () => {
    const graph = await build({ routes: [cached] });

    expect(integration(graph)["cacheKeyParameters"]).toEqual([
      "method.request.path.id",
      "method.request.querystring.fields",
    ]);
    expect(graph.ofType(api("methodSettings"))).toHaveLength(1);
  });

  it.each([
    [["https://a.example", "https://b.example"], true],
    [["https://a.example", "*"], false],
  ])(
    "distinguishes them by origin where responses name one of several: %j",
    async (origins, apart) => {
      const graph = await build({ routes: [cached], allowedOrigins: origins });
      const parameters = graph.one(api("method"), "payments-api-getProduct-method").inputs[
        "requestParameters"
      ];
      const keys = [
        "method.request.path.id",
        "method.request.querystring.fields",
        ...(apart ? ["method.request.header.Origin"] : []),
      ];

      expect(integration(graph)["cacheKeyParameters"]).toEqual(keys);
      expect(Object.keys(parameters ?? {}).sort()).toEqual(keys.toSorted());
    },
  );
});

describe("a service integration", () => {
  const kinesis: ServiceIntegration = {
    service: "kinesis",
    action: "PutRecords",
    roleArn: "arn:role",
    contentType: "application/x-amz-json-1.1",
    requestTemplate: '{"StreamName":"intake"}',
    responseTemplate: '{"accepted":true}',
  };
  const intake: UncachedRoute = {
    method: "POST",
    path: "/intake",
    operation: "takePayments",
    integration: kinesis,
    queryParameters: [],
    requestModel: { name: "Intake", schema: { type: "object" } },
    responseModel: { name: "Accepted", schema: { type: "object" } },
    successStatus: 202,
  };
  /** An API without a function. */
  const built = (context = testContext("dev")) =>
    record(
      () =>
        new ApiGatewayComponent("payments-api", {
          context,
          purpose: "intake",
          description: "Takes much",
          stageName: "v1",
          routes: [intake],
          authorization: "AWS_IAM",
          allowedOrigins: ["https://a.example"],
          allowedHeaders: ["X-Api-Key"],
          problemTypePrefix: "urn:intake:problem:",
          throttle: { ratePerSecond: 50, burst: 100 },
          accessLogs: newLogs,
          executionLogs: newLogs,
        }),
    );
  const target = { restApi, resourceId: id("intake-resource"), httpMethod: "POST" };
  const inputs = (graph: ProgramGraph, type: string, name: string) =>
    graph.one(api(type), `payments-api-takePayments-${name}`).inputs;

  it("calls the action with its role, and takes JSON alone", async () => {
    expect(inputs(await built(), "integration", "integration")).toEqual({
      ...target,
      type: "AWS",
      integrationHttpMethod: "POST",
      uri: `arn:aws:apigateway:${region}:kinesis:action/PutRecords`,
      credentials: "arn:role",
      passthroughBehavior: "NEVER",
      requestParameters: {
        "integration.request.header.Content-Type": "'application/x-amz-json-1.1'",
      },
      requestTemplates: { "application/json": '{"StreamName":"intake"}' },
      timeoutMilliseconds: 29_000,
    });
  });

  it("leaves bodies that do not match to the gateway, for no function checks them", async () => {
    const graph = await built();

    expect(inputs(graph, "method", "method")["requestValidatorId"]).toBe(id("body-validator"));
    expect(graph.one(api("requestValidator"), "payments-api-body-validator").inputs).toEqual({
      restApi,
      name: "body",
      validateRequestParameters: true,
      validateRequestBody: true,
    });
  });

  it("maps success by its template, and all else to a problem that may be retried", async () => {
    const graph = await built();
    const headers = (contentType: string) => ({
      "method.response.header.Content-Type": `'${contentType}'`,
      "method.response.header.Access-Control-Allow-Origin": "'https://a.example'",
    });
    const declared = {
      "method.response.header.Content-Type": true,
      "method.response.header.Access-Control-Allow-Origin": true,
    };

    expect(inputs(graph, "methodResponse", "success")).toEqual({
      ...target,
      statusCode: "202",
      responseModels: { "application/json": "Accepted" },
      responseParameters: declared,
    });
    expect(inputs(graph, "integrationResponse", "success-integration-response")).toEqual({
      ...target,
      statusCode: "202",
      selectionPattern: "200",
      responseParameters: headers("application/json"),
      responseTemplates: { "application/json": '{"accepted":true}' },
    });
    expect(inputs(graph, "methodResponse", "unavailable")).toEqual({
      ...target,
      statusCode: "503",
      responseModels: {},
      responseParameters: declared,
    });
    expect(inputs(graph, "integrationResponse", "unavailable-integration-response")).toEqual({
      ...target,
      statusCode: "503",
      responseParameters: headers("application/problem+json"),
      responseTemplates: {
        "application/json": JSON.stringify({
          type: "urn:intake:problem:unavailable",
          title: "Something that the service needs is not there",
          status: 503,
          detail: "The request was not taken. It may be repeated.",
          requestId: "$context.requestId",
        }),
      },
    });
  });

  it("needs no function: of unknown paths the gateway itself says that they may be unknown", async () => {
    const graph = await built();

    expect(operations(graph, "method")).toEqual(["OPTIONS /intake", "POST /intake"]);
    expect(graph.ofType("aws:lambda/permission:Permission")).toEqual([]);
    expect(
      graph.one(api("response"), "payments-api-missing-authentication-token-response").inputs,
    ).toHaveProperty(
      ["responseTemplates", "application/json"],
      expect.stringContaining("There is no such route"),
    );
  });

  it("does not do for a route that a function should handle", async () => {
    await expect(
      record(
        () =>
          new ApiGatewayComponent("payments-api", {
            context: testContext("dev"),
            purpose: "intake",
            description: "Takes much",
            routes: [products],
            authorization: "AWS_IAM",
            allowedOrigins: [],
            problemTypePrefix: "urn:intake:problem:",
            throttle: { ratePerSecond: 50, burst: 100 },
            accessLogs: newLogs,
            executionLogs: newLogs,
          }),
      ),
    ).rejects.toThrow("The route getProduct names no function, and the API has no common one");
  });

  it("stands with its whole API in the region of its context, under names of its purpose", async () => {
    const graph = await built(inRegion(testContext("dev"), "us-west-2"));

    expect(graph.one(api("restApi")).inputs).toMatchObject({
      name: "payments-dev-intake-usw2-dev",
      description: "Takes much",
    });
    expect(graph.one(api("stage")).inputs["stageName"]).toBe("v1");
    expect(inputs(graph, "integration", "integration")["uri"]).toBe(
      "arn:aws:apigateway:us-west-2:kinesis:action/PutRecords",
    );
    for (const resource of graph.childrenOf(graph.one("payments:api:Gateway"))) {
      expect([resource.name, resource.inputs["region"]]).toEqual([resource.name, "us-west-2"]);
    }
  });
});

describe("a gateway", () => {
  it("has the timeout of a route", async () => {
    const graph = await build({ routes: [{ ...products, integration: { timeoutMs: 2000 } }] });

    expect(
      graph.one(api("integration"), "payments-api-getProduct-integration").inputs,
    ).toMatchObject({ uri: invokeArn, timeoutMilliseconds: 2000 });
  });

  it("logs requests into an existing group, and then creates none for them", async () => {
    const existing = { name: "ours", arn: "arn:ours" };
    const graph = await build({ accessLogs: { existing } });

    expect(graph.ofType(logGroupType)).toHaveLength(1);
    expect(await valueOf(graph.result.accessLogGroupName)).toBe("ours");
    expect(await valueOf(graph.result.accessLogGroupArn)).toBe("arn:ours");
  });

  it("can be changed by transforms", async () => {
    const graph = await build({
      transform: {
        restApi: { description: "Ours" },
        stage: { xrayTracingEnabled: false },
        methodSettings: (settings) => ({ ...settings, methodPath: "payment/POST" }),
      },
    });

    expect(graph.one(api("restApi")).inputs["description"]).toBe("Ours");
    expect(graph.one(api("stage")).inputs["xrayTracingEnabled"]).toBe(false);
    expect(graph.one(api("methodSettings")).inputs["methodPath"]).toBe("payment/POST");
  });

  it("is the parent of all its resources", async () => {
    const graph = await built();
    const component = graph.one("payments:api:Gateway");

    expect(graph.childrenOf(component)).toHaveLength(graph.resources.length - 1);
  });

  it("has names within AWS's limits for the longest suffix", async () => {
    const suffix = "s".repeat(maxSuffixLength);
    const graph = await build({ context: testContext("staging", suffix) });

    for (const { type, inputs } of graph.resources) {
      const limit = catalogue[type]?.nameLimit;
      const name = limit === undefined ? "" : String(inputs[limit.argument]);

      expect(name.length).toBeLessThanOrEqual(limit?.max ?? 0);
    }
  });
});
