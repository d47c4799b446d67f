// The commands as one file: esbuild strips the types of all of them at once when one has changed, where tsx would go
// through hundreds of files at each start. The packages stay where they are: nothing of them is copied.
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { removeOlderThanAnHour, writeAtomically } from "./cache-files.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const folder = path.join(root, ".cache/commands");
const inputsFile = path.join(folder, "inputs.json");

/** What the bundle depends on beside what is bundled. */
const settings = ["bin/commands-bundle.mjs", "tsconfig.json", "package-lock.json"];

/**
 * The file with all commands, made now or at an earlier start; undefined where none can be kept.
 * It lies in .cache, which `setUp` has found to be closed to other users.
 */
export async function commandsBundle() {
  const known = bundleOf(knownInputs());
  if (known !== undefined && fs.existsSync(known)) return known;
  const start = Date.now();
  const { code, inputs } = await bundled();
  const file = bundleOf(inputs);
  // one that has changed since may not be what was bundled
  if (file === undefined || inputs.some((input) => changedSince(start, input))) return undefined;
  try {
    fs.mkdirSync(folder, { recursive: true });
    // those of sources that have changed since
    removeOlderThanAnHour(folder, fs.readdirSync(folder));
    writeAtomically(file, code);
    writeAtomically(inputsFile, JSON.stringify(inputs));
    return file;
  } catch {
    return undefined; // a checkout that may only be read
  }
}

function knownInputs() {
  try {
    return JSON.parse(fs.readFileSync(inputsFile, "utf8"));
  } catch {
    return undefined;
  }
}

/** The name has what every input was when it was read, and where: a copy of the checkout makes its own. */
function bundleOf(inputs) {
  const hash = createHash("sha256").update(root);
  for (const input of inputs ?? []) {
    const found = fs.statSync(path.join(root, input), { throwIfNoEntry: false });
    if (found === undefined) return undefined;
    hash.update(`\n${input} ${found.mtimeMs} ${found.size}`);
  }
  return inputs && path.join(folder, `${hash.digest("hex").slice(0, 16)}.cjs`);
}

function changedSince(time, input) {
  return fs.statSync(path.join(root, input)).mtimeMs >= time;
}

async function bundled() {
  const { build } = await import("esbuild");
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: ["bin/cli.ts"],
    bundle: true,
    packages: "external",
    platform: "node",
    format: "cjs",
    target: "node20",
    // errors and commands are distinguished by their classes' names
    keepNames: true,
    // packages are required, as they are where each file is run by itself
    supported: { "dynamic-import": false },
    plugins: [whereEachFileWas],
    write: false,
    metafile: true,
    logLevel: "error",
  });
  return {
    code: outputFiles[0].text,
    inputs: [...Object.keys(metafile.inputs), ...settings],
  };
}

/** Files find others beside themselves, wherever they run from. */
const whereEachFileWas = {
  name: "where-each-file-was",
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, async ({ path: file }) => {
      const text = await fs.promises.readFile(file, "utf8");
      const names = { __filename: file, __dirname: path.dirname(file) };
      const used = Object.entries(names).filter(([name]) => text.includes(name));
      const lines = used.map(([name, value]) => `const ${name} = ${JSON.stringify(value)};`);
      return { contents: [...lines, text].join(""), loader: "ts" };
    });
  },
};
