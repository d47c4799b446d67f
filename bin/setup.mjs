// Installs what is missing and skips what is there: the packages of package-lock.json and, with --local,
// the local cloud's emulator, with --fuzz the fuzzer. Where credentials are to follow, with --no-scripts no package's
// install script is run, and with --deploy neither that nor are packages installed that a deployment does not need.
// Plain Node: it runs before node_modules exists.
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const cache = path.join(root, ".cache");

/** Ends the set-up: what is wrong and what to do about it. */
function fail(...lines) {
  for (const line of lines) console.error(line);
  process.exit(1);
}

function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

function checkNode() {
  const [major] = process.versions.node.split(".").map(Number);
  if (major < 20) {
    fail(
      `Node 20 or later is needed; this is ${process.version} (${process.execPath}).`,
      "Install a current one from https://nodejs.org or with your version manager.",
    );
  }
}

/** Whether node_modules holds what package-lock.json asks for; npm notes that only after a complete install. */
function packagesAreThere(isForDeployment) {
  const wanted = readJson(path.join(root, "package-lock.json"))?.packages ?? {};
  const installed = readJson(path.join(root, "node_modules/.package-lock.json"))?.packages;
  if (installed === undefined) return false;
  return Object.entries(wanted)
    .filter(([name, { dev }]) => name.includes("node_modules/") && !(isForDeployment && dev))
    .every(([name, { version, integrity, optional, peer }]) => {
      const found = installed[name];
      // optional ones are those of other systems
      if (found === undefined) return optional === true || peer === true;
      return found.version === version && found.integrity === integrity;
    });
}

function installPackages({ isForDeployment = false, runsScripts = true }) {
  if (packagesAreThere(isForDeployment)) return;
  console.log("Installing the packages of package-lock.json …");
  const npm = process.env.npm_execpath?.endsWith("npm-cli.js")
    ? [process.execPath, process.env.npm_execpath]
    : ["npm"];
  const [command, ...args] = [
    ...[...npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"],
    ...(isForDeployment ? ["--omit=dev"] : []),
    ...(runsScripts ? [] : ["--ignore-scripts"]),
  ];
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (error !== undefined) fail(`npm could not be started: ${error.message}`);
  if (status !== 0) {
    fail(
      "npm ci failed; its messages are above.",
      "Check the network (a proxy: npm config set proxy …), then run the command again.",
    );
  }
}

const askPython = `
import importlib.util, json, os, sys
print(json.dumps({
  "version": list(sys.version_info[:2]),
  "executable": os.path.realpath(sys.executable),
  "pip": importlib.util.find_spec("pip") is not None,
}))`;

function findPython(command) {
  const { status, error, stdout } = spawnSync(command, ["-c", askPython], { encoding: "utf8" });
  const advice =
    "Install one (apt install python3 python3-pip, brew install python, https://www.python.org), or name one: PYTHON=/path/to/python3";
  if (error !== undefined || status !== 0) {
    const reason = error === undefined ? `it ended with ${status}` : error.message;
    fail(`Python 3.10 or later is needed; ${command} does not run: ${reason}`, advice);
  }
  const python = JSON.parse(stdout);
  const [major, minor] = python.version;
  if (major < 3 || (major === 3 && minor < 10)) {
    fail(
      `Python 3.10 or later is needed; ${command} is ${major}.${minor} (${python.executable}).`,
      advice,
    );
  }
  if (!python.pip) {
    fail(
      `Python packages are installed with pip, which ${python.executable} does not have.`,
      `Install it (apt install python3-pip, or ${command} -m ensurepip --user), or name another Python: PYTHON=/path/to/python3`,
    );
  }
  return python;
}

/** Removes what installs that were interrupted left behind; one that may still be running is let be. */
function removeLeftovers() {
  const anHourAgo = Date.now() - 3_600_000;
  for (const name of fs.readdirSync(cache).filter((entry) => entry.startsWith("installing-"))) {
    const folder = path.join(cache, name);
    if (fs.statSync(folder).mtimeMs < anHourAgo) fs.rmSync(folder, { recursive: true });
  }
}

/** What is written in Python, with the file that pins it. */
const emulator = {
  title: "MiniStack, the local cloud's emulator",
  name: "ministack",
  requirements: "lib/local/requirements.txt",
  note: "emulator.json",
};
const fuzzer = {
  title: "Schemathesis, the fuzzer",
  name: "schemathesis",
  requirements: "lib/local/fuzzer-requirements.txt",
  note: "fuzzer.json",
};

/** Installs a tool into a folder of its own; its note in .cache tells where it is. */
function installTool(tool) {
  const requirements = path.join(root, tool.requirements);
  const hash = createHash("sha256").update(fs.readFileSync(requirements)).digest("hex");
  const command = process.env.PYTHON ?? "python3";
  const note = path.join(cache, tool.note);
  const noted = readJson(note);
  if (
    noted?.requirements === hash &&
    noted.command === command &&
    fs.existsSync(noted.python) &&
    fs.existsSync(noted.packages)
  ) {
    return;
  }

  const python = findPython(command);
  const packages = path.join(
    cache,
    `${tool.name}-${hash.slice(0, 12)}-python${python.version.join(".")}`,
  );
  if (!fs.existsSync(packages)) {
    console.log(`Installing ${tool.title} …`);
    fs.mkdirSync(cache, { recursive: true });
    removeLeftovers();
    const folder = fs.mkdtempSync(path.join(cache, "installing-"));
    const pip = ["-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--quiet"];
    const { status } = spawnSync(
      python.executable,
      [...pip, "--require-hashes", "--no-deps", "--only-binary=:all:"].concat([
        ...["--target", folder, "--requirement", requirements],
      ]),
      {
        cwd: root,
        stdio: ["ignore", "ignore", "inherit"],
        env: { ...process.env, PIP_USER: "0", PIP_ROOT_USER_ACTION: "ignore" },
      },
    );
    if (status !== 0) {
      fs.rmSync(folder, { recursive: true, force: true });
      fail(
        `pip could not install ${tool.title}; its messages are above.`,
        "Check the network (a proxy or mirror: pip config set global.proxy …), then run the command again.",
      );
    }
    // complete or absent, whenever it is interrupted
    if (fs.existsSync(packages)) fs.rmSync(folder, { recursive: true });
    else fs.renameSync(folder, packages);
  }
  const content = { requirements: hash, command, python: python.executable, packages };
  const draft = `${note}.${process.pid}`;
  fs.writeFileSync(draft, JSON.stringify(content, null, 2));
  fs.renameSync(draft, note);
}

const tools = { local: emulator, fuzz: fuzzer };

/** Installs the packages, in a certain way if it is told, and the tools named: `local`, `fuzz`. */
export function setUp(names, packages = {}) {
  checkNode();
  installPackages(packages);
  for (const name of names) installTool(tools[name]);
}

if (path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const isGiven = (name) => process.argv.includes(`--${name}`);
  const isForDeployment = isGiven("deploy");
  setUp(Object.keys(tools).filter(isGiven), {
    isForDeployment,
    runsScripts: !isForDeployment && !isGiven("no-scripts"),
  });
}
