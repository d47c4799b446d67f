import * as fs from "node:fs";
import * as path from "node:path";
import * as z from "zod";

const noteSchema = z.object({ python: z.string(), packages: z.string() });

/** A tool written in Python: its interpreter, and the folder with its packages. */
export type PythonTool = Readonly<z.infer<typeof noteSchema>>;

/** The tools that `bin/setup.mjs` installs: their notes in `.cache`, and its options. */
const tools = {
  emulator: { title: "The emulator", option: "--local" },
  fuzzer: { title: "The fuzzer", option: "--fuzz" },
} as const;

/**
 * Where `bin/setup.mjs` has installed a tool.
 *
 * @param root - The project's folder.
 * @throws if it has not, or if its packages are not in a folder of the project's own `.cache`.
 */
export function pythonTool(tool: keyof typeof tools, root: string): PythonTool {
  const cache = path.join(root, ".cache");
  const note = path.join(cache, `${tool}.json`);
  const found = fs.existsSync(note)
    ? noteSchema.safeParse(JSON.parse(fs.readFileSync(note, "utf8"))).data
    : undefined;
  if (found === undefined || !isFolderIn(cache, found.packages)) {
    const { title, option } = tools[tool];
    throw new Error(`${title} is not installed: run \`node bin/setup.mjs ${option}\` first`);
  }
  return found;
}

/** A link is none: what it points to may be another user's. */
function isFolderIn(parent: string, folder: string): boolean {
  const found = fs.lstatSync(folder, { throwIfNoEntry: false });
  return path.dirname(path.normalize(folder)) === parent && found?.isDirectory() === true;
}
