import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import manifest from "../../package.json";

const run = promisify(execFile);
const root = path.resolve(__dirname, "../..");
const modules = path.join(root, "node_modules");

let program: string;
beforeAll(() => {
  program = fs.mkdtempSync(path.join(os.tmpdir(), "consumer-"));
});
afterAll(() => {
  fs.rmSync(program, { recursive: true });
});

describe("the built package", () => {
  it("serves another program with nothing but its own dependencies, and registers nothing on import", async () => {
    const installed = path.join(program, "node_modules/payment-stack");
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
      node("--import", "tsx", "bin/build-functions.ts", dist),
    ]);
    const main = path.join(program, "program.js");
    fs.copyFileSync(path.join(__dirname, "consumer/program.js"), main);

    const { stdout, stderr } = await run(process.execPath, [main], { cwd: program });

    expect(fs.existsSync(path.join(installed, manifest.types))).toBe(true);
    expect(stderr).toBe("");
    const { onImport, files, bundled } = JSON.parse(stdout) as Record<string, unknown>;
    expect({ onImport, bundled }).toEqual({ onImport: 0, bundled: false });
    expect(files).toHaveLength(4);
    expect(files).toEqual(
      expect.arrayContaining([
        ["index.mjs", "pg.mjs"],
        ["index.mjs", "migrations/0001_ledger.sql", "pg.mjs"],
      ]),
    );
  }, 300_000);
});
