import * as fs from "node:fs";
import * as path from "node:path";
import * as z from "zod";
import { freePort } from "../../lib/local/ports";
import { command, temporaryOutputs } from "./operations";
import { runHere } from "../run-command";

jest.setTimeout(240_000);

const onAws = {
  accountId: "123456789012",
  environment: "prod",
  apiEndpoint: "https://abc.execute-api.us-east-1.amazonaws.com/prod",
};

const reportSchema = z.object({
  suites: z.array(z.object({ suite: z.string(), passed: z.int(), failed: z.int() })),
  totals: z.object({ passed: z.int(), failed: z.int(), skipped: z.int() }),
});

describe("npm run check", () => {
  it("checks the stack of an outputs file, and ends with 0 if all is as it should be", async () => {
    const { code, stdout, stderr } = await command("check", ["--only", "outputs", "--json"]);
    const { suites, totals } = reportSchema.parse(JSON.parse(stdout));

    expect(suites).toEqual([{ suite: "outputs", passed: totals.passed, failed: 0 }]);
    expect(totals.passed).toBeGreaterThan(30);
    expect(stderr).toContain("outputs: ");
    expect(code).toBe(0);
  });

  it("ends with 1 if something is not, and writes that into the report", async () => {
    const file = temporaryOutputs({ vpcCidr: "everywhere" });
    const report = path.join(path.dirname(file), "check.md");
    const { code, stdout } = await command("check", [
      ...["--outputs", file],
      ...["--only", "outputs"],
      ...["--report", report],
    ]);

    expect(stdout).toMatch(/outputs: .*vpcCidr[^]*everywhere[^]*\d+ passed, 1 failed/);
    expect(fs.readFileSync(report, "utf8")).toMatch(/failed\n[^]*vpcCidr[^]*everywhere/);
    expect(code).toBe(1);
  });

  it.each<[string, readonly string[], string]>([
    ["a suite that there is not", ["--only", "netwrok"], "Suites: outputs, network"],
    ["a report of another kind", ["--report", "check.pdf"], ".md or .json"],
    ["no outputs file", ["--outputs", "not/there.json"], "not/there.json cannot be read"],
  ])("ends with 2 for %s", async (_, args, said) => {
    const file = temporaryOutputs({});
    const { code, stdout, stderr } = await runHere("check", ["--outputs", file, ...args]);

    expect(stderr).toContain(said);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });

  it("makes no payments in prod on AWS", async () => {
    const file = temporaryOutputs(onAws);
    const { code, stderr } = await runHere("check", ["--outputs", file, "--payments"]);

    expect(stderr).toContain("is prod on AWS");
    expect(code).toBe(2);
  });

  it("reports once that nothing responds, instead of failing every check", async () => {
    const down = `http://127.0.0.1:${String(await freePort())}`;
    const file = temporaryOutputs({
      accountId: "000000000000",
      apiEndpoint: `${down}/_aws/execute-api/x/dev`,
    });
    const { code, stdout, stderr } = await command("check", ["--outputs", file], {
      AWS_ENDPOINT_URL: down,
    });

    expect(stderr).toContain("ECONNREFUSED");
    expect(stderr).toContain("npm run local");
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });
});
