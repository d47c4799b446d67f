import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as z from "zod";
import { checks } from "../../bin/preflight";
import { runCommand } from "../run-command";
import { isLocal, outputs, text } from "./deployed";

jest.setTimeout(240_000);

const reportSchema = z.object({
  account: z.string(),
  region: z.string(),
  deployer: z.string(),
  problems: z.number(),
  checks: z.array(
    z.object({
      check: z.string(),
      findings: z.array(
        z.object({
          level: z.enum(["ok", "warning", "problem"]),
          what: z.string(),
          where: z.string(),
          whatToDo: z.string().optional(),
        }),
      ),
    }),
  ),
});

const preflight = (args: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
  runCommand("preflight", ["--stack", "dev", ...args], environment);

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "payments-preflight-"));
afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});

/** A state with some resources, so that no Pulumi CLI is asked. */
function stateOf(resources: readonly object[] = []): string {
  const file = path.join(folder, `${String(resources.length)}.json`);
  fs.writeFileSync(file, JSON.stringify({ version: 3, deployment: { resources } }));
  return file;
}

const json = async (state: string, ...args: string[]) => {
  const { code, stdout, stderr } = await preflight([
    ...["--with", "all", "--json", "--state", state],
    ...args,
  ]);
  const report = reportSchema.parse(JSON.parse(stdout));
  const lines = (check: string) =>
    report.checks
      .find((one) => one.check === check)
      ?.findings.map(({ level, where, what }) => `${level}: ${where}: ${what}`) ?? [];
  return { code, stderr, report, lines };
};

/** The local cloud is an account that has a stack, lacks services and answers some questions badly. */
(isLocal ? describe : describe.skip)("npm run preflight, on a local cloud", () => {
  it("asks everything, and reports what gives no answer", async () => {
    const { code, stderr, report, lines } = await json(stateOf());

    expect(report).toMatchObject({ account: text("accountId"), region: text("region") });
    expect(report.checks.map(({ check }) => check)).toEqual(checks.map(({ name }) => name));
    expect(lines("quotas").join("\n")).toMatch(/VPCs per Region: 1 more needed.*AWS's default/);
    expect(lines("quotas").join("\n")).toMatch(/warning: .*DB instances.*could not be asked/);
    expect(lines("names").join("\n")).toMatch(
      /problem: functions: payments-dev-payment-dev exists already, and is not in the stack's state/,
    );
    expect(lines("keys").join("\n")).toContain("ok: alias/");
    expect(lines("API logging role").join("\n")).toContain("another stack of this program");
    expect(lines("service-linked roles")[0]).toMatch(/^problem: AWSServiceRoleForRDS: is missing/);
    expect(stderr).not.toContain("    at ");
    expect(code).toBe(1);
  });

  it("takes for the stack's own what its state has", async () => {
    const topic = { type: "aws:sns/topic:Topic", inputs: { name: "payments-dev-alarms-dev" } };
    const urn = `urn:pulumi:dev::payments::${topic.type}::topic`;
    const { lines } = await json(stateOf([{ urn, custom: true, id: "topic", ...topic }]));

    expect(lines("names").find((line) => line.includes("topics"))).toMatch(/^ok: /);
    expect(lines("names").find((line) => line.includes("tables"))).toMatch(
      /^problem: .* exists already, and is not in the stack's state/,
    );
  });

  it("asks what another identity may do that deploys", async () => {
    const deployer = String(outputs["lambdaRoleArn"]);
    const { report, lines } = await json(stateOf(), "--deployer", deployer);

    expect(report.deployer).toBe(deployer);
    expect(lines("permissions").join("\n")).toMatch(
      /problem: PassRoles .*: no policy allows iam:PassRole/,
    );
  });

  it("prints what is to be done, with the progress apart from it", async () => {
    const { code, stdout } = await preflight(["--state", stateOf()]);

    expect(stdout).toMatch(/^dev in account 0{12}, /);
    expect(stdout).toContain(
      "→ aws iam create-service-linked-role --aws-service-name rds.amazonaws.com",
    );
    expect(stdout).toMatch(/\d+ problems?, \d+ warnings?, \d+ well\.\n$/);
    expect(code).toBe(1);
  });
});

describe("npm run preflight", () => {
  it.each<[string, readonly string[], Readonly<Record<string, string>>, string]>([
    ["a stack that it does not know", ["--stack", "nowhere"], {}, "there is no stack nowhere"],
    [
      "a cloud that does not respond",
      [],
      {
        AWS_ENDPOINT_URL: "http://127.0.0.1:1",
        AWS_ACCESS_KEY_ID: "key",
        AWS_SECRET_ACCESS_KEY: "secret",
      },
      "does not respond (ECONNREFUSED)",
    ],
    ["a state that is none", ["--state", "package.json"], {}, "is not the export of a stack"],
  ])("ends with 2 and a line for %s", async (_, args, environment, said) => {
    const { code, stdout, stderr } = await preflight(args, environment);

    expect(stderr).toContain(said);
    expect(stderr).not.toContain("    at ");
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });

  it("ends with 2 where there are no credentials", async () => {
    const { code, stderr } = await preflight([], {
      AWS_ACCESS_KEY_ID: "",
      AWS_PROFILE: "",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
      AWS_CONFIG_FILE: "/dev/null",
      AWS_EC2_METADATA_DISABLED: "true",
    });

    expect(stderr).toContain("There are no AWS credentials");
    expect(code).toBe(2);
  });
});
