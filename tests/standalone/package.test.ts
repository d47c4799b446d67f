import { execFile, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import manifest from "../../package.json";
import { commentedExamples, documentedExamples } from "../documents/examples";

const run = promisify(execFile);
const root = path.resolve(__dirname, "../..");
const modules = path.join(root, "node_modules");

let program: string;
let installed: string;
beforeAll(async () => {
  program = fs.mkdtempSync(path.join(os.tmpdir(), "consumer-"));
  installed = path.join(program, "node_modules/payment-stack");
  const dist = path.join(installed, "dist");
  fs.mkdirSync(installed, { recursive: true });
  fs.copyFileSync(path.join(root, "package.json"), path.join(installed, "package.json"));
  for (const name of Object.keys(manifest.dependencies)) {
    const link = path.join(program, "node_modules", name);
    fs.mkdirSync(path.dirname(link), { recursive: true });
    fs.symlinkSync(path.join(modules, name), link);
  }
  const node = (...args: string[]) => run(process.execPath, args, { cwd: root });
  await Promise.all([
    node(path.join(modules, "typescript/bin/tsc"), "-p", "tsconfig.build.json", "--outDir", dist),
    node("--import", "./bin/tsx.mjs", "bin/build-functions.ts", dist),
  ]);
}, 300_000);
afterAll(() => {
  fs.rmSync(program, { recursive: true });
});

/** Runs another program, which has the package and nothing but its dependencies. */
function runConsumer(name: string) {
  const main = path.join(program, name);
  fs.copyFileSync(path.join(__dirname, "consumer", name), main);
  return run(process.execPath, [main], { cwd: program });
}

describe("the built package", () => {
  it("serves another program with nothing but its own dependencies, and registers nothing on import", async () => {
    const { stdout, stderr } = await runConsumer("program.js");

    expect(stderr).toBe("");
    const { onImport, files, bundled } = JSON.parse(stdout) as Record<string, unknown>;
    expect({ onImport, bundled }).toEqual({ onImport: 0, bundled: false });
    expect(files).toHaveLength(5);
    const migrations = fs.readdirSync("lib/lambda/payments/migrate/migrations");
    expect(files).toEqual(
      expect.arrayContaining([
        ["NOTICES.txt", "index.mjs"],
        ["NOTICES.txt", "index.mjs", "pg.mjs"],
        ["NOTICES.txt", "index.mjs", ...migrations.map((file) => `migrations/${file}`), "pg.mjs"],
      ]),
    );
  }, 60_000);

  it("evaluates another program by its rules, in three lines", async () => {
    const { stdout, stderr } = await runConsumer("audit.js");

    expect(stderr).toBe("");
    expect(stdout).toContain("receipts aws:s3/bucket:Bucket: acl: found public-read");
    expect(stdout).toMatch(/\nprod: failed with \d+ violations; /);
  }, 60_000);

  it("type-checks the examples, and those of the documentation, as Pulumi's own template would", () => {
    fs.cpSync(path.join(root, "examples"), path.join(program, "examples"), { recursive: true });
    writeDocumented(path.join(program, "documented"));
    // the compiler finds what it knows of Node where it looks for types
    const types = path.join(program, "node_modules/@types/node");
    fs.mkdirSync(path.dirname(types), { recursive: true });
    fs.symlinkSync(path.join(modules, "@types/node"), types);
    const compilerOptions = {
      target: "es2020",
      module: "nodenext",
      moduleResolution: "nodenext",
      strict: true,
      noEmit: true,
      skipLibCheck: true,
    };
    const project = path.join(program, "tsconfig.json");
    fs.writeFileSync(
      project,
      JSON.stringify({ compilerOptions, include: ["examples", "documented"] }),
    );
    // not as the others: what the compiler finds is on the standard output of a process that fails
    const tsc = path.join(modules, "typescript/bin/tsc");
    const { stdout } = spawnSync(process.execPath, [tsc, "-p", project], { encoding: "utf8" });

    expect(stdout).toBe("");
  }, 300_000);

  it.each(Object.entries(manifest.exports))("has code and types of %s", (_entry, files) => {
    for (const file of Object.values(files)) {
      expect(fs.existsSync(path.join(installed, file))).toBe(true);
    }
  });

  it("imports what it depends on, and nothing that only its development has", () => {
    const lib = path.join(installed, "dist/lib");
    const imported = fs
      .readdirSync(lib, { recursive: true, encoding: "utf8" })
      // functions are bundled: what they import is in their bundles
      .filter((file) => file.endsWith(".js") && !file.startsWith(`lambda${path.sep}`))
      .flatMap((file) => packagesOf(fs.readFileSync(path.join(lib, file), "utf8")));

    expect(imported).toContain("yaml");
    expect(Object.keys(manifest.dependencies)).toEqual(expect.arrayContaining(imported));
  });
});

/** Writes each example of the documentation into a file of its own, with what it takes for granted. */
function writeDocumented(folder: string): void {
  fs.mkdirSync(folder);
  const surroundings = fs.readFileSync(path.join(__dirname, "consumer/surroundings.ts"), "utf8");
  fs.writeFileSync(path.join(folder, "surroundings.ts"), surroundings);
  const given = [...surroundings.matchAll(/^export declare (?:const|function) (\w+)/gm)].map(
    ([, name = ""]) => name,
  );
  for (const { name, code } of [...commentedExamples(), ...documentedExamples()]) {
    const taken = given.filter(
      (word) =>
        new RegExp(`\\b${word}\\b`).test(code) &&
        !new RegExp(`^const [^=]*\\b${word}\\b`, "m").test(code),
    );
    const imports = `import { ${taken.join(", ")} } from "./surroundings";\n`;
    fs.writeFileSync(
      path.join(folder, `${name}.ts`),
      (taken.length === 0 ? "" : imports) + inFunction(code),
    );
  }
}

/** Code that waits, which a program of CommonJS modules does in functions only. */
function inFunction(code: string): string {
  const [, imports = "", body = ""] = /^((?:import .*\n|\n)*)([\s\S]*)$/.exec(code) ?? [];
  return /\bawait\b/.test(body) ? `${imports}export async function run() {\n${body}}\n` : code;
}

/** The packages that a built file names: neither its neighbours nor Node's own modules. */
function packagesOf(code: string): string[] {
  return [...code.matchAll(/\b(?:require|import)\("((?:@[^/"]+\/)?[^./"][^/"]*)[^"]*"\)/g)]
    .flatMap(([, name]) => name ?? [])
    .filter((name) => !name.startsWith("node:"));
}
