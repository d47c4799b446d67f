import { tokens } from "../../../lib/diagram/tokens";
import type { RecordedResource } from "../../../lib/graph/program-graph";
import { diagram, resource } from "./test-diagram";

const titles = (...resources: readonly RecordedResource[]) =>
  diagram(...resources).nodes.map(({ title }) => title);
const details = (...resources: readonly RecordedResource[]) =>
  diagram(...resources).nodes[0]?.details;

describe("nodes", () => {
  it("are named as in their component, or as it, if their own name is only their kind", () => {
    const stack = resource("acme:index:Shop", "shop");
    const orders = resource("acme:index:Orders", "shop-orders", { parent: "shop" });
    const inOrders = { parent: "shop-orders" };

    expect(
      titles(
        stack,
        orders,
        resource(tokens.function, "shop-orders-function", inOrders),
        resource(tokens.table, "shop-orders-open-carts", inOrders),
        resource(tokens.bucket, "invoices", inOrders),
        resource(tokens.secret, "alone-here"),
      ),
    ).toEqual(["orders", "open carts", "invoices", "alone here"]);
  });

  it("are the same in whatever order a program registers its resources", () => {
    const some = [
      resource(tokens.table, "one"),
      resource(tokens.table, "two"),
      resource(tokens.bucket, "three"),
    ];

    expect(diagram(...some)).toEqual(diagram(...[...some].reverse()));
  });

  it("merge what is alike, and say how much it is", () => {
    const nat = (name: string) => resource(tokens.natGateway, name);

    expect(titles(nat("a"), nat("b"), resource(tokens.key, "key"))).toEqual([
      "2 gateways",
      "1 key",
    ]);
    expect(titles(resource(tokens.logGroup, "logs"))).toEqual(["1 log group"]);
    expect(
      diagram(
        resource(tokens.alarm, "a"),
        resource(tokens.alarm, "b"),
        resource(tokens.logGroup, "l"),
      ).nodes[0],
    ).toMatchObject({ title: "2 alarms", details: ["1 log group"], resources: ["l", "a", "b"] });
  });

  it("show a table's settings", () => {
    const inputs = {
      billingMode: "PAY_PER_REQUEST",
      globalSecondaryIndexes: [{}],
      pointInTimeRecovery: { enabled: true },
    };

    expect(details(resource(tokens.table, "t", { inputs }))).toEqual([
      "on demand",
      "1 index",
      "point-in-time recovery",
    ]);
    expect(
      details(resource(tokens.table, "t", { inputs: { globalSecondaryIndexes: [{}, {}] } })),
    ).toEqual(["provisioned", "2 indexes"]);
  });

  it("show a user pool's groups and second factor", () => {
    const pool = (mfaConfiguration?: string) =>
      details(
        resource(tokens.userPool, "users", { inputs: { mfaConfiguration } }),
        resource(tokens.userGroup, "admins", { from: { userPoolId: ["users"] } }),
      );

    expect(pool("OPTIONAL")).toEqual(["1 group", "second factor optional"]);
    expect(pool("ON")).toEqual(["1 group", "second factor required"]);
    expect(pool()).toEqual(["1 group"]);
  });

  it("show a database's settings", () => {
    const database = (inputs: Record<string, unknown>) =>
      diagram(resource(tokens.database, "db", { inputs })).nodes[0];

    expect(
      database({
        engine: "postgres",
        instanceClass: "db.m6g.large",
        multiAz: true,
        backupRetentionPeriod: 7,
      }),
    ).toMatchObject({
      service: "RDS PostgreSQL",
      details: ["db.m6g.large", "Multi-AZ", "backups 7 days"],
    });
    expect(database({ engine: "mariadb", multiAz: false, backupRetentionPeriod: 1 })).toMatchObject(
      {
        service: "RDS mariadb",
        details: ["", "backups 1 day"],
      },
    );
  });

  it("show that keys are rotated, where all are", () => {
    const key = (name: string, enableKeyRotation: boolean) =>
      resource(tokens.key, name, { inputs: { enableKeyRotation } });

    expect(details(key("a", true))).toEqual(["rotated every year"]);
    expect(details(key("a", true), key("b", false))).toEqual([]);
  });

  it("show a topic's number of subscribers", () => {
    const topic = resource(tokens.topic, "alarms");
    const subscription = resource(tokens.subscription, "mail", { from: { topic: ["alarms"] } });

    expect(details(topic)).toEqual(["no subscriber yet"]);
    expect(details(topic, subscription)).toEqual(["1 subscriber"]);
  });

  it("show whether a zone is private", () => {
    const zone = (inputs: Record<string, unknown>) =>
      titles(resource(tokens.zone, "z", { inputs }));

    expect(zone({ vpcs: [{}] })).toEqual(["private zone"]);
    expect(zone({})).toEqual(["public zone"]);
  });

  it("show a schedule's expression", () => {
    const schedule = (scheduleExpression: string) =>
      details(resource(tokens.eventRule, "s", { inputs: { scheduleExpression } }));

    expect(schedule("rate(5 minutes)")).toEqual(["every 5 minutes"]);
    expect(schedule("rate(1 hour)")).toEqual(["every hour"]);
    expect(schedule("cron(0 3 * * ? *)")).toEqual(["cron(0 3 * * ? *)"]);
  });

  it("show a web ACL's rules, and the rate that they allow", () => {
    const rules = [
      { statement: { rateBasedStatement: { limit: 2000 } } },
      { statement: { managedRuleGroupStatement: {} } },
      { statement: "unknown" },
      "unknown",
    ];

    expect(details(resource(tokens.webAcl, "acl", { inputs: { rules } }))).toEqual([
      "4 rules",
      "2,000 requests an IP",
    ]);
    expect(details(resource(tokens.webAcl, "acl"))).toEqual([]);
  });

  it("name the service that an endpoint leads to", () => {
    const endpoint = (serviceName: string) =>
      titles(resource(tokens.endpoint, "e", { inputs: { serviceName } }));

    expect(endpoint("com.amazonaws.eu-central-1.dynamodb")).toEqual(["DynamoDB"]);
    expect(endpoint("com.amazonaws.eu-central-1.sqs")).toEqual(["sqs"]);
  });

  it("show callers of an API, and whether they sign all requests", () => {
    const api = resource(tokens.restApi, "api");
    const method = (httpMethod: string, authorization: string) =>
      resource(tokens.method, httpMethod, {
        inputs: { httpMethod, authorization },
        from: { restApi: ["api"] },
      });
    const callers = (...resources: readonly RecordedResource[]) =>
      diagram(...resources).nodes.find(({ id }) => id === "callers")?.service;

    expect(callers(api, method("GET", "AWS_IAM"), method("OPTIONS", "NONE"))).toBe(
      "sign every request",
    );
    expect(callers(api, method("GET", "NONE"))).toBe("outside of AWS");
    expect(callers(resource(tokens.table, "t"))).toBeUndefined();
  });

  it("tell the APIs and web ACLs of a stack apart by their components", () => {
    const stack = resource("acme:index:Shop", "acme");
    const inStack = (name: string, type: string, child: string) => [
      resource("acme:index:Part", `acme-${name}`, { parent: "acme" }),
      resource(type, `acme-${name}-${child}`, { parent: `acme-${name}` }),
    ];
    const all = titles(
      stack,
      ...inStack("api", tokens.restApi, "rest-api"),
      ...inStack("shop-api", tokens.restApi, "rest-api"),
      ...inStack("waf", tokens.webAcl, "web-acl"),
      ...inStack("shop-waf", tokens.webAcl, "web-acl"),
    );

    expect(all).toEqual(["REST API", "shop REST API", "shop web ACL", "web ACL", "Callers"]);
  });

  it("count the alarms that monitor them", () => {
    const table = resource(tokens.table, "table");
    const alarm = (name: string, from: Record<string, string[]>) =>
      resource(tokens.alarm, name, { from });

    expect(
      diagram(
        table,
        alarm("a", { dimensions: ["table"] }),
        alarm("b", { metricQueries: ["table"] }),
        alarm("c", { dimensions: ["another"], alarmActions: ["table"] }),
      ).nodes[0]?.alarms,
    ).toBe(2);
  });

  it("are marked if a key of the stack's own encrypts them", () => {
    const key = resource(tokens.key, "key");
    const bucket = resource(tokens.bucket, "bucket");
    const encryption = resource(tokens.bucketEncryption, "encryption", {
      from: { bucket: ["bucket"], rules: ["key"] },
    });
    const encrypted = (...resources: readonly RecordedResource[]) =>
      diagram(...resources).nodes[0]?.encrypted;

    expect(encrypted(bucket, key, encryption)).toBe(true);
    expect(encrypted(bucket, key)).toBe(false);
    expect(encrypted(resource(tokens.table, "t", { from: { kms: ["key"] } }), key)).toBe(true);
  });

  it("show the master password that RDS manages for a database, if it does", () => {
    const database = (manageMasterUserPassword: boolean, from = {}) =>
      diagram(
        resource(tokens.database, "db", { inputs: { manageMasterUserPassword }, from }),
      ).nodes.find(({ id }) => id === "secret:db");

    expect(database(false)).toBeUndefined();
    expect(database(true)).toMatchObject({ title: "master password", encrypted: false });
    expect(database(true, { masterUserSecretKmsKeyId: ["key"] })?.encrypted).toBe(true);
  });
});

describe("what is no node", () => {
  it("is counted by type: details, and what the picture does not know", () => {
    const {
      resources,
      details: ofDetails,
      unknown,
      nodes,
    } = diagram(
      resource("aws:s3/bucketPolicy:BucketPolicy", "policy"),
      resource("aws:sqs/queue:Queue", "one"),
      resource("aws:sqs/queue:Queue", "two"),
      resource("aws-native:s3:Bucket", "native", { inputs: { bucketName: "native" } }),
    );

    expect(nodes).toEqual([]);
    expect(resources).toBe(4);
    expect(ofDetails).toEqual({ "aws:s3/bucketPolicy:BucketPolicy": 1 });
    expect(unknown).toEqual({ "aws-native:s3:Bucket": 1, "aws:sqs/queue:Queue": 2 });
  });

  it("does not count components, stacks and providers", () => {
    expect(
      diagram(
        resource("acme:index:Shop", "shop"),
        resource("pulumi:pulumi:Stack", "stack"),
        resource("pulumi:providers:aws", "aws", { inputs: { region: "eu-central-1" } }),
      ),
    ).toMatchObject({ resources: 0, unknown: {} });
  });
});
