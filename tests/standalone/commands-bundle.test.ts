import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

const root = path.resolve(__dirname, "../..");

describe("the commands' bundle", () => {
  let folder: string;
  let checkout: string;
  const write = (name: string, text: string) => {
    const file = path.join(checkout, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
    // as if it had not just been written
    const aMinuteAgo = new Date(Date.now() - 60_000);
    fs.utimesSync(file, aMinuteAgo, aMinuteAgo);
  };
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "commands-"));
    checkout = path.join(folder, "checkout");
    const plain = ["bin/commands-bundle.mjs", "bin/cache-files.mjs"];
    for (const name of [...plain, "tsconfig.json", "package-lock.json"])
      write(name, fs.readFileSync(path.join(root, name), "utf8"));
    write("bin/cli.ts", 'import { said } from "../lib/said"; console.log(said as string);');
    write("lib/said.ts", 'export const said: string = "first";');
    fs.mkdirSync(path.join(checkout, ".cache"));
    fs.symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
  });
  afterEach(() => {
    fs.rmSync(folder, { recursive: true });
  });

  /** The bundle's file, and what it prints; nothing where there is none. */
  const start = (at = checkout) => {
    const script = `
      const { createRequire } = await import("node:module");
      const { commandsBundle } = await import("./bin/commands-bundle.mjs");
      const file = await commandsBundle();
      console.log(file);
      if (file !== undefined) createRequire(file)(file);`;
    const [file = "", ...said] = execFileSync(
      process.execPath,
      ["--input-type=module", "--eval", script],
      { cwd: at, encoding: "utf8", stdio: "pipe" },
    )
      .trimEnd()
      .split("\n");
    return { file, said };
  };
  const kept = () => fs.readdirSync(path.join(checkout, ".cache/commands")).sort();

  it("is made at the first start, and used at the next", () => {
    const first = start();
    const { mtimeMs } = fs.statSync(first.file);

    expect(first.said).toEqual(["first"]);
    expect(start()).toEqual(first);
    expect(fs.statSync(first.file).mtimeMs).toBe(mtimeMs);
    expect(kept()).toEqual([path.basename(first.file), "inputs.json"].sort());
  });

  it("is another when a source is, even one of the same length", () => {
    const { file } = start();
    write("lib/said.ts", 'export const said: string = "again";');

    expect(start().said).toEqual(["again"]);
    expect(start().file).not.toBe(file);
  });

  it("has what a new source says that takes the place of another", () => {
    start();
    write("lib/other.ts", 'export const said = "other";');
    write("bin/cli.ts", 'import { said } from "../lib/other"; console.log(said);');

    expect(start().said).toEqual(["other"]);
  });

  it("is not run where a source is gone", () => {
    start();
    fs.rmSync(path.join(checkout, "lib/said.ts"));

    expect(() => start()).toThrow("../lib/said");
  });

  it("lets each source find what lies beside it", () => {
    write("lib/said.ts", "export const said = `${__dirname} ${__filename}`;");

    const lib = path.join(checkout, "lib");
    expect(start().said).toEqual([`${lib} ${path.join(lib, "said.ts")}`]);
  });

  it("is not another checkout's, though that was copied with all its times", () => {
    start();
    const copy = path.join(folder, "copy");
    fs.cpSync(checkout, copy, { recursive: true, preserveTimestamps: true });

    expect(start(copy).file).toContain(copy);
    expect(start(copy).said).toEqual(["first"]);
  });

  it("is not kept of sources that change while it is made", () => {
    const file = path.join(checkout, "lib/said.ts");
    const soon = new Date(Date.now() + 60_000);
    fs.utimesSync(file, soon, soon);

    expect(start()).toEqual({ file: "undefined", said: [] });
  });

  it("is none where nothing can be kept", () => {
    fs.writeFileSync(path.join(checkout, ".cache/commands"), "no folder");

    expect(start()).toEqual({ file: "undefined", said: [] });
  });

  it("takes away those of an hour ago and before", () => {
    const { file } = start();
    const before = new Date(Date.now() - 3_660_000);
    fs.utimesSync(file, before, before);
    write("lib/said.ts", 'export const said: string = "again";');
    const next = start();

    expect(kept()).toEqual([path.basename(next.file), "inputs.json"].sort());
  });
});
