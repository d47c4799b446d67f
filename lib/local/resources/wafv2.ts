import {
  AssociateWebACLCommand,
  CreateWebACLCommand,
  DeleteWebACLCommand,
  DisassociateWebACLCommand,
  GetWebACLCommand,
  Scope,
} from "@aws-sdk/client-wafv2";
import type { VisibilityConfig } from "@aws-sdk/client-wafv2";
import * as z from "zod";
import type { ResourceTypes } from "../resource";
import { creator, number, required, tagList, tags, text } from "./creator";
import { byId, deletion, simulatedType } from "./deletion";

const empty = z.strictObject({}).optional();

const visibilityConfig = z.strictObject({
  metricName: z.string(),
  cloudwatchMetricsEnabled: z.boolean(),
  sampledRequestsEnabled: z.boolean(),
});

const visibility = (config: z.output<typeof visibilityConfig>): VisibilityConfig => ({
  MetricName: config.metricName,
  CloudWatchMetricsEnabled: config.cloudwatchMetricsEnabled,
  SampledRequestsEnabled: config.sampledRequestsEnabled,
});

const rule = z.strictObject({
  name: z.string(),
  priority: z.number(),
  action: z.strictObject({ allow: empty, block: empty, count: empty }).optional(),
  overrideAction: z.strictObject({ none: empty, count: empty }).optional(),
  statement: z.strictObject({
    rateBasedStatement: z
      .strictObject({
        aggregateKeyType: z.enum(["IP", "FORWARDED_IP", "CONSTANT"]).optional(),
        limit: z.number(),
        evaluationWindowSec: number,
      })
      .optional(),
    managedRuleGroupStatement: z
      .strictObject({
        vendorName: z.string(),
        name: z.string(),
        version: text,
        ruleActionOverrides: z
          .array(
            z.strictObject({ name: z.string(), actionToUse: z.strictObject({ count: empty }) }),
          )
          .optional(),
      })
      .optional(),
  }),
  visibilityConfig,
});

const webAcl = creator(
  {
    name: z.string(),
    description: text,
    scope: z.enum(["REGIONAL", "CLOUDFRONT"]),
    defaultAction: z.strictObject({ allow: empty, block: empty }),
    rules: z.array(rule).optional(),
    visibilityConfig,
    tags,
  },
  async (args, cloud) => {
    const { Summary } = await cloud.clients.wafv2.send(
      new CreateWebACLCommand({
        Name: args.name,
        Description: args.description,
        Scope: args.scope,
        DefaultAction: { Allow: args.defaultAction.allow, Block: args.defaultAction.block },
        Rules: args.rules?.map(({ name, priority, action, overrideAction, statement, ...of }) => ({
          Name: name,
          Priority: priority,
          Action: action && { Allow: action.allow, Block: action.block, Count: action.count },
          OverrideAction: overrideAction && {
            None: overrideAction.none,
            Count: overrideAction.count,
          },
          Statement: {
            RateBasedStatement: statement.rateBasedStatement && {
              AggregateKeyType: statement.rateBasedStatement.aggregateKeyType ?? "IP",
              Limit: statement.rateBasedStatement.limit,
              EvaluationWindowSec: statement.rateBasedStatement.evaluationWindowSec,
            },
            ManagedRuleGroupStatement: statement.managedRuleGroupStatement && {
              VendorName: statement.managedRuleGroupStatement.vendorName,
              Name: statement.managedRuleGroupStatement.name,
              Version: statement.managedRuleGroupStatement.version,
              RuleActionOverrides: statement.managedRuleGroupStatement.ruleActionOverrides?.map(
                ({ name: overridden, actionToUse }) => ({
                  Name: overridden,
                  ActionToUse: { Count: actionToUse.count },
                }),
              ),
            },
          },
          VisibilityConfig: visibility(of.visibilityConfig),
        })),
        VisibilityConfig: visibility(args.visibilityConfig),
        Tags: tagList(args.tags),
      }),
    );
    return {
      id: required(Summary?.Id, "Id"),
      outputs: { arn: required(Summary?.ARN, "ARN") },
    };
  },
);

const webAclAssociation = creator(
  { webAclArn: z.string(), resourceArn: z.string() },
  async (args, cloud) => {
    await cloud.clients.wafv2.send(
      new AssociateWebACLCommand({ WebACLArn: args.webAclArn, ResourceArn: args.resourceArn }),
    );
    return { id: `${args.webAclArn},${args.resourceArn}`, outputs: {} };
  },
);

/** WAF. The emulator stores web ACLs and their associations, and allows every request. */
export const wafTypes: ResourceTypes = {
  "aws:wafv2/webAcl:WebAcl": {
    create: webAcl,
    replacedBy: ["name", "scope"],
    delete: deletion(
      { ...byId, name: z.string(), scope: z.enum(Scope) },
      async ({ id, name, scope }, { clients: { wafv2 } }) => {
        const acl = { Id: id, Name: name, Scope: scope };
        const { LockToken } = await wafv2.send(new GetWebACLCommand(acl));
        await wafv2.send(new DeleteWebACLCommand({ ...acl, LockToken }));
      },
    ),
  },
  "aws:wafv2/webAclAssociation:WebAclAssociation": {
    create: webAclAssociation,
    replacedBy: ["webAclArn", "resourceArn"],
    delete: deletion({ resourceArn: z.string() }, ({ resourceArn }, { clients: { wafv2 } }) =>
      wafv2.send(new DisassociateWebACLCommand({ ResourceArn: resourceArn })),
    ),
  },
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": simulatedType(
    "the emulator's WAF inspects no request, so it has nothing to log",
    ["resourceArn"],
  ),
};
