import * as wafv2 from "@pulumi/aws/wafv2";
import * as pulumi from "@pulumi/pulumi";
import { logGroup } from "./shared/log-group";
import { regional } from "../core/context";
import { resourceName } from "../core/names";
import { namedTags } from "../core/tags";
import { transformed } from "../core/transform";
import type { LogGroupChoice, StackContext, Transform } from "../types";

/** Headers that identify a caller or hold arbitrary text of a caller; WAF requires their names in lower case. */
const redactedHeaders = [
  "authorization",
  "x-amz-security-token",
  "x-api-key",
  "cookie",
  "idempotency-key",
];

/** Arguments of {@link WafComponent}. */
export interface WafComponentArgs {
  readonly context: StackContext;
  /** What the web ACL is for; part of its names: `waf`. */
  readonly purpose: string;
  /** At most 256 characters. */
  readonly description: string;
  /** The stage that it protects; by default none: whatever it protects is associated elsewhere. */
  readonly stageArn?: pulumi.Input<string>;
  /** Requests that one address may make in the window, 10 to 2000000000. */
  readonly rateLimit: number;
  /**
   * What happens to the signed requests (AWS Signature Version 4) of an address above the limit. `count` lets them
   * through, for services that share few addresses: only for an API whose callers IAM authorizes, as anybody can send
   * what looks like a signature. By default `block`, as with all that are not signed.
   */
  readonly signedRequests?: SignedRequests;
  /**
   * The largest body that the API takes, in bytes: so much is inspected, in steps of 16 KiB up to the 64 that WAF can.
   * By default 16 KiB; larger ones cost more, for the requests that have them.
   */
  readonly maxBodyBytes?: number;
  /** The window in which an address's requests are counted, in seconds; 300 by default. */
  readonly rateWindowSeconds?: 60 | 120 | 300 | 600;
  /** An existing group's name must start with `aws-waf-logs-`: WAF writes to no other. */
  readonly logs: LogGroupChoice;
  readonly transform?: { readonly webAcl?: Transform<wafv2.WebAclArgs> };
}

/** What happens to signed requests above a rate limit. */
export type SignedRequests = "block" | "count";

/** A metric of a web ACL, as CloudWatch finds it. */
export interface WebAclMetric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, pulumi.Input<string>>>;
}

const commonRules = "AWSManagedRulesCommonRuleSet";

/** AWS's rules that block, in the order in which they are evaluated. */
const managedRules = [commonRules, "AWSManagedRulesKnownBadInputsRuleSet"];

/**
 * One of the common rules blocks bodies above 8 KB, which a payment with all its metadata is; the API has a limit of
 * its own. All rules look at what is inspected of a larger body, and none refuses it for its size.
 */
const countLargeBodies = { name: "SizeRestrictions_BODY", actionToUse: { count: {} } };

/** The rule that counts signed requests. */
const signedLimit = "rate-limit-signed";

/** The start of `Authorization` in a request that is signed, by any version 4 of the algorithm. */
const signed = {
  byteMatchStatement: {
    fieldToMatch: { singleHeader: { name: "authorization" } },
    positionalConstraint: "STARTS_WITH",
    searchString: "AWS4-",
    textTransformations: [{ priority: 0, type: "NONE" }],
  },
};

/**
 * A web ACL in front of an API: a limit for each address, and AWS's rules against common attacks and known
 * bad inputs. Callers must send a `User-Agent`: the common rules refuse a request without one.
 *
 * ### Cost
 *
 * The web ACL: `waf.acl.month` 5 USD; each of its three rules, four where signed requests are counted:
 * `waf.rule.month` 1 USD; a million requests: `waf.requests` 0.6 USD; a GB of its log: `logs.ingested` 0.5 USD.
 *
 * @example
 * ```ts
 * import { WafComponent } from "payment-stack";
 *
 * new WafComponent("waf", {
 *   context,
 *   purpose: "waf",
 *   description: "Stands before the payouts API",
 *   stageArn: api.stageArn,
 *   rateLimit: 2000,
 *   logs: { retentionDays: 90, keyArn: keys.arns.data },
 * });
 * ```
 */
export class WafComponent extends pulumi.ComponentResource {
  readonly webAclArn: pulumi.Output<string>;
  readonly webAclId: pulumi.Output<string>;
  readonly webAclName: pulumi.Output<string>;
  readonly logGroupArn: pulumi.Output<string>;
  readonly logGroupName: pulumi.Output<string>;
  /** What WAF counts: what any rule has blocked and, where they are counted, signed requests above the limit. */
  readonly metrics: {
    readonly blocked: WebAclMetric;
    readonly signedAboveLimit: WebAclMetric | undefined;
  };

  constructor(name: string, args: WafComponentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("payments:api:Waf", name, {}, opts);
    const { context, transform } = args;
    const child = { parent: this };
    const region = regional(context);
    const webAclName = resourceName(context, args.purpose);

    const webAcl = new wafv2.WebAcl(
      `${name}-web-acl`,
      transformed<wafv2.WebAclArgs>(
        {
          ...region,
          name: webAclName,
          description: args.description,
          scope: "REGIONAL",
          defaultAction: { allow: {} },
          visibilityConfig: visibility(webAclName),
          associationConfig: {
            requestBodies: [
              { apiGateway: { defaultSizeInspectionLimit: inspectionLimit(args.maxBodyBytes) } },
            ],
          },
          rules: [...rateLimits(args), ...managedRules.map(managedRule)].map((rule, priority) => ({
            ...rule,
            priority,
            visibilityConfig: visibility(`${webAclName}-${rule.name}`),
          })),
          tags: namedTags(context.tags, webAclName),
        },
        transform?.webAcl,
      ),
      child,
    );
    if (args.stageArn !== undefined) {
      new wafv2.WebAclAssociation(
        `${name}-association`,
        { ...region, resourceArn: args.stageArn, webAclArn: webAcl.arn },
        child,
      );
    }

    const logName = `aws-waf-logs-${webAclName}`; // WAF writes to no group that is named otherwise
    const logs = logGroup(
      `${name}-logs`,
      { context, logs: args.logs, name: logName, tagName: logName },
      this,
    );
    // WAF itself allows the delivery of logs to the group; an account has room for ten such policies only
    new wafv2.WebAclLoggingConfiguration(
      `${name}-logging`,
      {
        ...region,
        resourceArn: webAcl.arn,
        logDestinationConfigs: [logs.arn],
        // whatever can hold arbitrary text of a caller; the access log has the route, the caller and the status
        redactedFields: [
          { uriPath: {} },
          { queryString: {} },
          ...redactedHeaders.map((name) => ({ singleHeader: { name } })),
        ],
      },
      child,
    );

    const counted = (metricName: string, Rule: string): WebAclMetric => ({
      namespace: "AWS/WAFV2",
      metricName,
      dimensions: { WebACL: webAclName, Region: context.aws.region, Rule },
    });
    this.metrics = {
      blocked: counted("BlockedRequests", "ALL"),
      signedAboveLimit:
        args.signedRequests === "count"
          ? counted("CountedRequests", `${webAclName}-${signedLimit}`)
          : undefined,
    };
    this.webAclArn = webAcl.arn;
    this.webAclId = webAcl.id;
    this.webAclName = webAcl.name;
    this.logGroupArn = logs.arn;
    this.logGroupName = logs.name;
    this.registerOutputs({ webAclArn: this.webAclArn, logGroupArn: this.logGroupArn });
  }
}

/** The limit for each address: of all requests, or of those that are not signed, and a count of the others. */
function rateLimits(args: WafComponentArgs) {
  const limit = <Scope extends object>(scope: Scope) => ({
    rateBasedStatement: {
      aggregateKeyType: "IP",
      limit: args.rateLimit,
      evaluationWindowSec: args.rateWindowSeconds ?? 300,
      ...scope,
    },
  });
  const block = { name: "rate-limit", action: { block: {} } };
  if (args.signedRequests !== "count") return [{ ...block, statement: limit({}) }];
  return [
    {
      ...block,
      statement: limit({ scopeDownStatement: { notStatement: { statement: signed } } }),
    },
    {
      name: signedLimit,
      action: { count: {} },
      statement: limit({ scopeDownStatement: signed }),
    },
  ];
}

function managedRule(name: string) {
  return {
    name,
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: "AWS",
        name,
        ...(name === commonRules && { ruleActionOverrides: [countLargeBodies] }),
      },
    },
  };
}

/** The least of WAF's limits that a body fits into, or else the largest (developer guide, "Body inspection limit"). */
function inspectionLimit(maxBodyBytes = 0): string {
  const steps = Math.ceil(maxBodyBytes / (16 * 1024));
  return `KB_${String(16 * Math.min(4, Math.max(1, steps)))}`;
}

function visibility(metricName: string) {
  return { metricName, cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true };
}
