import { paymentStatuses } from "../../../../lib/lambda/payments/domain/payment";
import { storedStatus } from "../../../../lib/lambda/payments/store/status-shard";
import type { ProgramGraph } from "../../../../lib/graph/program-graph";
import { valueOf } from "../../../../lib/graph/record";
import type { PaymentStackOutputs } from "../../../../lib/payment-stack";
import { recordProgram } from "../../environments";

const pool = "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_AbCdEfGhI";

/** dev with the storefront, and some of its settings. */
const withStorefront = (settings: Readonly<Record<string, unknown>> = {}) =>
  recordProgram("dev", {
    with: ["storefront"],
    config: { "payments:storefront": JSON.stringify(settings) },
  });

/** How the methods of the storefront's API are authorized, but for preflights. */
const authorizations = (graph: ProgramGraph) =>
  Object.fromEntries(
    graph
      .ofType("aws:apigateway/method:Method")
      .filter(({ name, inputs }) => name.includes("-shop-") && inputs["httpMethod"] !== "OPTIONS")
      .map(({ name, inputs }) => [
        name.replace(/^payments-shop-api-(.*)-method$/, "$1"),
        inputs["authorization"],
      ]),
  );

const userPoolOutputs = async ({ result }: ProgramGraph<PaymentStackOutputs>) => {
  const { UserPoolId, UserPoolArn, UserPoolClientId, UserPoolIssuer } = result;
  const values = [UserPoolId, UserPoolArn, UserPoolClientId, UserPoolIssuer];
  return Promise.all(
    values.map(async (output) => (output === undefined ? undefined : valueOf(output))),
  );
};

describe("a stack with the storefront", () => {
  it("lets everybody browse, and users of its own pool do the rest", async () => {
    const graph = await withStorefront();
    const open = Object.entries(authorizations(graph)).filter(([, by]) => by === "NONE");

    expect(open.map(([operation]) => operation).sort()).toEqual(["browseProducts", "getProduct"]);
    expect(new Set(Object.values(authorizations(graph)))).toEqual(
      new Set(["NONE", "COGNITO_USER_POOLS"]),
    );
    expect(graph.ofType("aws:cognito/userPool:UserPool")).toHaveLength(1);
    expect(graph.one("aws:apigateway/authorizer:Authorizer").inputs["providerArns"]).toHaveLength(
      1,
    );
  });

  it("hears of payments that name an order, in every status but AUTHORIZED, whatever the status' shard", async () => {
    const graph = await withStorefront();
    const { inputs } = graph.one(
      "aws:lambda/eventSourceMapping:EventSourceMapping",
      "payments-orders-stream-mapping",
    );
    const { filterCriteria } = inputs as {
      filterCriteria: { filters: [{ pattern: string }] };
    };
    const { dynamodb } = JSON.parse(filterCriteria.filters[0].pattern) as {
      dynamodb: { NewImage: { metadata: unknown; status: { S: { prefix: string }[] } } };
    };
    const { metadata, status } = dynamodb.NewImage;
    const passes = (stored: string) => status.S.some(({ prefix }) => stored.startsWith(prefix));

    expect(Object.keys(dynamodb)).toEqual(["NewImage"]);
    expect(metadata).toEqual({ M: { orderId: { S: [{ prefix: "ord_" }] } } });
    for (const shard of [0, 1, 200]) {
      const stopped = paymentStatuses.filter((one) => !passes(storedStatus(one, shard)));
      expect(stopped).toEqual(["AUTHORIZED"]);
    }
  });

  it("takes the tokens of an existing pool, whose accounts it does not delete", async () => {
    const graph = await withStorefront({ userPoolArn: pool });
    const { inputs } = graph.one("aws:lambda/function:Function", "payments-users-function");
    const policy = graph.one("aws:iam/rolePolicy:RolePolicy", "payments-users-policy");

    expect(graph.ofType("aws:cognito/userPool:UserPool")).toEqual([]);
    expect(graph.one("aws:apigateway/authorizer:Authorizer").inputs["providerArns"]).toEqual([
      pool,
    ]);
    expect(JSON.stringify(policy.inputs)).not.toContain("cognito-idp");
    expect(JSON.stringify(inputs)).not.toContain("USER_POOL_ID");
    expect(await userPoolOutputs(graph)).toEqual([
      "us-east-1_AbCdEfGhI",
      pool,
      undefined,
      undefined,
    ]);
  });

  it("lets services of one's own call, which sign every request, and has no pool", async () => {
    const graph = await withStorefront({ authorization: "AWS_IAM" });

    expect(new Set(Object.values(authorizations(graph)))).toEqual(new Set(["AWS_IAM"]));
    expect(graph.ofType("aws:cognito/userPool:UserPool")).toEqual([]);
    expect(graph.ofType("aws:apigateway/authorizer:Authorizer")).toEqual([]);
    expect(await userPoolOutputs(graph)).toEqual(Array(4).fill(undefined));
  });

  it("has a domain of its own, unless it is told not to", async () => {
    const domains = (graph: ProgramGraph) =>
      graph
        .ofType("aws:apigateway/domainName:DomainName")
        .map(({ inputs }) => inputs["domainName"]);

    expect(domains(await withStorefront()).sort()).toEqual([
      "api-dev-123456789012.payments.internal",
      "shop-dev-123456789012.payments.internal",
    ]);
    expect(domains(await withStorefront({ customDomain: null }))).toEqual([
      "api-dev-123456789012.payments.internal",
    ]);
  });

  it("has a record of its domain in a zone that is given, and no zone of its own", async () => {
    const graph = await withStorefront({ hostedZoneId: "Z0123456789ABC" });

    expect(graph.one("aws:route53/record:Record").inputs).toMatchObject({
      zoneId: "Z0123456789ABC",
      name: "shop-dev-123456789012.payments.internal",
    });
    expect(graph.ofType("aws:route53/zone:Zone")).toEqual([]);
  });

  it("asks for an order's payment as one caller, for a key belongs to its caller", async () => {
    const graph = await withStorefront();
    const callers = graph
      .ofType("aws:iam/rolePolicy:RolePolicy")
      .filter(({ inputs }) => JSON.stringify(inputs).includes("/POST/payment"));
    const roleOf = (name: string) =>
      graph.one("aws:lambda/function:Function", `payments-${name}-function`).inputs["role"];

    expect(callers.map(({ name }) => name)).toEqual(["payments-orders-policy"]);
    expect(roleOf("expire-orders")).toBe(roleOf("orders"));
    expect(roleOf("settle-orders")).not.toBe(roleOf("orders"));
  });

  it("has provisioned tables, whose capacity is autoscaling's from then on", async () => {
    const graph = await withStorefront();
    const provisioned = graph
      .ofType("aws:dynamodb/table:Table")
      .filter(({ inputs }) => inputs["billingMode"] === "PROVISIONED");

    expect(provisioned.map(({ name }) => name).sort()).toEqual([
      "payments-orders-table-orders",
      "payments-products-table-products",
      "payments-users-table-users",
    ]);
    for (const { inputs, ignoreChanges } of provisioned) {
      expect([inputs["readCapacity"], inputs["writeCapacity"]]).toEqual([5, 5]);
      expect(ignoreChanges).toContain("globalSecondaryIndexes[*].writeCapacity");
    }
    // three tables and four indexes, each for reading and for writing
    expect(graph.ofType("aws:appautoscaling/policy:Policy")).toHaveLength(14);
    for (const { inputs } of graph.ofType("aws:appautoscaling/target:Target"))
      expect([inputs["minCapacity"], inputs["maxCapacity"]]).toEqual([5, 10]);
  });

  it("hears of payments by their table's stream, behind the ledger", async () => {
    const graph = await withStorefront();
    const streams = graph
      .ofType("aws:lambda/eventSourceMapping:EventSourceMapping")
      .map(({ inputs }) => inputs["eventSourceArn"]);

    // DynamoDB lets two consumers read a stream
    expect(streams).toHaveLength(2);
    expect(new Set(streams).size).toBe(1);
  });
});

describe("a stack without the storefront", () => {
  it("has none of it", async () => {
    const graph = await recordProgram("dev");
    const names = graph.resources.map(({ name }) => name);

    expect(names.filter((name) => /shop|orders|products|users/.test(name))).toEqual([]);
    expect(Object.keys(graph.result).filter((name) => /^[A-Z]/.test(name))).toEqual([]);
  });
});
