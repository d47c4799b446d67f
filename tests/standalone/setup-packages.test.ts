import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "set-up-"));
afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});

const write = (file: string, content: unknown) => {
  fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  const text = typeof content === "string" ? content : JSON.stringify(content);
  fs.writeFileSync(path.join(folder, file), text);
};

/** Two packages, of which a deployment needs one. */
const needed = { "node_modules/needed": { version: "1.0.0", integrity: "sha512-a" } };
const lock = {
  packages: {
    "": {},
    ...needed,
    "node_modules/tool": { version: "2.0.0", integrity: "sha512-b", dev: true },
  },
};

/** The arguments of npm in a set-up of a project with these packages installed; undefined if it is not run. */
function npmArguments(installed: object, ...options: string[]): string | undefined {
  const calls = path.join(folder, "calls.txt");
  fs.rmSync(calls, { force: true });
  for (const name of ["bin/setup.mjs", "bin/cache-files.mjs"])
    fs.cpSync(path.resolve(__dirname, "../..", name), path.join(folder, name));
  write("package-lock.json", lock);
  write("node_modules/.package-lock.json", { packages: installed });
  write(
    "npm/npm-cli.js",
    `require("node:fs").writeFileSync(${JSON.stringify(calls)}, process.argv.slice(2).join(" "))`,
  );
  const { status, stderr } = spawnSync(
    process.execPath,
    [path.join(folder, "bin/setup.mjs"), ...options],
    { encoding: "utf8", env: { npm_execpath: path.join(folder, "npm/npm-cli.js") } },
  );
  expect([status, stderr]).toEqual([0, ""]);
  return fs.existsSync(calls) ? fs.readFileSync(calls, "utf8") : undefined;
}

describe("the set-up", () => {
  it("installs everything as the lock file has it", () => {
    expect(npmArguments({})).toBe("ci --no-audit --no-fund --loglevel=error");
    expect(npmArguments(needed)).toMatch(/^ci /);
    expect(npmArguments(lock.packages)).toBeUndefined();
  });

  it("runs no package's install script where credentials are to follow", () => {
    expect(npmArguments({}, "--no-scripts")).toBe(
      "ci --no-audit --no-fund --loglevel=error --ignore-scripts",
    );
  });

  it("installs for a deployment what that needs, and without scripts", () => {
    expect(npmArguments({}, "--deploy")).toBe(
      "ci --no-audit --no-fund --loglevel=error --omit=dev --ignore-scripts",
    );
    expect(npmArguments(needed, "--deploy")).toBeUndefined();
  });
});
