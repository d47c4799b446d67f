import { spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { text } from "node:stream/consumers";
import * as z from "zod";
import { pythonTool } from "../../lib/local/python-tools";

jest.setTimeout(300_000);

const project = path.resolve(__dirname, "../..");
/** A copy of the project, to which the module of docs/extending.md is added. */
const copy = fs.mkdtempSync(path.join(os.tmpdir(), "payments-new-module-"));
afterAll(() => {
  fs.rmSync(copy, { recursive: true, force: true });
});

const fromProject = (name: string) => path.join(project, name);
const inCopy = (name: string) => path.join(copy, name);
const read = (name: string) => fs.readFileSync(inCopy(name), "utf8");

async function run(folder: string, executable: string, args: readonly string[], input = "") {
  const child = spawn(executable, args, {
    cwd: folder,
    env: { ...process.env, NO_COLOR: "1" },
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stdin.end(input);
  const [stdout, stderr] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  return { code: child.exitCode, stdout, stderr };
}

/** As bin/cli.mjs, but without its set-up: packages and emulator are there. */
const start = `
import { createRequire } from "node:module";
import { commandsBundle } from "./bin/commands-bundle.mjs";
const bundle = await commandsBundle();
await import("./bin/lazy-packages.mjs");
createRequire(import.meta.url)(bundle);
`;

/** Runs a command. */
const command = (folder: string, ...args: readonly string[]) =>
  run(folder, process.execPath, ["--input-type=module", "--eval", start, "bin/cli.mjs", ...args]);

function copyProject(): void {
  const stacks = ["dev", "staging", "prod"].map((name) => `Pulumi.${name}.yaml`);
  const others = [
    "Pulumi.yaml",
    "package.json",
    "package-lock.json",
    "tsconfig.json",
    ".dependency-cruiser.js",
  ];
  for (const name of ["bin", "docs", "lib", ...stacks, ...others])
    fs.cpSync(fromProject(name), inCopy(name), { recursive: true });
  fs.symlinkSync(fromProject("node_modules"), inCopy("node_modules"));
  const { python, packages } = pythonTool("emulator", project);
  const emulator = inCopy(path.join(".cache", path.basename(packages)));
  fs.cpSync(packages, emulator, { recursive: true });
  fs.writeFileSync(inCopy(".cache/emulator.json"), JSON.stringify({ python, packages: emulator }));
}

/** Does what docs/extending.md says. */
async function addModule(): Promise<void> {
  copyProject();
  fs.cpSync(fromProject("tests/module/lib"), inCopy("lib"), { recursive: true });
  const [, line = ""] = /^```diff\n([^]*?)^```$/m.exec(read("docs/extending.md")) ?? [];
  expect(await run(copy, "git", ["apply"], line)).toEqual({ code: 0, stdout: "", stderr: "" });
  // bundles the commands once, not in each that starts beside the others
  expect(await command(copy, "--help")).toMatchObject({ code: 0 });
}

// tests that run side by side do not wait for beforeAll
const added = addModule();

describe("a module that is added as a folder and a line", () => {
  it.concurrent("is deployed to the local cloud, and used there", async () => {
    await added;
    const { code, stdout } = await command(
      copy,
      ...["local", "--once", "--with", "receipts", "--json"],
    );

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      payment: { amount: 1250 },
      receipt: { paymentId: "pay_1" },
    });
    expect(JSON.parse(read("cfn-outputs/flat-outputs.json"))).toHaveProperty("receiptsEndpoint");
  });

  it.concurrent("is in the documentation that is made of the code", async () => {
    await added;
    const { code, stdout } = await command(copy, "docs");

    expect({ code, written: stdout.trim().split("\n").sort() }).toEqual({
      code: 0,
      written: [
        "wrote docs/configuration.md",
        "wrote docs/cost.md",
        "wrote docs/modules/receipts.md",
        "wrote docs/outputs.md",
        "wrote docs/runbook.md",
      ],
    });
    expect(read("docs/configuration.md")).toContain("| `receipts.keepDays` | `7` | `7` | `365` |");
    expect(read("docs/outputs.md")).toContain("| `receiptsEndpoint` |");
    expect(read("docs/runbook.md")).toContain("\n### receipts-errors\n");
    expect(read("docs/modules/receipts.md")).toContain("[receipts-errors](../runbook.md#receipts");
  });

  it.concurrent("is in the pictures of a stack that has it", async () => {
    await added;
    for (const [picture, part] of [
      ["diagram", ">issue receipt<"],
      ["dashboard", ">Receipts<"],
    ] as const) {
      const out = inCopy(`${picture}.svg`);
      const { code } = await command(copy, picture, "dev", "--with", "receipts", "--out", out);

      expect(code).toBe(0);
      expect(fs.readFileSync(out, "utf8")).toContain(part);
    }
  });

  it.concurrent("differs between environments as it declares, and not otherwise", async () => {
    await added;
    const { code, stdout } = await command(copy, "diff", "dev", "prod", "--with", "receipts");

    expect(stdout).toContain('environment.variables.KEEP_DAYS: "7" → "365" (receipts.keepDays)');
    expect({ code, stdout }).toMatchObject({ code: 0 });
  });

  it.concurrent("costs what it declares to use, of which nothing is unknown", async () => {
    await added;
    const { stdout } = await command(
      copy,
      ...["cost", "dev", "--with", "receipts", "--receipts-per-month=2000000", "--json"],
    );
    const charge = z.object({ component: z.string(), price: z.string(), quantity: z.number() });
    const { estimates } = z
      .object({
        estimates: z.tuple([z.object({ lines: z.array(charge), unknown: z.array(z.unknown()) })]),
      })
      .parse(JSON.parse(stdout));

    expect(estimates[0].unknown).toEqual([]);
    expect(estimates[0].lines).toContainEqual({
      component: "receipts-api",
      price: "apigateway.requests",
      quantity: 2,
    });
  });

  it.concurrent("is judged by the rules, and not excused with the other modules", async () => {
    await added;
    const { code, stdout } = await command(copy, "audit", "--stack", "dev", "--with", "all");
    const violated = [...stdout.matchAll(/^✗ (\S+) /gm)].map(([, rule]) => rule);

    expect({ code, violated }).toEqual({ code: 1, violated: ["APIGateway.4", "CloudWatch.16"] });
    expect(stdout).not.toMatch(/^ +payments-(?!receipts|issue-receipt)/m);
  });

  it.concurrent("imports what a module may, and nothing else", async () => {
    await added;
    const { code, stdout } = await run(copy, "node_modules/.bin/depcruise", ["bin", "lib"]);

    expect({ code, stdout }).toMatchObject({ code: 0 });
  });

  it.concurrent("leaves no trace in a stack that does not switch it on", async () => {
    await added;
    const before = inCopy("before.json");
    await command(project, "diff", "staging", "--save", before);
    const { code, stdout } = await command(copy, "diff", "staging", "--base", before);

    expect(stdout).toMatch(/^staging: no difference in \d+ resources$/m);
    expect(code).toBe(0);
  });

  it.concurrent("is in a stack whose file switches it on as it is with --with", async () => {
    await added;
    fs.copyFileSync(inCopy("Pulumi.dev.yaml"), inCopy("Pulumi.shop.yaml"));
    fs.appendFileSync(inCopy("Pulumi.shop.yaml"), "  payments:receipts: { enabled: true }\n");
    const by = inCopy("by-file.json");
    await command(copy, "diff", "shop", "--save", by);
    const { code, stdout } = await command(
      copy,
      ...["diff", "shop", "--with", "receipts", "--base", by],
    );

    expect(stdout).toMatch(/^shop: no difference in \d+ resources$/m);
    expect(code).toBe(0);
    expect(fs.readFileSync(by, "utf8")).toContain("payments-receipts-api");
  });

  it.concurrent("is refused by another name, with its own", async () => {
    await added;
    const { code, stderr } = await command(copy, "cost", "dev", "--with", "receipt");

    expect(stderr).toContain(
      "--with receipt: no such optional module; there are: storefront, receipts",
    );
    expect(code).toBe(2);
  });
});
