import type { ConfinedTo } from "../../lib/catalogue/facts";
import type { EnvironmentType } from "../../lib/types";
import type { PolicyStatement } from "./policy";

/** Where a stack is deployed. */
export interface Place {
  readonly environment: EnvironmentType;
  readonly account: string;
  readonly region: string;
}

/** What a statement is about. */
export interface Confinement extends Pick<PolicyStatement, "Condition"> {
  readonly Resource: readonly string[];
}

/** The resources of an environment, by their names where these contain it. */
export function resourcesOf({
  environment,
  account,
  region,
}: Place): Record<ConfinedTo, Confinement> {
  const name = `payments-${environment}-*`;
  const own = `${region}:${account}`;
  const all = (arn: (resource: string) => string, ...resources: string[]): Confinement => ({
    Resource: resources.map(arn),
  });
  const role = `arn:aws:iam::${account}:role/${environment}-payment-*`;
  const mappings = `arn:aws:lambda:${own}:event-source-mapping:*`;
  return {
    apigateway: {
      Resource: [
        ...["account", "domainnames", "domainnames/*", "restapis", "restapis/*", "tags/*"].map(
          (path) => `arn:aws:apigateway:${region}::/${path}`,
        ),
        // private domains are the account's, unlike those that the whole region knows
        ...["domainnames/*", "domainnameaccessassociations", "domainnameaccessassociations/*"].map(
          (path) => `arn:aws:apigateway:${own}:/${path}`,
        ),
      ],
    },
    attachments: {
      Resource: [role],
      Condition: { ArnLike: { "iam:PolicyARN": "arn:aws:iam::aws:policy/service-role/*" } },
    },
    certificates: all((one) => `arn:aws:acm:${own}:certificate/${one}`, "*"),
    // autoscaling makes alarms of tables
    cloudwatch: {
      Resource: [
        `arn:aws:cloudwatch:${own}:alarm:${name}`,
        `arn:aws:cloudwatch:${own}:alarm:TargetTracking-table/${name}`,
        `arn:aws:cloudwatch::${account}:dashboard/${name}`,
      ],
    },
    dynamodb: all((one) => `arn:aws:dynamodb:${own}:table/${one}`, name),
    events: all((one) => `arn:aws:events:${own}:rule/${one}`, name),
    iam: { Resource: [role] },
    keyAliases: all((one) => `arn:aws:kms:${own}:${one}`, "alias/payment-*", "key/*"),
    // KMS may take five minutes to go by a key's tags: of new ones everything is allowed that a deployment does at once,
    // https://docs.aws.amazon.com/kms/latest/developerguide/tag-authorization.html
    keys: {
      Resource: [`arn:aws:kms:${own}:key/*`],
      Condition: { StringEquals: { "aws:ResourceTag/Environment": environment } },
    },
    lambda: all((one) => `arn:aws:lambda:${own}:function:${one}`, name),
    // names begin with what logs; the gateway names one by the id of the API
    logs: all(
      (one) => `arn:aws:logs:${own}:log-group:${one}`,
      `*${name}`,
      `API-Gateway-Execution-Logs_*/${environment}*`,
    ),
    mappings: {
      Resource: ["*"],
      Condition: {
        ArnLike: { "lambda:FunctionArn": `arn:aws:lambda:${own}:function:${name}` },
      },
    },
    mappingTags: { Resource: [mappings] },
    masterSecrets: all((one) => `arn:aws:secretsmanager:${own}:secret:${one}`, "rds!db-*"),
    newKeys: all((one) => `arn:aws:kms:${own}:${one}`, "key/*"),
    rds: all(
      (one) => `arn:aws:rds:${own}:${one}`,
      `db:${name}`,
      "og:default:*",
      `pg:${name}`,
      `snapshot:${name}`,
      `subgrp:${name}`,
    ),
    s3: all((one) => `arn:aws:s3:::${one}`, name),
    scalableTargets: {
      Resource: [`arn:aws:application-autoscaling:${own}:scalable-target/*`],
      Condition: { StringEquals: { "application-autoscaling:service-namespace": "dynamodb" } },
    },
    secretsmanager: all((one) => `arn:aws:secretsmanager:${own}:secret:${one}`, name),
    sns: all((one) => `arn:aws:sns:${own}:${one}`, name),
    userPools: all((one) => `arn:aws:cognito-idp:${own}:userpool/${one}`, "*"),
    wafv2: {
      Resource: [
        `arn:aws:apigateway:${region}::/restapis/*/stages/*`,
        `arn:aws:wafv2:${own}:regional/managedruleset/*`,
        `arn:aws:wafv2:${own}:regional/webacl/${name}`,
      ],
    },
    zones: all((one) => `arn:aws:route53:::${one}`, "change/*", "hostedzone/*"),
  };
}
