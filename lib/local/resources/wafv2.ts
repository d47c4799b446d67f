import {
  AssociateWebACLCommand,
  AssociatedResourceType,
  CreateWebACLCommand,
  DeleteWebACLCommand,
  DisassociateWebACLCommand,
  GetWebACLCommand,
  PositionalConstraint,
  Scope,
  SizeInspectionLimit,
  TextTransformationType,
} from "@aws-sdk/client-wafv2";
import type { Statement, VisibilityConfig } from "@aws-sdk/client-wafv2";
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

const byteMatchStatement = z.strictObject({
  fieldToMatch: z.strictObject({ singleHeader: z.strictObject({ name: z.string() }) }),
  positionalConstraint: z.enum(PositionalConstraint),
  searchString: z.string(),
  textTransformations: z.array(
    z.strictObject({ priority: z.number(), type: z.enum(TextTransformationType) }),
  ),
});

const matched = z.strictObject({ byteMatchStatement });

/** What a rate-based rule counts: what matches, or what does not. */
const scope = z.union([
  matched,
  z.strictObject({ notStatement: z.strictObject({ statement: matched }) }),
]);

const matching = ({ byteMatchStatement: match }: z.output<typeof matched>): Statement => ({
  ByteMatchStatement: {
    FieldToMatch: { SingleHeader: { Name: match.fieldToMatch.singleHeader.name } },
    PositionalConstraint: match.positionalConstraint,
    SearchString: new TextEncoder().encode(match.searchString),
    TextTransformations: match.textTransformations.map(({ priority, type }) => ({
      Priority: priority,
      Type: type,
    })),
  },
});

const scoped = (of: z.output<typeof scope>): Statement =>
  "notStatement" in of
    ? { NotStatement: { Statement: matching(of.notStatement.statement) } }
    : matching(of);

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
        scopeDownStatement: scope.optional(),
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
    associationConfig: z
      .strictObject({
        requestBodies: z.array(
          z.strictObject({
            apiGateway: z.strictObject({
              defaultSizeInspectionLimit: z.enum(SizeInspectionLimit),
            }),
          }),
        ),
      })
      .optional(),
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
              ScopeDownStatement:
                statement.rateBasedStatement.scopeDownStatement &&
                scoped(statement.rateBasedStatement.scopeDownStatement),
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
        AssociationConfig: args.associationConfig && {
          RequestBody: Object.fromEntries(
            args.associationConfig.requestBodies.map(({ apiGateway }) => [
              AssociatedResourceType.API_GATEWAY,
              { DefaultSizeInspectionLimit: apiGateway.defaultSizeInspectionLimit },
            ]),
          ),
        },
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
