import { GetRoleCommand, IAMClient, SimulatePrincipalPolicyCommand } from "@aws-sdk/client-iam";
import type { EvaluationResult, SimulatePrincipalPolicyRequest } from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { mockClient } from "aws-sdk-client-mock";
import type { PolicyStatement } from "../../../bin/pipeline/policy";
import type { Context } from "../../../bin/preflight/check";
import { accountCheck } from "../../../bin/preflight/checks/account";
import { permissionCheck } from "../../../bin/preflight/checks/permissions";
import { callerIdentity, principalOf } from "../../../bin/preflight/identity";
import {
  account,
  answer,
  denied,
  deployer,
  findingsOf,
  firstDeployment,
  lines,
  region,
} from "./context";

const iam = mockClient(IAMClient);
const sts = mockClient(STSClient);

let context: Context;
beforeAll(async () => {
  context = await firstDeployment();
});
beforeEach(() => {
  iam.reset();
  sts.reset();
});

const roles: PolicyStatement = {
  Sid: "Roles",
  Effect: "Allow",
  Action: ["iam:CreateRole", "iam:PassRole"],
  Resource: `arn:aws:iam::${account}:role/prod-payment-*`,
  Condition: { StringEquals: { "iam:PassedToService": ["lambda.amazonaws.com", "other"] } },
};

/** How the simulator decides, by action. */
function simulate(decide: (action: string) => Partial<EvaluationResult>) {
  iam
    .on(SimulatePrincipalPolicyCommand)
    .callsFake(({ ActionNames = [] }: SimulatePrincipalPolicyRequest) => ({
      EvaluationResults: ActionNames.map((EvalActionName) => ({
        EvalActionName,
        EvalDecision: "allowed",
        ...decide(EvalActionName),
      })),
    }));
}

const check = (...statements: PolicyStatement[]) =>
  findingsOf(permissionCheck, { ...context, statements });
const simulated = () =>
  iam.commandCalls(SimulatePrincipalPolicyCommand).map(({ args: [{ input }] }) => input);

describe("what the deployer may do", () => {
  it("is all that the deployment needs, on its resources and as its conditions have it", async () => {
    simulate(() => ({}));

    expect(lines(await check(roles), "ok")).toEqual([`${deployer}: allowed all 2 actions`]);
    expect(simulated()).toEqual([
      {
        PolicySourceArn: deployer,
        ActionNames: ["iam:CreateRole", "iam:PassRole"],
        ResourceArns: [`arn:aws:iam::${account}:role/prod-payment-*`],
        ContextEntries: [
          {
            ContextKeyName: "aws:RequestedRegion",
            ContextKeyType: "string",
            ContextKeyValues: [region],
          },
          {
            ContextKeyName: "iam:PassedToService",
            ContextKeyType: "string",
            ContextKeyValues: ["lambda.amazonaws.com"],
          },
        ],
      },
    ]);
  });

  it("is not enough, where no policy allows it: by statement", async () => {
    simulate((action) => (action === "iam:PassRole" ? { EvalDecision: "implicitDeny" } : {}));
    const [finding] = await check(roles);

    expect(finding).toMatchObject({
      level: "problem",
      what: "no policy allows iam:PassRole",
      where: `Roles (arn:aws:iam::${account}:role/prod-payment-*)`,
    });
  });

  it.each<[string, Partial<EvaluationResult>]>([
    ["a policy denies", { EvalDecision: "explicitDeny" }],
    [
      "the organization's policies forbid",
      {
        EvalDecision: "implicitDeny",
        OrganizationsDecisionDetail: { AllowedByOrganizations: false },
      },
    ],
    [
      "its permissions boundary forbids",
      {
        EvalDecision: "implicitDeny",
        PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false },
      },
    ],
  ])("is not enough, and says that %s it", async (why, decision) => {
    simulate(() => decision);

    expect(lines(await check(roles), "problem").join()).toContain(
      `${why} iam:CreateRole, iam:PassRole`,
    );
  });

  it("is judged for each resource, which the action's own result does not tell", async () => {
    simulate(() => ({
      ResourceSpecificResults: [
        { EvalResourceName: "one", EvalResourceDecision: "allowed" },
        { EvalResourceName: "two", EvalResourceDecision: "implicitDeny" },
      ],
    }));

    expect(lines(await check(roles), "problem")).toHaveLength(1);
  });

  it("is not sure, where it depends on what the simulator is not told", async () => {
    simulate(() => ({
      EvalDecision: "implicitDeny",
      MissingContextValues: ["aws:RequestTag/Project"],
    }));
    const found = await check(roles);

    expect(lines(found, "problem")).toEqual([]);
    expect(lines(found, "warning").join()).toContain("depend on aws:RequestTag/Project");
  });

  it("is asked for twenty actions a call, without wildcards, which the simulator does not take", async () => {
    simulate(() => ({}));
    const Action = [
      ...Array.from({ length: 25 }, (_, index) => `s3:Do${String(index)}`),
      "s3:Get*",
    ];
    await check({ Sid: "S3", Effect: "Allow", Action });

    expect(simulated().map(({ ActionNames = [] }) => ActionNames.length)).toEqual([20, 5]);
    expect(simulated()[0]?.ResourceArns).toEqual(["*"]);
  });

  it("is not known, where the simulator may not be asked; it is asked once", async () => {
    iam.on(SimulatePrincipalPolicyCommand).rejects(denied("iam:SimulatePrincipalPolicy"));

    expect(lines(await check(roles, roles), "warning")).toEqual([
      `${deployer}: could not be asked: not permitted`,
    ]);
    expect(simulated()).toHaveLength(1);
  });

  it("is everything, of the root user: who should not deploy", async () => {
    const root = { ...context, deployer: `arn:aws:iam::${account}:root`, statements: [roles] };

    expect(await findingsOf(permissionCheck, root)).toEqual([]);
    expect(lines(await findingsOf(accountCheck, root), "warning").join()).toContain("root user");
  });
});

describe("whose credentials they are", () => {
  const { AWS_REGION: before } = process.env;
  afterEach(() => {
    if (before === undefined) delete process.env["AWS_REGION"];
    else process.env["AWS_REGION"] = before;
  });

  it("is shown, with the region of the stack, which is another than the environment's", async () => {
    process.env["AWS_REGION"] = "us-west-2";
    const found = await findingsOf(accountCheck, context);

    expect(lines(found, "ok")).toEqual([
      `arn:aws:sts::${account}:assumed-role/deploy/session: account ${account}, ${region}`,
    ]);
    expect(lines(found, "warning")).toEqual([
      `AWS_REGION: the stack deploys to ${region}, the environment names us-west-2`,
    ]);
  });

  it("is shown, and that what is deployed is not known", async () => {
    process.env["AWS_REGION"] = region;
    const state = { unknown: "there is no Pulumi CLI" };

    expect(lines(await findingsOf(accountCheck, { ...context, state }), "warning")).toEqual([
      "the stack's state: what is deployed already is not known: there is no Pulumi CLI",
    ]);
  });

  it.each([
    ["CredentialsProviderError", "There are no AWS credentials"],
    ["InvalidClientTokenId", "wrong or expired, or the account has not enabled the region"],
    ["ExpiredToken", "wrong or expired"],
    ["TimeoutError", "does not respond"],
    ["ServiceUnavailable", "gives no answer: ServiceUnavailable"],
  ])("is asked for first, and in vain for a reason: %s", async (name, message) => {
    sts.on(GetCallerIdentityCommand).rejects(answer(name));

    await expect(callerIdentity(context.clients.sts, region)).rejects.toThrow(message);
  });

  it("is the role's, for a session of one, with the path that IAM knows", async () => {
    const session = `arn:aws:sts::${account}:assumed-role/AWSReservedSSO_Admin_1/me`;
    const Arn = `arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_1`;
    const Role = { Arn, Path: "/", RoleName: "x", RoleId: "y", CreateDate: new Date() };
    iam.on(GetRoleCommand, { RoleName: "AWSReservedSSO_Admin_1" }).resolves({ Role });

    await expect(principalOf(session, context.clients.iam)).resolves.toBe(Arn);
  });

  it("is the role's without a path, where IAM may not be asked, and a user's as it is", async () => {
    iam.on(GetRoleCommand).rejects(denied("iam:GetRole"));
    const user = `arn:aws:iam::${account}:user/one`;

    await expect(principalOf(context.identity.arn, context.clients.iam)).resolves.toBe(deployer);
    await expect(principalOf(user, context.clients.iam)).resolves.toBe(user);
  });
});
