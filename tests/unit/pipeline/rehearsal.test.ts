import * as fs from "node:fs";
import * as path from "node:path";
import * as iam from "@pulumi/aws/iam";
import { rehearsalRole } from "../../../bin/pipeline/rehearsal";
import { auditProgram } from "../../../lib/policy";
import { covers } from "../../../lib/policy/access";
import { environmentGraph } from "../environment-graph";
import { jobs } from "./workflows";

const root = path.resolve(__dirname, "../../..");
const { trust, permissions } = rehearsalRole({
  account: "111122223333",
  region: "eu-central-1",
  repository: "example/payments",
  stateBucket: "example-states",
});
const job = jobs.find(({ file }) => file.endsWith("/rehearsal.yml"));
const folder = path.join(root, "bin/rehearsal");
const sources = fs
  .readdirSync(folder)
  .map((file) => fs.readFileSync(path.join(folder, file), "utf8"));
const workflow = job?.text ?? "";

describe("the workflow of the rehearsals", () => {
  it("is off until a variable names the account, and is for no other", () => {
    expect(job?.condition).toContain("vars.REHEARSAL_ACCOUNT_ID != ''");
    expect(workflow).toMatch(/ACCOUNT: \$\{\{ vars\.REHEARSAL_ACCOUNT_ID \}\}/);
    expect(job?.steps.some(({ run }) => run?.includes('--account "$ACCOUNT"'))).toBe(true);
  });

  it("is never cut off by another: what it has made would stay", () => {
    expect(job?.group).toBe("rehearsal");
    expect(job?.cancels).not.toBe(true);
  });

  it("has more time than all steps may take, and credentials for as long", () => {
    const limits = sources.flatMap((text) =>
      [...text.matchAll(/limitMinutes: (\d+)/g)].map(([, minutes]) => Number(minutes)),
    );
    const sum = limits.reduce((total, minutes) => total + minutes, 0);
    const timeout = Number(/timeout-minutes: (\d+)/.exec(workflow)?.[1]);
    const stale = Number(/staleHours = (\d+)/.exec(sources.join("\n"))?.[1]) * 60;

    expect(limits.length).toBeGreaterThan(10);
    expect(sum).toBeLessThanOrEqual(stale);
    expect(sum).toBeLessThan(timeout);
    expect(Number(/role-duration-seconds: (\d+)/.exec(workflow)?.[1])).toBe(timeout * 60);
  });
});

describe("the role of the rehearsals", () => {
  it("is assumed by that workflow on main, in an environment of its own", () => {
    const text = JSON.stringify(trust);

    expect(text).toContain('"repo:example/payments:environment:rehearsal"');
    expect(text.match(/workflows\/[\w.]+@refs\/heads\/main/g)).toEqual([
      "workflows/rehearsal.yml@refs/heads/main",
    ]);
    expect(job?.environment).toBe("rehearsal");
  });

  it("may call what the steps call", () => {
    const services: Readonly<Record<string, string>> = {
      "cloudwatch-logs": "logs",
      "resource-groups-tagging-api": "tag",
      "secrets-manager": "secretsmanager",
    };
    const called = sources.flatMap((text) =>
      [...text.matchAll(/import \{([^}]*)\} from "@aws-sdk\/client-([\w-]+)"/g)].flatMap(
        ([, names = "", client = ""]) =>
          [...names.matchAll(/(?:paginate(\w+)|(\w+)Command)\b/g)].map(
            ([, paged, sent]) => `${services[client] ?? client}:${String(paged ?? sent)}`,
          ),
      ),
    );
    const allowed = permissions.Statement.flatMap(({ Action }) => Action);

    expect(called.length).toBeGreaterThan(15);
    // who one is may be asked by everybody
    expect(
      called.filter((action) => action !== "sts:GetCallerIdentity" && !allowed.includes(action)),
    ).toEqual([]);
  });

  it("reaches the alarms and the topic of a stack like dev by their names", async () => {
    const { resources } = await environmentGraph("dev");
    const named = (type: string, service: string) =>
      resources
        .filter((resource) => resource.type === type)
        .map(
          ({ inputs }) =>
            `arn:aws:${service}:${String(inputs["name"]).replace(/-dev$/, "-rehearsal-t0000000ab")}`,
        );
    const arns = [
      ...named(
        "aws:cloudwatch/metricAlarm:MetricAlarm",
        "cloudwatch:eu-central-1:111122223333:alarm",
      ),
      ...named("aws:sns/topic:Topic", "sns:eu-central-1:111122223333"),
    ];
    const patterns = permissions.Statement.flatMap(({ Resource = [] }) => Resource);

    expect(arns.length).toBeGreaterThan(5);
    expect(
      arns.filter(
        (arn) =>
          !covers(
            patterns.filter((one) => one !== "*"),
            arn,
          ),
      ),
    ).toEqual([]);
  });

  it("fits into a policy, and breaks no rule on identities", async () => {
    expect(JSON.stringify(permissions).length).toBeLessThan(6144);
    const { findings } = await auditProgram(() => {
      const role = new iam.Role("role", { assumeRolePolicy: JSON.stringify(trust) });
      new iam.RolePolicy("policy", { role: role.id, policy: JSON.stringify(permissions) });
    });

    expect(
      findings.filter(({ rule }) => rule.id.startsWith("IAM")).map(({ rule }) => rule.id),
    ).toEqual([]);
  });
});
