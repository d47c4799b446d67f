import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { pythonTool } from "../../lib/local/python-tools";

/** A user that has made neither the checkout nor this process. */
const stranger = 54_321;
const asRoot = process.getuid?.() === 0 ? it : it.skip;

const requirements = "some==1.0\n";
const hash = createHash("sha256").update(requirements).digest("hex");

describe("npm run setup", () => {
  let checkout: string;
  let cache: string;
  const file = (name: string) => path.join(checkout, name);
  const inCache = (name: string) => path.join(cache, name);
  const write = (name: string, text: string) => {
    fs.mkdirSync(path.dirname(file(name)), { recursive: true });
    fs.writeFileSync(file(name), text);
    return file(name);
  };
  beforeEach(() => {
    // as the file will name it, where the temporary folder is a link
    checkout = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "checkout-"));
    cache = file(".cache");
    for (const name of ["bin/setup.mjs", "bin/cache-files.mjs"])
      write(name, fs.readFileSync(name, "utf8"));
    write("package-lock.json", '{ "packages": {} }');
    write("node_modules/.package-lock.json", '{ "packages": {} }');
    write("lib/local/requirements.txt", requirements);
  });
  afterEach(() => {
    fs.rmSync(checkout, { recursive: true });
  });

  /** A Python that reports `version`, and whose pip writes one file into its target. */
  const python = (version = "3.11") => {
    const description = {
      version: version.split(".").map(Number),
      executable: file("python"),
      pip: true,
    };
    const script = `#!/bin/sh
if [ "$1" = -c ]; then echo '${JSON.stringify(description)}'; exit; fi
while [ "$1" != --target ]; do shift; done
echo installed > "$2/some.py"
`;
    write("python", script);
    fs.chmodSync(file("python"), 0o755);
    return file("python");
  };
  const setUp = (...options: readonly string[]) => {
    const env = { ...process.env, PYTHON: python() };
    const args = [file("bin/setup.mjs"), ...options];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { env, encoding: "utf8" });
    return { status, stdout, stderr };
  };
  const done = { status: 0, stdout: "", stderr: "" };

  it("makes .cache for its user alone", () => {
    expect(setUp()).toEqual(done);
    expect(fs.statSync(cache).mode & 0o777).toBe(0o700);
  });

  it("takes a .cache of its user that others read, or that the group writes", () => {
    fs.mkdirSync(cache);
    fs.chmodSync(cache, 0o775);

    expect(setUp()).toEqual(done);
  });

  it("refuses a .cache that is a link, says where and what to do, and follows it nowhere", () => {
    fs.mkdirSync(file("elsewhere"));
    fs.symlinkSync(file("elsewhere"), cache);
    const { status, stderr } = setUp("--local");

    expect(status).toBe(1);
    expect(stderr).toContain(`${cache} is no folder, perhaps a link`);
    expect(stderr).toContain(`rm -rf ${cache}`);
    expect(fs.readdirSync(file("elsewhere"))).toEqual([]);
  });

  it("refuses a .cache that every user can write", () => {
    fs.mkdirSync(cache);
    fs.chmodSync(cache, 0o1777);
    const { status, stderr } = setUp();

    expect(status).toBe(1);
    expect(stderr).toContain(`${cache} can be written by every user`);
  });

  it.each([
    ["takes one where all of the checkout is so, for files have no modes there", 0o777, 0],
    ["but not where a sticky bit keeps others from the checkout's own files", 0o1777, 1],
  ])("%s", (_, mode, expected) => {
    fs.mkdirSync(cache);
    fs.chmodSync(cache, 0o777);
    fs.chmodSync(checkout, mode);

    expect(setUp().status).toBe(expected);
  });

  asRoot("refuses a .cache of another user", () => {
    fs.mkdirSync(cache);
    fs.chownSync(cache, stranger, stranger);
    const { status, stderr } = setUp();

    expect(status).toBe(1);
    expect(stderr).toContain(`${cache} belongs to user ${String(stranger)}`);
  });

  asRoot("takes a .cache of the checkout's owner, whose code is run anyway", () => {
    fs.mkdirSync(cache);
    fs.chownSync(cache, stranger, stranger);
    fs.chownSync(checkout, stranger, stranger);

    expect(setUp()).toEqual(done);
  });

  const packages = () => inCache(`ministack-${hash.slice(0, 12)}-python3.11`);

  it("installs a tool once", () => {
    expect(setUp("--local").stdout).toContain("Installing MiniStack");
    expect(setUp("--local")).toEqual(done);
    expect(fs.readdirSync(cache).sort()).toEqual(["emulator.json", path.basename(packages())]);
    expect(pythonTool("emulator", checkout)).toEqual({
      python: file("python"),
      packages: packages(),
    });
  });

  it("trusts no existing file, and replaces it by its own", () => {
    const planted = { requirements: hash, command: file("python") };
    const note = {
      ...planted,
      python: write("evil", ""),
      packages: path.dirname(write("x/y", "")),
    };
    write(".cache/emulator.json", JSON.stringify(note));

    expect(setUp("--local").status).toBe(0);
    expect(pythonTool("emulator", checkout)).toEqual({
      python: file("python"),
      packages: packages(),
    });
  });

  it("replaces a link that stands where a tool's packages belong, and writes nothing through it", () => {
    fs.mkdirSync(file("elsewhere"));
    fs.mkdirSync(cache);
    fs.symlinkSync(file("elsewhere"), packages());

    expect(setUp("--local").status).toBe(0);
    expect(fs.lstatSync(packages()).isDirectory()).toBe(true);
    expect(fs.readdirSync(file("elsewhere"))).toEqual([]);
  });

  it("runs Python in the checkout, since Python imports from where it is started", () => {
    const marker = file("asked-in");
    write(".cache/x", "");
    const env = { ...process.env, PYTHON: file("python") };
    write("python", `#!/bin/sh\npwd > ${marker}\nexit 3\n`);
    fs.chmodSync(file("python"), 0o755);
    spawnSync(process.execPath, [file("bin/setup.mjs"), "--local"], { env, cwd: os.tmpdir() });

    expect(fs.readFileSync(marker, "utf8")).toBe(`${checkout}\n`);
  });

  it("removes what interrupted installs left, links that lead nowhere as well", () => {
    fs.mkdirSync(inCache("installing-old"), { recursive: true });
    fs.mkdirSync(inCache("installing-now"));
    fs.symlinkSync(file("nowhere"), inCache("installing-link"));
    fs.utimesSync(inCache("installing-old"), 1, 1);
    fs.lutimesSync(inCache("installing-link"), 1, 1);

    expect(setUp("--local").status).toBe(0);
    expect(fs.readdirSync(cache).filter((name) => name.startsWith("installing-"))).toEqual([
      "installing-now",
    ]);
  });

  describe("whose file is read", () => {
    const noted = (folder: string) => {
      write(".cache/fuzzer.json", JSON.stringify({ python: "python3", packages: folder }));
    };
    const notInstalled = "The fuzzer is not installed: run `node bin/setup.mjs --fuzz` first";

    it("leads to packages in .cache", () => {
      fs.mkdirSync(inCache("packages"), { recursive: true });
      noted(inCache("packages"));

      expect(pythonTool("fuzzer", checkout).packages).toBe(inCache("packages"));
    });

    it.each(["elsewhere", ".cache", ".cache/../elsewhere", ".cache/inner/deep", ".cache/link"])(
      "leads nowhere else: %s",
      (name) => {
        fs.mkdirSync(file("elsewhere"));
        fs.mkdirSync(inCache("inner/deep"), { recursive: true });
        fs.symlinkSync(file("elsewhere"), inCache("link"));
        noted(`${checkout}/${name}`);

        expect(() => pythonTool("fuzzer", checkout)).toThrow(notInstalled);
      },
    );

    it("may be missing, or be none", () => {
      expect(() => pythonTool("fuzzer", checkout)).toThrow(notInstalled);
      write(".cache/fuzzer.json", "{}");
      expect(() => pythonTool("fuzzer", checkout)).toThrow(notInstalled);
    });
  });
});
