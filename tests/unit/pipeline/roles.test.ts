import * as fs from "node:fs";
import * as path from "node:path";
import * as iam from "@pulumi/aws/iam";
import { modules } from "../../../lib/modules";
import { pipelineRolesFile, pipelineRolesReference } from "../../../bin/docs/pipeline-roles";
import { pipelineRoles } from "../../../bin/pipeline/roles";
import { auditProgram } from "../../../lib/policy";
import { covers } from "../../../lib/policy/access";
import { environmentTypes } from "../../../lib/types";
import { environmentGraph, privateApi } from "../environment-graph";

/** With every module on and a private API: without there is less to read, and nothing else. */
const wholeGraph = (environment: (typeof environmentTypes)[number]) =>
  environmentGraph(environment, ["all"], privateApi);

const rolesOf = async (environment: (typeof environmentTypes)[number]) =>
  pipelineRoles(await wholeGraph(environment), {
    environment,
    account: "111122223333",
    region: "eu-central-1",
    repository: "example/payments",
    stateBucket: "example-states",
    secretsKey: "11111111-2222-3333-4444-555555555555",
  });

const roles = environmentTypes.flatMap((environment) =>
  (["read", "check", "deploy"] as const).map((name) => ({ environment, name })),
);

const statements = async (environment: (typeof environmentTypes)[number], name: "read" | "check") =>
  (await rolesOf(environment))[name].permissions.flatMap(({ Statement }) => Statement);

const actions = async (environment: (typeof environmentTypes)[number], name: "read" | "check") =>
  (await statements(environment, name)).flatMap(({ Action }) => Action);

/** What a service holds: objects, items, secrets, messages, log lines, queries, code of others. */
const data =
  /^(?:dynamodb:(?:Get|BatchGet|Query|Scan|PartiQL|Export|GetRecords)|secretsmanager:|ssm:|s3:GetObject|kms:(?:Decrypt|Generate|ReEncrypt)|logs:(?:Get|Filter|Start|Tail|Unmask)|sqs:|rds-db:|rds-data:|lambda:Invoke|execute-api:|sts:Assume)/;

describe("who may assume a role of the pipeline", () => {
  it.each(roles)(
    "is one environment, by workflows as they are on main: $environment $name",
    async ({ environment, name }) => {
      const { trust } = (await rolesOf(environment))[name];
      const [statement] = trust.Statement;
      const of = (claim: string) => `token.actions.githubusercontent.com:${claim}`;
      const file = (workflow: string) =>
        `example/payments/.github/workflows/${workflow}@refs/heads/main`;

      expect(trust.Statement).toHaveLength(1);
      expect(statement?.Condition).toEqual({
        StringEquals: {
          [of("aud")]: "sts.amazonaws.com",
          [of("sub")]:
            `repo:example/payments:environment:${environment}${name === "deploy" ? "" : "-read"}`,
          [of("ref")]: "refs/heads/main",
          [of("job_workflow_ref")]:
            name === "read" ? [file("drift.yml"), file("up.yml")] : [file("up.yml")],
        },
      });
    },
  );

  it("is the workflows that use it", async () => {
    for (const name of ["read", "check", "deploy"] as const) {
      const folder = path.resolve(__dirname, "../../../.github/workflows");
      const asking = fs
        .readdirSync(folder)
        .filter((file) =>
          fs
            .readFileSync(path.join(folder, file), "utf8")
            .includes(`vars.AWS_${name.toUpperCase()}_ROLE_ARN`),
        );
      const trusted = JSON.stringify((await rolesOf("prod"))[name].trust);

      expect(asking.length).toBeGreaterThan(0);
      expect(asking.filter((file) => !trusted.includes(`/${file}@`))).toEqual([]);
      expect(trusted.match(/\w+\.yml@/g)).toHaveLength(asking.length);
    }
  });
});

describe("what a role of the pipeline may do", () => {
  it.each(roles)(
    "fits into managed policies and a trust policy: $environment $name",
    async ({ environment, name }) => {
      const { trust, permissions } = (await rolesOf(environment))[name];

      expect(permissions.length).toBeLessThanOrEqual(name === "deploy" ? 4 : 1);
      for (const policy of permissions) {
        expect(JSON.stringify(policy).length).toBeLessThanOrEqual(6144);
      }
      expect(JSON.stringify(trust).length).toBeLessThan(2048);
    },
  );

  // what the deploy role may do is judged in deployment-policy.test.ts
  it.each(roles.filter(({ name }) => name !== "deploy"))(
    "breaks no rule on identities: $environment $name",
    async ({ environment, name }) => {
      const { trust, permissions } = (await rolesOf(environment))[name];
      const { findings } = await auditProgram(() => {
        const role = new iam.Role("role", { assumeRolePolicy: JSON.stringify(trust) });
        for (const [index, policy] of permissions.entries()) {
          new iam.RolePolicy(String(index), { role: role.id, policy: JSON.stringify(policy) });
        }
      });

      const broken = findings.filter(({ rule }) => rule.id.startsWith("IAM"));

      expect(broken.map(({ rule, resource }) => `${rule.id} ${resource.name}`)).toEqual([]);
    },
  );

  it.each(environmentTypes)(
    "is reading, but of no data, for previews and drift: %s",
    async (environment) => {
      const verbs = (await actions(environment, "read")).filter(
        (action) => !/:(?:Get|List|Describe|GET$)/.test(action),
      );
      const holding = (await statements(environment, "read")).filter(({ Action }) =>
        [Action].flat().some((action) => data.test(action)),
      );

      expect(verbs).toEqual(["kms:Decrypt"]);
      // the stack's state and its key
      expect(holding.map(({ Sid }) => Sid)).toEqual(["State", "StateSecrets"]);
      expect(JSON.stringify(holding)).toContain(`.pulumi/stacks/payments/${environment}.*`);
      expect(JSON.stringify(holding)).not.toMatch(/"\*"|:::payments-/);
    },
  );

  it("writes and pays nowhere in prod, for checks", async () => {
    const { length } = await statements("prod", "read");
    const more = (await statements("prod", "check")).slice(length);

    expect(more).toEqual([
      {
        Sid: "Api",
        Effect: "Allow",
        Action: "execute-api:Invoke",
        Resource: "arn:aws:execute-api:eu-central-1:111122223333:*/prod/GET/health",
      },
    ]);
  });
});

describe("the reads of drift", () => {
  it.each(environmentTypes)("reach what has a name of the environment: %s", async (environment) => {
    const patterns = (await statements(environment, "read")).flatMap(
      ({ Resource = [] }) => Resource,
    );
    const { resources } = await wholeGraph(environment);
    const arnOf: Readonly<Record<string, (inputs: Readonly<Record<string, unknown>>) => string>> = {
      "aws:dynamodb/table:Table": ({ name }) =>
        `arn:aws:dynamodb:eu-central-1:111122223333:table/${String(name)}`,
      "aws:iam/role:Role": ({ name, namePrefix }) =>
        `arn:aws:iam::111122223333:role/${String(name ?? namePrefix)}`,
      "aws:lambda/function:Function": ({ name }) =>
        `arn:aws:lambda:eu-central-1:111122223333:function:${String(name)}`,
      "aws:s3/bucket:Bucket": ({ bucket }) => `arn:aws:s3:::${String(bucket)}`,
    };
    const arns = resources.flatMap(({ type, inputs }) => arnOf[type]?.(inputs) ?? []);

    expect(arns.length).toBeGreaterThan(10);
    expect(
      arns.filter(
        (arn) =>
          !covers(
            patterns.filter((p) => p !== "*"),
            arn,
          ),
      ),
    ).toEqual([]);
  });
});

describe("the checks of a deployed stack", () => {
  /** Operations whose permission has another name. */
  const renamed: Readonly<Record<string, string>> = {
    "s3:GetBucketEncryption": "s3:GetEncryptionConfiguration",
    "s3:GetBucketLifecycleConfiguration": "s3:GetLifecycleConfiguration",
    "s3:GetPublicAccessBlock": "s3:GetBucketPublicAccessBlock",
    "s3:HeadObject": "s3:GetObject",
    "lambda:Invoke": "lambda:InvokeFunction",
  };
  const services: Readonly<Record<string, string>> = {
    "cloudwatch-logs": "logs",
    "cognito-identity-provider": "cognito-idp",
  };

  /** The permissions of a file's calls to AWS by its SDK. */
  const calls = (name: string) => {
    const file = path.resolve(__dirname, `../../integration/${name}.ts`);
    const imports = fs
      .readFileSync(file, "utf8")
      .matchAll(/import \{([^}]*)\} from "@aws-sdk\/client-([\w-]+)"/g);
    return [...imports].flatMap(([, names = "", client = ""]) =>
      [...names.matchAll(/(\w+)Command\b/g)].map(([, operation = ""]) => {
        const action = `${services[client] ?? client}:${operation}`;
        // API Gateway has a permission a method
        if (action.startsWith("api-gateway:Get")) return "apigateway:GET";
        return renamed[action] ?? action;
      }),
    );
  };
  const suites = modules.parts.flatMap(({ checks }) => Object.values(checks));

  it("may call in prod what those call that only read", async () => {
    const allowed = await actions("prod", "check");
    const called = suites.flatMap((suite) => (suite.writes ? [] : calls(`${suite.path}.test`)));

    expect(called.length).toBeGreaterThan(20);
    expect(called.filter((action) => !allowed.includes(action))).toEqual([]);
  });

  it("may call in dev what all of them call", async () => {
    const allowed = await actions("dev", "check");
    const called = [...suites.map(({ path }) => `${path}.test`), "shop"].flatMap(calls);

    expect(called.filter((action) => !allowed.includes(action))).toEqual([]);
  });
});

it("docs/pipeline-roles.md is what the roles may do today (npm run docs)", async () => {
  expect(fs.readFileSync(pipelineRolesFile, "utf8")).toBe(
    await pipelineRolesReference(environmentGraph),
  );
});
