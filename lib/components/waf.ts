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
  /** The window in which an address's requests are counted, in seconds; 300 by default. */
  readonly rateWindowSeconds?: 60 | 120 | 300 | 600;
  /** An existing group's name must start with `aws-waf-logs-`: WAF writes to no other. */
  readonly logs: LogGroupChoice;
  readonly transform?: { readonly webAcl?: Transform<wafv2.WebAclArgs> };
}

const commonRules = "AWSManagedRulesCommonRuleSet";

/** AWS's rules that block, in the order in which they are evaluated. */
const managedRules = [commonRules, "AWSManagedRulesKnownBadInputsRuleSet"];

/**
 * One of the common rules blocks bodies above 8 KB, which a payment with all its metadata is; the API has a limit of
 * its own.
 */
const countLargeBodies = { name: "SizeRestrictions_BODY", actionToUse: { count: {} } };

/**
 * A web ACL in front of an API: a limit for each address, and AWS's rules against common attacks and known
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
          rules: [
            {
              name: "rate-limit",
              priority: 0,
              action: { block: {} },
              statement: {
                rateBasedStatement: {
                  aggregateKeyType: "IP",
                  limit: args.rateLimit,
                  evaluationWindowSec: args.rateWindowSeconds ?? 300,
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

    this.webAclArn = webAcl.arn;
    this.webAclId = webAcl.id;
    this.webAclName = webAcl.name;
    this.logGroupArn = logs.arn;
    this.logGroupName = logs.name;
    this.registerOutputs({ webAclArn: this.webAclArn, logGroupArn: this.logGroupArn });
  }
}

function visibility(metricName: string) {
  return { metricName, cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true };
}
