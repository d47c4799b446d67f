import { asked, ifThere } from "../../../bin/preflight/finding";
import type { Finding } from "../../../bin/preflight/finding";
import { reportOf, reportText } from "../../../bin/preflight/report";
import { runChecks } from "../../../bin/preflight/run";
import type { Check, Context } from "../../../bin/preflight/check";
import { answer, denied, firstDeployment } from "./context";

const check = (name: string, run: Check["run"]): Check => ({
  name,
  permissions: ["ec2:DescribeVpcs"],
  run,
});
const ok: Finding = { level: "ok", what: "is well", where: "it" };

describe("an answer that AWS does not give", () => {
  const found = async (error: Error) => {
    const [finding] = await asked("VPCs", ["ec2:DescribeVpcs"], () => Promise.reject(error));
    return finding;
  };

  it.each([
    ["names the action that is not permitted", denied("iam:GetRole"), "allow iam:GetRole"],
    [
      "names what the check needs, where the service does not name the action",
      answer("UnauthorizedOperation"),
      "allow ec2:DescribeVpcs",
    ],
    [
      "is asked for again later, where calls are throttled",
      answer("ThrottlingException"),
      "minute",
    ],
    ["is asked for again later, where IAM says so", answer("Throttling"), "minute"],
    [
      "may be for a network that is broken",
      Object.assign(new Error("connect"), { code: "ECONNREFUSED" }),
      "check the network",
    ],
    ["may be for a service that does not respond", answer("TimeoutError"), "check the network"],
    ["is repeated in the service's words", answer("InvalidAction", "Unknown: x"), "console"],
  ])("%s", async (_, error, whatToDo) => {
    const finding = await found(error);

    expect(finding).toMatchObject({ level: "warning", where: "VPCs" });
    expect(finding?.what).toContain("could not be asked: ");
    expect(finding?.whatToDo).toContain(whatToDo);
  });

  it("is one line, whatever the service writes", async () => {
    expect((await found(answer("Odd", "first\nsecond")))?.what).toBe(
      "could not be asked: Odd: first",
    );
  });

  it("is undefined for what is not there, and an error for everything else", async () => {
    await expect(ifThere(Promise.reject(answer("NoSuchEntityException")))).resolves.toBe(undefined);
    await expect(ifThere(Promise.reject(answer("DBInstanceNotFoundFault")))).resolves.toBe(
      undefined,
    );
    await expect(ifThere(Promise.reject(answer("AccessDenied")))).rejects.toThrow("AccessDenied");
    await expect(ifThere(Promise.resolve(1))).resolves.toBe(1);
  });
});

describe("checks", () => {
  let context: Context;
  beforeAll(async () => {
    context = await firstDeployment();
  });

  it("fail alone, and are reported in their order", async () => {
    const results = await runChecks(
      [
        check("breaks", () => Promise.reject(answer("Odd"))),
        check("works", () => Promise.resolve([ok])),
      ],
      context,
    );

    expect(results.map(({ check: name }) => name)).toEqual(["breaks", "works"]);
    expect(results[0]?.findings[0]).toMatchObject({ level: "warning", where: "breaks" });
    expect(results[1]?.findings).toEqual([ok]);
  });

  it("say what they wait for", async () => {
    const progress: unknown[] = [];
    await runChecks([check("one", () => Promise.resolve([]))], context, (...args) => {
      progress.push(args);
    });

    expect(progress).toEqual([
      [0, ["one"]],
      [1, []],
    ]);
  });

  it("report once what keeps them from asking about several things", async () => {
    const denial = (where: string) =>
      asked(where, [], () => Promise.reject(denied("rds:Describe")));
    const [result] = await runChecks(
      [check("rds", async () => [...(await denial("storage")), ...(await denial("groups"))])],
      context,
    );

    expect(result?.findings.map(({ where }) => where)).toEqual(["storage, groups"]);
  });

  it("let nothing that AWS says pass for a line of the report", async () => {
    const [result] = await runChecks(
      [check("names", () => Promise.resolve([{ ...ok, what: "a\n0 problems\u001b[2K" }]))],
      context,
    );

    expect(result?.findings[0]?.what).toBe("a\\u000a0 problems\\u001b[2K");
  });
});

describe("the report", () => {
  const problem: Finding = { level: "problem", what: "is full", where: "VPCs", whatToDo: "ask" };
  const report = async (...findings: Finding[]) =>
    reportOf(await firstDeployment(), [{ check: "quotas", findings }]);

  it("shows what is to be done, and what is well only where that is asked for", async () => {
    const found = await report(ok, problem);

    expect(reportText(found, false).split("\n")).toEqual([
      "prod in account 111122223333, eu-central-1, deployed by arn:aws:iam::111122223333:role/deploy",
      "",
      "quotas",
      "  problem  VPCs: is full",
      "           → ask",
      "",
      "1 problem, 0 warnings, 1 well.",
    ]);
    expect(reportText(found, true)).toContain("  ok       it: is well");
  });

  it("has nothing of a check that found nothing to do", async () => {
    expect(reportText(await report(ok), false)).not.toContain("quotas");
    expect(await report(ok)).toMatchObject({ problems: 0, warnings: 0 });
  });
});
