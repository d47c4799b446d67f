import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { outputSections } from "../../bin/operations/output-sections";
import { outputs, text } from "./deployed";
import { temporaryOutputs } from "./operations";
import { runCommand, runHere } from "../run-command";

jest.setTimeout(120_000);

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "payments-cli-"));
afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});

/** Runs a command where the Pulumi CLI is a script, or there is none. */
function withCli(script: string | undefined, name: string, args: readonly string[]) {
  const PATH = fs.mkdtempSync(path.join(folder, "path-"));
  if (script !== undefined)
    fs.writeFileSync(path.join(PATH, "pulumi"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return runCommand(name, args, { PATH });
}

describe("the outputs of a stack", () => {
  it("are each in a section of lib/outputs.ts", () => {
    const known = outputSections().flatMap((section) => section.outputs.map(({ name }) => name));

    expect(known).toEqual(expect.arrayContaining(Object.keys(outputs)));
  });
});

describe("npm run outputs", () => {
  it("shows those of the outputs file, by section, in 100 columns", async () => {
    const { code, stdout } = await runHere("outputs", ["--outputs", temporaryOutputs({})]);

    expect(stdout).toMatch(/Network\n[^]*vpcId[^]*Monitoring\n[^]*dashboardName/);
    expect(stdout).toContain(text("vpcId"));
    expect(stdout).not.toContain("Others");
    expect(Math.max(...stdout.split("\n").map(({ length }) => length))).toBe(100);
    expect(code).toBe(0);
  });

  it("prints them whole as JSON", async () => {
    const { stdout } = await runHere("outputs", ["--json", "--outputs", temporaryOutputs({})]);

    expect(JSON.parse(stdout)).toEqual(outputs);
  });

  it("ends with 2 where there is no outputs file", async () => {
    const { code, stderr } = await runHere("outputs", ["--outputs", "not/there.json"]);

    expect(stderr).toContain("not/there.json cannot be read");
    expect(code).toBe(2);
  });
});

describe("npm run outputs -- --stack", () => {
  const ask = (script?: string) =>
    withCli(script, "outputs", ["--stack", "prod", "--folder", folder]);

  it("shows what the Pulumi CLI returns, secrets masked, and writes the files", async () => {
    const { code, stdout, stderr } = await ask(
      `echo '{"vpcId":"vpc-1","password":"[secret]"}'; echo "$@" > '${folder}/arguments'`,
    );
    const read = (file: string): unknown =>
      JSON.parse(fs.readFileSync(path.join(folder, file), "utf8"));

    expect(fs.readFileSync(path.join(folder, "arguments"), "utf8")).not.toContain("--show-secrets");
    expect(stdout).toContain("vpc-1");
    expect(stdout).toContain("[secret]");
    expect(stderr).toContain("flat-outputs.json");
    expect(read("flat-outputs.json")).toEqual({ vpcId: "vpc-1", password: "[secret]" });
    expect(read("all-outputs.json")).toHaveProperty("prod.vpcId", "vpc-1");
    expect(code).toBe(0);
  });

  it.each([
    ["for a stack without outputs", "echo '{}'", "prod has no outputs yet"],
    ["in the words of a CLI that refuses", "echo 'error: no login' >&2; exit 255", "no login"],
    ["where there is no CLI, and says where to get it", undefined, "pulumi.com/docs/install"],
  ])("ends with 2 %s", async (_, script, said) => {
    const { code, stdout, stderr } = await ask(script);

    expect(stderr).toContain(said);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });
});

describe("npm run drift", () => {
  it("fails with 1 where there is no CLI, for 2 means drift", async () => {
    const { code, stdout, stderr } = await withCli(undefined, "drift", ["--stack", "dev"]);

    expect(stderr).toContain("pulumi.com/docs/install");
    expect(stdout).toBe("");
    expect(code).toBe(1);
  });

  it("fails with 1 for what it does not know", async () => {
    const { code, stderr } = await runHere("drift", ["--stacks", "dev"]);

    expect(stderr).toContain("--stack");
    expect(code).toBe(1);
  });
});
