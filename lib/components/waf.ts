import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as wafv2 from "@pulumi/aws/wafv2";
import * as pulumi from "@pulumi/pulumi";
import { resourceName } from "../core/names";
import { namedTags } from "../core/tags";
import { transformed } from "../core/transform";
import type { LogRetentionDays, StackContext, Transform } from "../types";

/** Headers that identify a caller or hold what a caller made up; WAF wants their names in lower case. */
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
  /** The stage that it stands before. */
  readonly stageArn: pulumi.Input<string>;
  /** Requests that one address may make in five minutes, 10 to 2000000000. */
  readonly rateLimit: number;
  readonly logRetentionDays: LogRetentionDays;
  /** ARN of the key that encrypts the log. */
  readonly logKeyArn: pulumi.Input<string>;
  readonly transform?: { readonly webAcl?: Transform<wafv2.WebAclArgs> };
}

/** The window in which an address's requests are counted; WAF allows 60, 120, 300 and 600. */
const rateWindowSeconds = 300;

const commonRules = "AWSManagedRulesCommonRuleSet";

/** AWS's rules that block, in the order in which they are asked. */
const managedRules = [commonRules, "AWSManagedRulesKnownBadInputsRuleSet"];

/** One of the common rules blocks bodies above 8 KB, which a payment with all its metadata is; the API has a limit of its own. */
const countLargeBodies = { name: "SizeRestrictions_BODY", actionToUse: { count: {} } };

/**
 * A web ACL before the API: a limit for each address, and AWS's rules against common attacks and known
 * bad inputs. Callers must send a `User-Agent`: the common rules refuse a request without one.
 *
 * ### Cost
 *
 * The web ACL: `waf.acl.month` 5 USD; each of its three rules: `waf.rule.month` 1 USD; a million requests:
 * `waf.requests` 0.6 USD; a GB of its log: `logs.ingested` 0.5 USD.
 *
 * @example
 * ```ts
 * import { WafComponent } from "payment-stack";
 *
 * new WafComponent("waf", {
 *   context,
 *   stageArn: api.stageArn,
 *   rateLimit: 2000,
 *   logRetentionDays: 90,
 *   logKeyArn: keys.dataKeyArn,
 * });
 * ```
 */
export class WafComponent extends pulumi.ComponentResource {
  readonly webAclArn: pulumi.Output<string>;
  readonly webAclId: pulumi.Output<string>;
  readonly webAclName: pulumi.Output<string>;
  readonly logGroupArn: pulumi.Output<string>;
  readonly logGroupName: pulumi.Output<string>;

  constructor(name: string, args: WafComponentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("payments:api:Waf", name, {}, opts);
    const { context, transform } = args;
    const child = { parent: this };
    const webAclName = resourceName(context, "waf");

    const webAcl = new wafv2.WebAcl(
      `${name}-web-acl`,
      transformed<wafv2.WebAclArgs>(
        {
          name: webAclName,
          description: "Stands before the payments API",
          scope: "REGIONAL",
          defaultAction: { allow: {} },
          visibilityConfig: visibility(webAclName),
          rules: [
            {
              name: "rate-limit",
              priority: 0,
              action: { block: {} },
              statement: {
                rateBasedStatement: {
                  aggregateKeyType: "IP",
                  limit: args.rateLimit,
                  evaluationWindowSec: rateWindowSeconds,
                },
              },
              visibilityConfig: visibility(`${webAclName}-rate-limit`),
            },
            ...managedRules.map((rule, index) => ({
              name: rule,
              priority: index + 1,
              overrideAction: { none: {} },
              statement: {
                managedRuleGroupStatement: {
                  vendorName: "AWS",
                  name: rule,
                  ...(rule === commonRules && { ruleActionOverrides: [countLargeBodies] }),
                },
              },
              visibilityConfig: visibility(`${webAclName}-${rule}`),
            })),
          ],
          tags: namedTags(context.tags, webAclName),
        },
        transform?.webAcl,
      ),
      child,
    );
    new wafv2.WebAclAssociation(
      `${name}-association`,
      { resourceArn: args.stageArn, webAclArn: webAcl.arn },
      child,
    );

    const logName = `aws-waf-logs-${webAclName}`; // WAF writes to no group that is named otherwise
    const logGroup = new cloudwatch.LogGroup(
      `${name}-logs`,
      {
        name: logName,
        retentionInDays: args.logRetentionDays,
        kmsKeyId: args.logKeyArn,
        tags: namedTags(context.tags, logName),
      },
      child,
    );
    // WAF itself allows the delivery of logs to the group; an account has room for ten such policies only
    new wafv2.WebAclLoggingConfiguration(
      `${name}-logging`,
      {
        resourceArn: webAcl.arn,
        logDestinationConfigs: [logGroup.arn],
        // whatever a caller may write anything into; the access log has the route, the caller and the answer
        redactedFields: [
          { uriPath: {} },
          { queryString: {} },
          ...redactedHeaders.map((name) => ({ singleHeader: { name } })),
        ],
      },
      child,
    );

    this.webAclArn = webAcl.arn;
    this.webAclId = webAcl.id;
    this.webAclName = webAcl.name;
    this.logGroupArn = logGroup.arn;
    this.logGroupName = logGroup.name;
    this.registerOutputs({ webAclArn: this.webAclArn, logGroupArn: this.logGroupArn });
  }
}

function visibility(metricName: string) {
  return { metricName, cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true };
}
