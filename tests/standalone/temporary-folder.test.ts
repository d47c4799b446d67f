import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { parse } from "yaml";
import * as z from "zod";
import manifest from "../../package.json";

const root = path.resolve(__dirname, "../..");
const projects = [
  "Pulumi.yaml",
  ...fs.readdirSync(path.join(root, "examples")).map((name) => `examples/${name}/Pulumi.yaml`),
].filter((file) => fs.existsSync(path.join(root, file)));

const projectSchema = z.object({
  runtime: z.object({ options: z.object({ nodeargs: z.string() }) }),
});

const shownSchema = z.object({ configs: z.array(z.object({ cacheDirectory: z.string() })) });

/** How Pulumi starts Node for a project. */
const nodeArguments = (project: string) =>
  projectSchema
    .parse(parse(fs.readFileSync(path.join(root, project), "utf8")))
    .runtime.options.nodeargs.replaceAll('"', "")
    .split(" ");

describe("the temporary folder, in which any user may have made what has a known name first", () => {
  let folder: string;
  /** Where tsx would look for code. */
  let cache: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "temporary-"));
    fs.mkdirSync(path.join(folder, "tmp"));
    cache = path.join(folder, "tmp", `tsx-${String(process.getuid?.())}`);
    fs.mkdirSync(cache);
    fs.chmodSync(cache, 0o777); // as another user would have made it
    fs.writeFileSync(path.join(folder, "program.ts"), "console.log('ran' as string);\n");
  });
  afterEach(() => {
    fs.rmSync(folder, { recursive: true });
  });

  /** What Node prints, and what is in the folder of a known name after it. */
  const run = (...args: readonly string[]) => {
    const env = { ...process.env, TSX_DISABLE_CACHE: "", TMPDIR: path.join(folder, "tmp") };
    const stdout = execFileSync(process.execPath, args, { cwd: root, env, encoding: "utf8" });
    return { stdout, left: fs.readdirSync(cache) };
  };

  /** By the same module as Pulumi, the build and, where it can keep no bundle, the command-line tool. */
  const runByTsx = () => run("--import", "./bin/tsx.mjs", path.join(folder, "program.ts"));

  it("has no code that the command-line tool would run", () => {
    const { stdout, left } = run("bin/cli.mjs", "--help");

    expect(stdout).toContain("Usage");
    expect(left).toEqual([]);
  });

  it("has no code that tsx would run by a link either", () => {
    fs.rmdirSync(cache);
    fs.mkdirSync(path.join(folder, "another"), { mode: 0o700 });
    fs.symlinkSync(path.join(folder, "another"), cache);

    expect(runByTsx().left).toEqual([]);
  });

  it("has code that may be run in a folder that was made for this user alone", () => {
    fs.rmdirSync(cache);
    const { left } = runByTsx();

    expect(fs.statSync(cache).mode & 0o777).toBe(0o700);
    expect(left).not.toEqual([]);
  });

  it("has no code that the build would run", () => {
    const bundle = manifest.scripts.build.replace(/^.* && node /, "").split(" ");
    const { left } = run(...bundle, folder);

    expect(fs.readdirSync(folder)).toContain("lib");
    expect(left).toEqual([]);
  });

  it("has no code that the policy pack would run", () => {
    const { left } = run("--eval", 'require("./bin/policy-pack/index.js"); process.exit();');

    expect(left).toEqual([]);
  });

  it.each(projects)("has no code that pulumi up would run: %s", (project) => {
    const { stdout, left } = run(...nodeArguments(project), path.join(folder, "program.ts"));

    expect(stdout).toBe("ran\n");
    expect(left).toEqual([]);
  });

  it.each(["jest.config.js", "tests/engine/jest.config.js"])(
    "has no code that the tests would run: %s",
    (config) => {
      const { stdout } = run(require.resolve("jest/bin/jest"), "--config", config, "--showConfig");
      const { configs } = shownSchema.parse(JSON.parse(stdout));

      for (const { cacheDirectory } of configs)
        expect(cacheDirectory).toBe(path.join(root, ".cache/jest"));
      expect(configs).not.toHaveLength(0);
    },
  );
});
