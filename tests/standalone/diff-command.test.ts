import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as z from "zod";
import { runHere } from "../run-command";

jest.setTimeout(240_000);

const run = (name: "diff" | "environments", ...args: string[]) => runHere(name, args);

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "payments-graphs-"));
const saved = path.join(folder, "prod.json");
afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});

/** The saved graph with another text in it. */
function changed(before: string, after: string): string {
  const file = path.join(folder, "changed.json");
  const text = fs.readFileSync(saved, "utf8");
  expect(text).toContain(before);
  fs.writeFileSync(file, text.replace(before, after));
  return file;
}

const comparisonSchema = z.object({
  before: z.string(),
  after: z.string(),
  passed: z.boolean(),
  resources: z.array(z.object({ name: z.string(), change: z.string() })),
});

beforeAll(async () => {
  const { code, stdout } = await run("diff", "prod", "--save", saved);

  expect(code).toBe(0);
  expect(stdout).toContain(`npm run diff -- prod --base ${saved}`);
});

describe("npm run diff", () => {
  it("finds that dev and prod differ, and that all of it is explained", async () => {
    const { code, stdout } = await run("diff", "dev", "prod");

    expect(stdout).toContain("retentionInDays: 7 → 90 (logs.retentionDays)");
    expect(stdout).toMatch(/dev → prod: \d+ added, 0 removed, \d+ changed.*all of it explained/);
    expect(stdout).not.toContain("\u001b");
    expect(code).toBe(0);
  });

  it("finds nothing in a stack that has not changed since", async () => {
    const { code, stdout } = await run("diff", "prod", "--base", saved);

    expect(stdout).toMatch(/^prod: no difference in \d+ resources\n$/);
    expect(code).toBe(0);
  });

  it("prints what has changed since, as Markdown for a pull request", async () => {
    const base = changed('"retentionInDays": 90', '"retentionInDays": 30');
    const { code, stdout } = await run("diff", "prod", "--base", base, "--markdown");

    expect(stdout).toContain("### `prod`: 0 added, 0 removed, 1 changed");
    expect(stdout).toContain("```diff\n- retentionInDays: 30\n+ retentionInDays: 90\n```");
    expect(code).toBe(1);
  });

  it("compares two saved graphs without running a program that could change the result", async () => {
    const after = changed('"retentionInDays": 90', '"retentionInDays": 30');
    const { code, stdout } = await run("diff", "prod", "--base", saved, "--after", after);

    expect(stdout).toContain("retentionInDays: 90 → 30");
    expect(code).toBe(1);
  });

  it("prints the same as JSON", async () => {
    const base = changed('"name": "payments-audit-bucket"', '"name": "payments-old-bucket"');
    const { code, stdout } = await run("diff", "prod", "--base", base, "--json");

    expect(comparisonSchema.parse(JSON.parse(stdout))).toEqual({
      before: "prod",
      after: "prod",
      passed: false,
      resources: [
        { name: "payments-old-bucket", change: "removed" },
        { name: "payments-audit-bucket", change: "added" },
      ],
    });
    expect(code).toBe(1);
  });

  it.each([
    [["prod"], "what should prod be compared with?"],
    [["prod", "dev", "--base", "x"], "One of: a second stack, --base FILE"],
    [["prod", "nowhere"], "there is no stack nowhere"],
    [["prod", "--base", "not/there.json"], "not/there.json cannot be read"],
    [["prod", "--base", "package.json"], "package.json is not the graph of a stack"],
    [["dev", "--base", saved], "is the graph of prod of payments, not of dev of payments"],
    [["dev", "--save", "not/there/dev.json"], "not/there/dev.json cannot be written"],
    [["dev", "--base", saved, "--after", saved], "not of dev of payments"],
    [["prod", "dev", "--after", saved], "what should --after be compared with?"],
    [["prod", "dev", "--json", "--markdown"], "cannot be used with option '--json'"],
  ])("refuses %j, and ends with 2", async (args, message) => {
    const { code, stdout, stderr } = await run("diff", ...args);

    expect(stderr).toContain(message);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });

  it("prints its help", async () => {
    const { code, stdout } = await run("diff", "--help");

    expect(stdout).toContain("Usage: npm run diff --");
    expect(code).toBe(0);
  });
});

describe("npm run environments", () => {
  it("shows what differs, with the reason, and leaves out what is the same", async () => {
    const { code, stdout } = await run("environments");

    expect(stdout).toMatch(/≠.*database\.instanceClass.*db\.t4g\.micro.*db\.m6g\.large.*size/);
    expect(stdout).not.toContain("database.backupWindow");
    expect(code).toBe(0);
  });

  it("shows everything with --all", async () => {
    const { stdout } = await run("environments", "--all");

    expect(stdout).toContain("database.backupWindow");
  });

  it("prints JSON, the stacks in their order", async () => {
    const { stdout } = await run("environments", "--json");
    const { stacks } = z
      .object({ stacks: z.array(z.object({ stack: z.string() })) })
      .parse(JSON.parse(stdout));

    expect(stacks.map(({ stack }) => stack)).toEqual(["dev", "staging", "prod"]);
  });

  it("refuses what it does not know, and ends with 2", async () => {
    const { code, stderr } = await run("environments", "--wrong");

    expect(stderr).toContain("--wrong");
    expect(code).toBe(2);
  });
});
