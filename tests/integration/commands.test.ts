import * as fs from "node:fs";
import * as path from "node:path";
import * as z from "zod";
import { commands } from "../../bin/commands";
import { freePort } from "../../lib/local/ports";
import { describeWithPayments, isLocal, text } from "./deployed";
import { runCommand, runHere } from "../run-command";
import { command, itemOf, temporaryOutputs } from "./operations";

jest.setTimeout(240_000);

const onAws = {
  accountId: "123456789012",
  apiEndpoint: "https://abc.execute-api.us-east-1.amazonaws.com/dev",
};
const onOutputs = ["redrive", "reconcile", "load"] as const;

describe("the command-line tool", () => {
  const names = Object.values(commands).flatMap((group) => group.map(({ name }) => name));

  it("has every command as a script of the package, too", () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(fs.readFileSync("package.json", "utf8")));

    for (const name of names) expect(scripts[name]).toBe(`node bin/cli.mjs ${name}`);
  });

  it("lists its commands", async () => {
    const { code, stdout } = await runCommand("--help", []);

    for (const name of names) expect(stdout).toMatch(new RegExp(`^  ${name} `, "m"));
    expect(code).toBe(0);
  });

  it.each(names)("explains %s and how it ends", async (name) => {
    const { code, stdout } = await runHere(name, ["--help"]);

    expect(stdout).toContain(`Usage: npm run ${name} -- `);
    // the first prints JSON anyway, the other writes its report to a file
    if (!["deployment-policy", "rehearse"].includes(name)) expect(stdout).toContain("  --json ");
    expect(stdout).toMatch(/\nExit code: 0 /);
    expect(code).toBe(0);
  });

  it.each([
    ["leaves what goes into a pipe uncoloured, in a CI run too", {}, false],
    ["colours it where that is forced", { FORCE_COLOR: "1" }, true],
  ])("%s", async (_, forced, colored) => {
    const ci = { CI: "true", GITHUB_ACTIONS: "true", NO_COLOR: "" };
    const { stdout } = await runCommand("environments", [], { ...ci, ...forced });

    expect(stdout.includes("\u001b")).toBe(colored);
  });

  it("refuses a command that it does not have, and suggests one that it has", async () => {
    const { code, stderr } = await runCommand("redive", []);

    expect(stderr).toContain("Did you mean redrive?");
    expect(code).toBe(2);
  });
});

describe.each(onOutputs)("npm run %s", (name) => {
  it("prints its help, and ends with 0", async () => {
    const { code, stdout } = await command(name, ["--help"]);

    expect(code).toBe(0);
    expect(stdout).toContain(`Usage: npm run ${name} --`);
    expect(stdout).toContain("--outputs <file>");
  });

  it("refuses what it does not know, and ends with 2", async () => {
    const { code, stderr } = await command(name, ["--wrong"]);

    expect(code).toBe(2);
    expect(stderr).toContain("--wrong");
  });

  it("reports that the outputs file is missing, and how it is made", async () => {
    const { code, stdout, stderr } = await command(name, ["--outputs", "not/there.json"]);

    expect(code).toBe(2);
    expect(stderr).toContain("not/there.json cannot be read");
    expect(stderr).toContain("npm run local");
    expect(stdout).toBe("");
  });

  it("reports which outputs are missing or wrong", async () => {
    const file = temporaryOutputs({ region: 3, ledgerLambdaName: undefined });
    const { code, stderr } = await command(name, ["--outputs", file]);

    expect(code).toBe(2);
    expect(stderr).toContain("wrong or missing are region, ledgerLambdaName");
  });

  it("reports that the outputs file is no JSON", async () => {
    const file = path.join(path.dirname(temporaryOutputs({})), "broken.json");
    fs.writeFileSync(file, "{");
    const { code, stderr } = await command(name, ["--outputs", file]);

    expect(code).toBe(2);
    expect(stderr).toContain("is not JSON");
  });

  it("reports that the local cloud of the outputs has ended", async () => {
    const ended = path.join(path.dirname(temporaryOutputs({})), "ended");
    fs.mkdirSync(ended, { recursive: true });
    const file = path.join(ended, "flat-outputs.json");
    fs.copyFileSync(temporaryOutputs({ accountId: "000000000000" }), file);
    const { code, stderr } = await runHere(name, ["--outputs", file]);

    expect(stderr).toContain("has ended");
    expect(stderr).toContain("npm run local");
    expect(code).toBe(2);
  });

  it("reports that nothing responds", async () => {
    const down = `http://127.0.0.1:${String(await freePort())}`;
    const file = temporaryOutputs({
      accountId: "000000000000",
      apiEndpoint: `${down}/_aws/execute-api/x/dev`,
    });
    const { code, stdout, stderr } = await command(name, ["--outputs", file], {
      AWS_ENDPOINT_URL: down,
    });

    expect(code).toBe(2);
    expect(stderr).toContain(down);
    expect(stderr).toContain("ECONNREFUSED");
    expect(stderr).toContain("npm run local");
    expect(stdout).toBe("");
  });
});

describe.each(["redrive", "reconcile"] as const)("npm run %s", (name) => {
  it("reports that there are no credentials", async () => {
    const { code, stderr } = await command(name, ["--outputs", temporaryOutputs(onAws)], {
      AWS_ACCESS_KEY_ID: "",
      AWS_SECRET_ACCESS_KEY: "",
      AWS_PROFILE: "",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
      AWS_CONFIG_FILE: "/dev/null",
      AWS_EC2_METADATA_DISABLED: "true",
    });

    expect(code).toBe(2);
    expect(stderr).toContain("no AWS credentials");
  });
});

const resultSchema = z.object({
  requests: z.int(),
  throughput: z.number(),
  operations: z.array(
    z.object({
      operation: z.string(),
      requests: z.int(),
      errors: z.int(),
      p50: z.number(),
      p95: z.number(),
      p99: z.number(),
    }),
  ),
  errors: z.record(z.string(), z.number()),
  wrong: z.record(z.string(), z.number()),
  emulator: z.string().optional(),
  reconciliation: z.object({
    pending: z.int(),
    differenceCount: z.int(),
    differences: z.array(z.object({ paymentId: z.string(), kind: z.string() })),
  }),
});

describeWithPayments("npm run load", () => {
  const drives = isLocal ? it : it.skip;

  drives("measures what it does, and ends with a reconciliation", async () => {
    const args = ["--seconds", "6", "--rate", "10", "--connections", "3", "--catch-up", "60"];
    const { code, stdout } = await command("load", ["--json", ...args]);
    const result = resultSchema.parse(JSON.parse(stdout));
    const { pending, differenceCount, differences } = result.reconciliation;
    const users = await Promise.all(
      differences
        .filter(({ kind }) => kind !== "missing-in-table")
        .map(async ({ paymentId }) => (await itemOf(paymentId))["userId"]?.S),
    );

    expect(result.requests).toBeGreaterThan(0);
    expect(result.wrong).toEqual({});
    expect(Object.keys(result.errors).filter((error) => error.startsWith("5"))).toEqual([]);
    expect(result.operations.at(-1)).toMatchObject({
      operation: "all",
      requests: result.requests,
    });
    for (const { p50, p95, p99 } of result.operations)
      expect([p50, p95, p99]).toEqual([p50, p95, p99].sort((one, other) => one - other));
    expect(result.emulator).toBe(process.env["AWS_ENDPOINT_URL"]);
    // other tests may have differences at this moment, the load has none
    expect(users.filter((user) => user?.startsWith("load-user-"))).toEqual([]);
    expect(code).toBe(differenceCount + pending === 0 ? 0 : 1);
  });

  drives("prints what it measured, and what set the ceiling", async () => {
    const { stdout, stderr } = await command("load", ["--seconds", "2", "--rate", "5"]);

    expect(stdout).toMatch(/^\d+ requests in \d+\.\d s: \d+\.\d a second, requested 5/);
    expect(stdout).toMatch(/operation .* p50 ms .* p95 ms .* p99 ms .* errors/);
    expect(stdout).toContain("not AWS, sets the ceiling");
    expect(stdout).toMatch(/Reconciliation: \d+ payments checked/);
    expect(stderr).not.toContain("\u001b");
  });

  it("refuses a stack on AWS, unless that is allowed, and prod always", async () => {
    const dev = await command("load", [
      "--outputs",
      temporaryOutputs({ ...onAws, environment: "dev" }),
    ]);
    const prod = await command("load", [
      "--against-aws",
      "--outputs",
      temporaryOutputs({ ...onAws, environment: "prod" }),
    ]);

    expect([dev.code, prod.code]).toEqual([2, 2]);
    expect(dev.stderr).toContain("--against-aws");
    expect(prod.stderr).toContain("prod");
  });

  it.each([
    ["--rate", "0"],
    ["--seconds", "-1"],
    ["--connections", "many"],
  ])("refuses %s %s", async (option, value) => {
    const { code, stderr } = await command("load", [option, value]);

    expect(code).toBe(2);
    expect(stderr).toContain("allowed: ");
  });
});

describeWithPayments("npm run redrive", () => {
  it("has no dead letters to process where there are none", async () => {
    // the audit bucket has no folder of dead letters
    const file = temporaryOutputs({ deadLetterBucketName: text("auditBucketName") });
    const { code, stdout } = await command("redrive", ["--outputs", file]);

    expect(code).toBe(0);
    expect(stdout).toBe(`There are no dead letters in ${text("auditBucketName")}.\n`);
  });

  it("reports that the stack is gone", async () => {
    const file = temporaryOutputs({ deadLetterBucketName: "payments-dev-no-such-bucket" });
    const { code, stderr } = await command("redrive", ["--outputs", file]);

    expect(code).toBe(2);
    expect(stderr).toContain("NoSuchBucket");
  });
});
