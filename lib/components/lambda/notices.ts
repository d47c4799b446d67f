import * as fs from "node:fs";
import * as path from "node:path";
import type { Metafile } from "esbuild";
import * as z from "zod";

/** Where an archive has the licences of what was bundled into it. */
export const noticesFile = "NOTICES.txt";

/** The folders of the packages of which something is in a bundle. */
export function packageFolders(
  inputs: Metafile["outputs"][string]["inputs"],
  workingDir: string,
): string[] {
  const folders = Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => {
    const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0];
    return folder === undefined || bytesInOutput === 0 ? [] : [path.resolve(workingDir, folder)];
  });
  return [...new Set(folders)];
}

const packageSchema = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string().default("no licence named"),
});

/** The names, versions and licences of packages: each text once, after all that it is the licence of. */
export function noticesOf(folders: readonly string[]): string {
  const packages = folders.map((folder) => {
    const content: unknown = JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8"));
    const { name, version, license } = packageSchema.parse(content);
    return { title: `${name} ${version} (${license})`, text: licenceTexts(folder) };
  });
  const titles = new Map<string, Set<string>>();
  for (const { title, text } of packages.sort((a, b) => (a.title < b.title ? -1 : 1)))
    titles.set(text, (titles.get(text) ?? new Set()).add(title));
  return [...titles]
    .map(([text, of]) => [...of, "", text, ""].join("\n"))
    .join(`${"-".repeat(80)}\n`);
}

/** What a package brings as licence and notice; without any, the `license` of its package.json has to do. */
function licenceTexts(folder: string): string {
  const files = fs
    .readdirSync(folder)
    .filter((file) => /^(?:licen[cs]e|notice|copying)/i.test(file));
  return files
    .sort()
    .map((file) => fs.readFileSync(path.join(folder, file), "utf8").replaceAll("\r\n", "\n").trim())
    .join("\n\n");
}
