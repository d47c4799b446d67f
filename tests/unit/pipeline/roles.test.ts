import * as fs from "node:fs";
import * as path from "node:path";
import * as iam from "@pulumi/aws/iam";
import { modules } from "../../../lib/modules";
import { passedTo, pipelineRoles } from "../../../bin/pipeline/roles";
import { catalogue } from "../../../lib/catalogue";
import { auditProgram } from "../../../lib/policy";
import { covers } from "../../../lib/policy/access";
import { statementsOf } from "../../../lib/policy/statements";
import { environmentTypes } from "../../../lib/types";
import { environmentGraph, privateApi } from "../environment-graph";

/** With every module on and a private API: without there is less to read, and nothing else. */
const wholeGraph = (environment: (typeof environmentTypes)[number]) =>
  environmentGraph(environment, ["all"], privateApi);

const rolesOf = (environment: (typeof environmentTypes)[number]) =>
  pipelineRoles({
    environment,
    account: "111122223333",
    region: "eu-central-1",
    repository: "example/payments",
    stateBucket: "example-states",
    secretsKey: "11111111-2222-3333-4444-555555555555",
  });

const roles = environmentTypes.flatMap((environment) =>
  Object.entries(rolesOf(environment)).map(
    ([name, role]) => [`${environment} ${name}`, role] as const,
  ),
);

const statements = (environment: (typeof environmentTypes)[number], name: "read" | "check") =>
  rolesOf(environment)[name].permissions.Statement;

const actions = (environment: (typeof environmentTypes)[number], name: "read" | "check") =>
  statements(environment, name).flatMap(({ Action }) => Action);

/** What a service holds: objects, items, secrets, messages, log lines, queries, code of others. */
const data =
  /^(?:dynamodb:(?:Get|BatchGet|Query|Scan|PartiQL|Export|GetRecords)|secretsmanager:|ssm:|s3:GetObject|kms:(?:Decrypt|Generate|ReEncrypt)|logs:(?:Get|Filter|Start|Tail|Unmask)|sqs:|rds-db:|rds-data:|lambda:Invoke|execute-api:|sts:Assume)/;

describe("who may assume a role of the pipeline", () => {
  it.each(roles)("is one environment, by workflows as they are on main: %s", (name, { trust }) => {
    const [environment = "", role] = name.split(" ");
    const [statement] = trust.Statement;
    const of = (claim: string) => `token.actions.githubusercontent.com:${claim}`;
    const file = (workflow: string) =>
      `example/payments/.github/workflows/${workflow}@refs/heads/main`;

    expect(trust.Statement).toHaveLength(1);
    expect(statement?.Condition).toEqual({
      StringEquals: {
        [of("aud")]: "sts.amazonaws.com",
        [of("sub")]:
          `repo:example/payments:environment:${environment}${role === "deploy" ? "" : "-read"}`,
        [of("ref")]: "refs/heads/main",
        [of("job_workflow_ref")]:
          role === "read" ? [file("drift.yml"), file("up.yml")] : [file("up.yml")],
      },
    });
  });

  it("is the workflows that use it", () => {
    for (const name of ["read", "check", "deploy"] as const) {
      const folder = path.resolve(__dirname, "../../../.github/workflows");
      const asking = fs
        .readdirSync(folder)
        .filter((file) =>
          fs
            .readFileSync(path.join(folder, file), "utf8")
            .includes(`vars.AWS_${name.toUpperCase()}_ROLE_ARN`),
        );
      const trusted = JSON.stringify(rolesOf("prod")[name].trust);

      expect(asking.length).toBeGreaterThan(0);
      expect(asking.filter((file) => !trusted.includes(`/${file}@`))).toEqual([]);
      expect(trusted.match(/\w+\.yml@/g)).toHaveLength(asking.length);
    }
  });
});

describe("what a role of the pipeline may do", () => {
  it.each(roles)("fits into a policy: %s", (_, { trust, permissions }) => {
    expect(JSON.stringify(permissions).length).toBeLessThan(6144);
    expect(JSON.stringify(trust).length).toBeLessThan(2048);
  });

  it.each(roles)("breaks no rule on identities: %s", async (_, { trust, permissions }) => {
    const { findings } = await auditProgram(() => {
      const role = new iam.Role("role", { assumeRolePolicy: JSON.stringify(trust) });
      new iam.RolePolicy("policy", { role: role.id, policy: JSON.stringify(permissions) });
    });

    const broken = findings.filter(({ rule }) => rule.id.startsWith("IAM"));

    expect(broken.map(({ rule, resource }) => `${rule.id} ${resource.name}`)).toEqual([]);
  });

  it.each(environmentTypes)(
    "is reading, but of no data, for previews and drift: %s",
    (environment) => {
      const verbs = actions(environment, "read").filter(
        (action) => !/:(?:Get|List|Describe|GET$)/.test(action),
      );
      const holding = statements(environment, "read").filter(({ Action }) =>
        [Action].flat().some((action) => data.test(action)),
      );

      expect(verbs).toEqual(["kms:Decrypt"]);
      // the stack's state and its key
      expect(holding.map(({ Sid }) => Sid)).toEqual(["State", "StateSecrets"]);
      expect(JSON.stringify(holding)).toContain(`.pulumi/stacks/payments/${environment}.*`);
      expect(JSON.stringify(holding)).not.toMatch(/"\*"|:::payments-/);
    },
  );

  it("writes and pays nowhere in prod, for checks", () => {
    const more = statements("prod", "check").slice(statements("prod", "read").length);

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
  const isRead = (type: string) => (catalogue[type]?.reads ?? "not deployed") !== "not deployed";

  it.each(environmentTypes)("are declared for every type of resource: %s", async (environment) => {
    const { resources } = await wholeGraph(environment);
    const types = resources.map(({ type }) => type).filter((type) => type.startsWith("aws:"));

    expect([...new Set(types)].filter((type) => !isRead(type))).toEqual([]);
  });

  it("are of no type that no environment has", async () => {
    const graphs = await Promise.all(environmentTypes.map(wholeGraph));
    const types = new Set(graphs.flatMap(({ resources }) => resources.map(({ type }) => type)));

    expect(Object.keys(catalogue).filter((type) => isRead(type) && !types.has(type))).toEqual([]);
  });

  it.each(environmentTypes)("reach what has a name of the environment: %s", async (environment) => {
    const patterns = statements(environment, "read").flatMap(({ Resource = [] }) => Resource);
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

  it("may call in prod what those call that only read", () => {
    const called = suites.flatMap((suite) => (suite.writes ? [] : calls(`${suite.path}.test`)));

    expect(called.length).toBeGreaterThan(20);
    expect(called.filter((action) => !actions("prod", "check").includes(action))).toEqual([]);
  });

  it("may call in dev what all of them call", () => {
    const called = [...suites.map(({ path }) => `${path}.test`), "shop"].flatMap(calls);

    expect(called.filter((action) => !actions("dev", "check").includes(action))).toEqual([]);
  });
});

describe("the deploy role", () => {
  const { permissions } = rolesOf("prod").deploy;

  it("passes roles to the services that the stack's roles trust, and to no other", async () => {
    const { resources } = await wholeGraph("prod");
    const services = resources
      .filter(({ type }) => type === "aws:iam/role:Role")
      .flatMap(({ inputs }) => statementsOf(inputs["assumeRolePolicy"]) ?? [])
      .flatMap((statement) => JSON.stringify(statement).match(/[\w.-]+\.amazonaws\.com/g) ?? []);

    expect([...new Set(services)].sort()).toEqual([...passedTo].sort());
  });

  it("creates no role but the stack's, and cannot change those of the pipeline", () => {
    for (const { Resource } of permissions.Statement) {
      expect(Resource).toEqual(["arn:aws:iam::111122223333:role/prod-payment-*"]);
    }
  });
});
