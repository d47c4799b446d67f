import { randomUUID } from "node:crypto";
import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionCommand,
  InvokeCommand,
} from "@aws-sdk/client-lambda";
import { DeleteObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { S3ClientConfig } from "@aws-sdk/client-s3";
import * as z from "zod";
import { event } from "../unit/lambda/harness";
import { describeLocally } from "./behaviour/client";
import { takeCopyOfRole } from "./behaviour/world-role";
import { aws, eventually, functionArchive, newKey, text } from "./deployed";

jest.setTimeout(120_000);

const responseSchema = z.object({ statusCode: z.number(), body: z.string() });
const policySchema = z.looseObject({
  Statement: z.array(z.looseObject({ Action: z.union([z.string(), z.array(z.string())]) })),
});
type Policy = z.infer<typeof policySchema>;

const name = `payments-iam-${randomUUID().slice(0, 8)}`;
const PolicyName = "what-the-payment-function-may-do";

/** The policy of the payment function's role, without an action if one is given. */
function without(policy: Policy, action?: string): Policy {
  const Statement = policy.Statement.map((statement) => ({
    ...statement,
    Action: [statement.Action].flat().filter((one) => one !== action),
  }));
  return { ...policy, Statement };
}

/** The response of the copy of the payment function. */
async function ask(...request: Parameters<typeof event>): Promise<z.infer<typeof responseSchema>> {
  const { Payload } = await aws.lambda.send(
    new InvokeCommand({
      FunctionName: name,
      Payload: new TextEncoder().encode(JSON.stringify(event(...request))),
    }),
  );
  return responseSchema.parse(JSON.parse(new TextDecoder().decode(Payload)));
}

const make = async () => {
  const body = { userId: newKey(), amount: 100, currency: "EUR" };
  const response = await ask("POST", "/payment", { key: newKey(), body });
  const id = z.object({ transactionId: z.string().optional() }).parse(JSON.parse(response.body));
  return { ...response, id: id.transactionId ?? "" };
};

// a copy of the payment function with a role of its own: no other test is disturbed
describeLocally("a function whose role lacks a permission", () => {
  let policy: Policy;
  let paymentId: string;

  beforeAll(async () => {
    const RoleName = text("lambdaRoleName");
    const { Role } = await aws.iam.send(new GetRoleCommand({ RoleName }));
    const { PolicyNames = [] } = await aws.iam.send(new ListRolePoliciesCommand({ RoleName }));
    const { PolicyDocument = "" } = await aws.iam.send(
      new GetRolePolicyCommand({ RoleName, PolicyName: PolicyNames[0] }),
    );
    policy = policySchema.parse(JSON.parse(decodeURIComponent(PolicyDocument)));
    const copy = await aws.iam.send(
      new CreateRoleCommand({
        RoleName: name,
        AssumeRolePolicyDocument: decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ""),
      }),
    );
    await grant();
    const { Configuration, Code } = await aws.lambda.send(
      new GetFunctionCommand({ FunctionName: text("lambdaName") }),
    );
    const archive = await functionArchive(Code?.Location ?? "");
    await aws.lambda.send(
      new CreateFunctionCommand({
        FunctionName: name,
        Role: copy.Role?.Arn,
        Runtime: Configuration?.Runtime,
        Handler: Configuration?.Handler,
        Timeout: Configuration?.Timeout,
        Code: { ZipFile: archive },
        Environment: {
          Variables: { ...Configuration?.Environment?.Variables, AWS_SDK_UA_APP_ID: name },
        },
      }),
    );
    const made = await eventually(make, ({ statusCode }) => statusCode === 201);
    paymentId = made.id;
  });

  afterAll(async () => {
    await aws.lambda.send(new DeleteFunctionCommand({ FunctionName: name }));
    await aws.iam.send(new DeleteRolePolicyCommand({ RoleName: name, PolicyName }));
    await aws.iam.send(new DeleteRoleCommand({ RoleName: name }));
  });

  const grant = (action?: string) =>
    aws.iam.send(
      new PutRolePolicyCommand({
        RoleName: name,
        PolicyName,
        PolicyDocument: JSON.stringify(without(policy, action)),
      }),
    );

  const authorize = async () =>
    ask("POST", `/payment/${(await make()).id}/authorize`, {
      body: { outcome: "APPROVED" },
      key: newKey(),
    });

  it.each<[string, string, () => Promise<{ statusCode: number }>]>([
    ["dynamodb:PutItem", "make a payment", make],
    ["dynamodb:GetItem", "look for a key's first response", authorize],
    ["dynamodb:Query", "read a payment", () => ask("GET", `/payment/${paymentId}`)],
    ["dynamodb:UpdateItem", "move a payment", authorize],
  ])("without %s it cannot %s, and with it again it can", async (action, _, use) => {
    await grant(action);
    const refused = await use();
    await grant();
    const allowed = await use();

    expect(refused.statusCode).toBeGreaterThanOrEqual(500);
    expect(allowed.statusCode).toBeLessThan(300);
  });
});

describeLocally("a bucket's policy", () => {
  const Bucket = text("auditBucketName");
  const Key = `iam/${name}.json`;

  /** Writes an object as the ledger function's role, by the endpoint that is given. */
  async function write(endpoint: string, more: { IfNoneMatch?: string }): Promise<string> {
    const s3 = new S3Client({
      region: text("region"),
      endpoint,
      forcePathStyle: true,
      userAgentAppId: name,
      credentials,
    });
    try {
      await s3.send(new PutObjectCommand({ Bucket, Key, Body: "{}", ...more }));
      return "written";
    } catch (error) {
      return String(error);
    }
  }

  let credentials: NonNullable<S3ClientConfig["credentials"]>;
  let overTls: string;
  beforeAll(async () => {
    const taken = await takeCopyOfRole(`${name}-ledger`, text("ledgerLambdaRoleName"), {});
    credentials = {
      accessKeyId: taken["AWS_ACCESS_KEY_ID"] ?? "",
      secretAccessKey: taken["AWS_SECRET_ACCESS_KEY"] ?? "",
      sessionToken: taken["AWS_SESSION_TOKEN"] ?? "",
    };
    const { Configuration } = await aws.lambda.send(
      new GetFunctionCommand({ FunctionName: text("ledgerLambdaName") }),
    );
    // the endpoint that functions call: it marks their calls as sent over TLS
    overTls = Configuration?.Environment?.Variables?.["AWS_ENDPOINT_URL"] ?? "";
  });

  afterAll(async () => {
    await aws.s3.send(new DeleteObjectCommand({ Bucket, Key }));
  });

  it("refuses requests without TLS, from a role that may write", async () => {
    const plain = process.env["AWS_ENDPOINT_URL"] ?? "";

    expect(await write(plain, { IfNoneMatch: "*" })).toContain("explicit deny");
  });

  it("accepts a document over TLS that does not exist yet, and no other", async () => {
    expect(await write(overTls, { IfNoneMatch: "*" })).toBe("written");
    expect(await write(overTls, { IfNoneMatch: "*" })).toContain("PreconditionFailed");
  });
});
