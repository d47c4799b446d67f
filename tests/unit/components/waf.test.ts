import * as pulumi from "@pulumi/pulumi";
import { WafComponent } from "../../../lib/components/waf";
import type { WafComponentArgs } from "../../../lib/components/waf";
import { inRegion } from "../../../lib/core/context";
import { catalogue } from "../../../lib/catalogue";
import { maxSuffixLength } from "../../../lib/core/names";
import { region } from "../../../lib/graph/mock-aws";
import { record, valueOf } from "../../../lib/graph/record";
import { testContext } from "../context";

const build = (args: Partial<WafComponentArgs> = {}) =>
  record(
    () =>
      new WafComponent("payments-waf", {
        context: testContext("prod"),
        purpose: "waf",
        description: "Stands before the payments API",
        stageArn: "arn:stage",
        rateLimit: 2000,
        logs: { retentionDays: 90, keyArn: "arn:key" },
        ...args,
      }),
  );

const webAclType = "aws:wafv2/webAcl:WebAcl";
const logGroupType = "aws:cloudwatch/logGroup:LogGroup";
const loggingType = "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration";

const visibility = (metricName: string) => ({
  metricName,
  cloudwatchMetricsEnabled: true,
  sampledRequestsEnabled: true,
});

describe("a web ACL", () => {
  it("lets through what no rule blocks: a limit for each address first, then AWS's rules", async () => {
    const { inputs } = (await build()).one(webAclType);

    expect(inputs).toEqual({
      name: "payments-prod-waf-prod",
      description: "Stands before the payments API",
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      visibilityConfig: visibility("payments-prod-waf-prod"),
      associationConfig: {
        requestBodies: [{ apiGateway: { defaultSizeInspectionLimit: "KB_16" } }],
      },
      rules: [
        {
          name: "rate-limit",
          priority: 0,
          action: { block: {} },
          statement: {
            rateBasedStatement: { aggregateKeyType: "IP", limit: 2000, evaluationWindowSec: 300 },
          },
          visibilityConfig: visibility("payments-prod-waf-prod-rate-limit"),
        },
        {
          name: "AWSManagedRulesCommonRuleSet",
          priority: 1,
          overrideAction: { none: {} },
          statement: {
            managedRuleGroupStatement: {
              vendorName: "AWS",
              name: "AWSManagedRulesCommonRuleSet",
              ruleActionOverrides: [{ name: "SizeRestrictions_BODY", actionToUse: { count: {} } }],
            },
          },
          visibilityConfig: visibility("payments-prod-waf-prod-AWSManagedRulesCommonRuleSet"),
        },
        {
          name: "AWSManagedRulesKnownBadInputsRuleSet",
          priority: 2,
          overrideAction: { none: {} },
          statement: {
            managedRuleGroupStatement: {
              vendorName: "AWS",
              name: "AWSManagedRulesKnownBadInputsRuleSet",
            },
          },
          visibilityConfig: visibility(
            "payments-prod-waf-prod-AWSManagedRulesKnownBadInputsRuleSet",
          ),
        },
      ],
      tags: { ...testContext("prod").tags, Name: "payments-prod-waf-prod" },
    });
  });

  it("limits at the configured rate, in the configured window", async () => {
    const graph = await build({ rateLimit: 100, rateWindowSeconds: 60 });

    expect(graph.one(webAclType).inputs).toHaveProperty("rules.0.statement.rateBasedStatement", {
      aggregateKeyType: "IP",
      limit: 100,
      evaluationWindowSec: 60,
    });
  });

  it("blocks what is not signed above the limit, and counts what is, where that is asked for", async () => {
    const graph = await build({ signedRequests: "count" });
    const { rules } = graph.one(webAclType).inputs as { rules: Record<string, unknown>[] };
    const signed = {
      byteMatchStatement: {
        fieldToMatch: { singleHeader: { name: "authorization" } },
        positionalConstraint: "STARTS_WITH",
        searchString: "AWS4-",
        textTransformations: [{ priority: 0, type: "NONE" }],
      },
    };
    const limit = { aggregateKeyType: "IP", limit: 2000, evaluationWindowSec: 300 };

    expect(rules.map(({ name, priority }) => [name, priority])).toEqual([
      ["rate-limit", 0],
      ["rate-limit-signed", 1],
      ["AWSManagedRulesCommonRuleSet", 2],
      ["AWSManagedRulesKnownBadInputsRuleSet", 3],
    ]);
    expect(rules[0]).toMatchObject({
      action: { block: {} },
      statement: {
        rateBasedStatement: {
          ...limit,
          scopeDownStatement: { notStatement: { statement: signed } },
        },
      },
    });
    expect(rules[1]).toMatchObject({
      action: { count: {} },
      statement: { rateBasedStatement: { ...limit, scopeDownStatement: signed } },
    });
  });

  it.each([
    ["block", undefined],
    ["count", "payments-prod-waf-prod-rate-limit-signed"],
  ] as const)(
    "says by which metrics its rules are found that %s signed requests",
    async (signedRequests, rule) => {
      const { blocked, signedAboveLimit } = (await build({ signedRequests })).result.metrics;
      const of = { namespace: "AWS/WAFV2" };
      const { Region, ...dimensions } = blocked.dimensions;

      expect(blocked).toMatchObject({ ...of, metricName: "BlockedRequests" });
      expect(dimensions).toEqual({ WebACL: "payments-prod-waf-prod", Rule: "ALL" });
      expect(await valueOf(pulumi.output(Region))).toBe(region);
      expect(signedAboveLimit?.dimensions["Rule"]).toBe(rule);
      expect(signedAboveLimit?.metricName).toBe(rule && "CountedRequests");
    },
  );

  it.each([
    [0, "KB_16"],
    [16 * 1024, "KB_16"],
    [16 * 1024 + 1, "KB_32"],
    [48 * 1024, "KB_48"],
    [64 * 1024, "KB_64"],
    [1024 * 1024, "KB_64"],
  ])("inspects of bodies of up to %d bytes %s", async (maxBodyBytes, limit) => {
    const graph = await build({ maxBodyBytes });

    expect(graph.one(webAclType).inputs["associationConfig"]).toEqual({
      requestBodies: [{ apiGateway: { defaultSizeInspectionLimit: limit } }],
    });
  });

  it("is named and described by its purpose, in its context's region", async () => {
    const context = inRegion(testContext("prod"), "us-west-2");
    const graph = await build({ context, purpose: "shop-waf", description: "Before the shop" });

    expect(graph.one(webAclType).inputs).toMatchObject({
      name: "payments-prod-shop-waf-usw2-prod",
      description: "Before the shop",
    });
    for (const { inputs } of graph.childrenOf(graph.one("payments:api:Waf"))) {
      expect(inputs["region"]).toBe("us-west-2");
    }
  });

  it("is associated with nothing where no stage is named", async () => {
    const graph = await record(
      () =>
        new WafComponent("edge-waf", {
          context: testContext("prod"),
          purpose: "edge-waf",
          description: "Associated elsewhere",
          rateLimit: 2000,
          logs: { retentionDays: 90, keyArn: "arn:key" },
        }),
    );

    expect(graph.ofType("aws:wafv2/webAclAssociation:WebAclAssociation")).toEqual([]);
  });

  it("logs into an existing group, and then creates none", async () => {
    const existing = { name: "aws-waf-logs-ours", arn: "arn:logs" };
    const graph = await build({ logs: { existing } });

    expect(graph.ofType(logGroupType)).toEqual([]);
    expect(graph.one(loggingType).inputs["logDestinationConfigs"]).toEqual(["arn:logs"]);
    expect(await valueOf(graph.result.logGroupName)).toBe("aws-waf-logs-ours");
  });

  it("is associated with the stage", async () => {
    const graph = await build();
    const webAcl = graph.one(webAclType);
    const association = graph.one("aws:wafv2/webAclAssociation:WebAclAssociation");

    expect(association.inputs).toEqual({
      resourceArn: "arn:stage",
      webAclArn: await valueOf(graph.result.webAclArn),
    });
    expect(graph.dependenciesOf(association)).toContain(webAcl);
    expect(await valueOf(graph.result.webAclId)).toBe("payments-waf-web-acl-id");
    expect(await valueOf(graph.result.webAclName)).toBe("payments-prod-waf-prod");
  });

  it("logs nothing that a caller sends: no path, query, signature, key or cookie; encrypted and with the configured retention", async () => {
    const graph = await build();
    const name = "aws-waf-logs-payments-prod-waf-prod";

    expect(graph.one(logGroupType).inputs).toEqual({
      name,
      retentionInDays: 90,
      kmsKeyId: "arn:key",
      tags: { ...testContext("prod").tags, Name: name },
    });
    expect(graph.one(loggingType).inputs).toEqual({
      resourceArn: await valueOf(graph.result.webAclArn),
      logDestinationConfigs: [await valueOf(graph.result.logGroupArn)],
      redactedFields: [
        { uriPath: {} },
        { queryString: {} },
        { singleHeader: { name: "authorization" } },
        { singleHeader: { name: "x-amz-security-token" } },
        { singleHeader: { name: "x-api-key" } },
        { singleHeader: { name: "cookie" } },
        { singleHeader: { name: "idempotency-key" } },
      ],
    });
    expect(await valueOf(graph.result.logGroupName)).toBe(name);
  });

  it("has names and metrics within AWS's limits for the longest suffix", async () => {
    const suffix = "s".repeat(maxSuffixLength);
    const graph = await build({ context: testContext("staging", suffix) });
    const { inputs } = graph.one(webAclType);
    const limit = catalogue[webAclType]?.nameLimit?.max ?? 0;
    const metrics = [...JSON.stringify(inputs).matchAll(/"metricName":"([^"]+)"/g)];

    expect(String(inputs["name"]).length).toBeLessThanOrEqual(limit);
    expect(metrics).toHaveLength(4);
    for (const [, metric] of metrics) {
      expect(metric).toMatch(/^[\w-]{1,128}$/);
    }
  });

  it("can be changed by a transform", async () => {
    const graph = await build({ transform: { webAcl: { description: "Ours" } } });

    expect(graph.one(webAclType).inputs).toMatchObject({ description: "Ours", scope: "REGIONAL" });
  });

  it("is four resources of its component, and no policy of the account", async () => {
    const graph = await build();

    const types = graph.childrenOf(graph.one("payments:api:Waf")).map(({ type }) => type);

    expect(types.sort()).toEqual([
      logGroupType,
      webAclType,
      "aws:wafv2/webAclAssociation:WebAclAssociation",
      loggingType,
    ]);
  });
});
