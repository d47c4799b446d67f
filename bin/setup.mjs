// Installs what is missing and skips what is there: the packages of package-lock.json and, with --local,
// the local cloud's emulator, with --fuzz the fuzzer. Where credentials are to follow, with --no-scripts no package's
// install script is run, and with --deploy neither that nor are packages installed that a deployment does not need.
// Plain Node: it runs before node_modules exists.
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { removeOlderThanAnHour, writeAtomically } from "./cache-files.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const cache = path.join(root, ".cache");

/** Ends the set-up: prints what is wrong and what to do about it. */
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

/** Makes .cache, from which code is run; refuses one that another user of this machine may have made or can fill. */
function checkCache() {
  try {
    fs.mkdirSync(cache, { mode: 0o700 });
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
  // Windows has access lists in place of owners and modes
  if (process.getuid === undefined) return;
  const problem = cacheProblem(fs.lstatSync(cache), fs.statSync(root));
  if (problem !== undefined) {
    fail(
      `${cache} ${problem}: what is run from it may be another user's.`,
      `Remove it, then run the command again: rm -rf ${cache}`,
    );
  }
}

function cacheProblem(found, checkout) {
  if (!found.isDirectory()) return "is no folder, perhaps a link to another's";
  if (![process.getuid(), 0, checkout.uid].includes(found.uid))
    return `belongs to user ${found.uid}`;
  // where files have no modes (WSL, some CI images) all of the checkout is open, its code as well
  const open = (mode) => (mode & 0o002) !== 0;
  const allIsOpen = open(checkout.mode) && (checkout.mode & 0o1000) === 0;
  if (open(found.mode) && !allIsOpen) return "can be written by every user";
  return undefined;
}

/** Whether node_modules has what package-lock.json requires; npm records that only after a complete install. */
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
  const { status, error, stdout } = spawnSync(command, ["-c", askPython], {
    // Python imports from there
    cwd: root,
    encoding: "utf8",
  });
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
  return python;
}

function requirePip({ pip, executable }) {
  if (pip) return;
  fail(
    `Python packages are installed with pip, which ${executable} does not have.`,
    `Install it (apt install python3-pip, or ${executable} -m ensurepip --user), or name another Python: PYTHON=/path/to/python3`,
  );
}

/** Removes what installs that were interrupted left behind; one that may still be running is left alone. */
function removeLeftovers() {
  const names = fs.readdirSync(cache).filter((entry) => entry.startsWith("installing-"));
  removeOlderThanAnHour(cache, names);
}

/** The tools in Python, with the file that pins them. */
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

function isFolder(file) {
  return fs.lstatSync(file, { throwIfNoEntry: false })?.isDirectory() === true;
}

/**
 * Installs a tool into a folder of its own. A file in .cache records for the tests and commands where it is; it
 * is written each time and not read here: it would be trusted, whoever wrote it.
 */
function installTool(tool) {
  const requirements = path.join(root, tool.requirements);
  const hash = createHash("sha256").update(fs.readFileSync(requirements)).digest("hex");
  const python = findPython(process.env.PYTHON ?? "python3");
  const packages = path.join(
    cache,
    `${tool.name}-${hash.slice(0, 12)}-python${python.version.join(".")}`,
  );
  if (!isFolder(packages)) {
    requirePip(python);
    console.log(`Installing ${tool.title} …`);
    fs.rmSync(packages, { force: true });
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
    if (isFolder(packages)) fs.rmSync(folder, { recursive: true });
    else fs.renameSync(folder, packages);
  }
  const note = { python: python.executable, packages };
  writeAtomically(path.join(cache, tool.note), JSON.stringify(note, null, 2));
}

const tools = { local: emulator, fuzz: fuzzer };

/** Installs the packages, with options, and the tools named: `local`, `fuzz`. */
export function setUp(names, packages = {}) {
  checkNode();
  checkCache();
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
