import * as fs from "node:fs";
import * as path from "node:path";
import { scripts } from "../../package.json";
import { read, root } from "./pages";

/** Commands that need no cloud, of which the test of the documentation runs each line that the pages show. */
export const offline: readonly string[] = [
  "environments",
  "diff",
  "audit",
  "diagram",
  "dashboard",
  "cost",
  "deployment-policy",
];

/** Scripts that a test runs in other words: where, and the words. */
const otherwise: Readonly<Record<string, readonly [file: string, words: string]>> = {
  build: ["tests/standalone/package.test.ts", "bin/build-functions.ts"],
  docs: ["tests/standalone/docs-commands.test.ts", 'name: "docs", args: ["--check"]'],
  format: [".ci/run", "format:check"],
  fuzz: ["tests/integration/fuzz.test.ts", "await fuzz("],
  help: ["tests/integration/commands.test.ts", 'runCommand("--help"'],
  test: [".ci/run", "npm test"],
  "test:integration": [".ci/run", "npm test"],
  "test:unit": [".ci/run", "npm test"],
};

const sources = (folder: string, pattern: RegExp) =>
  fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => pattern.test(file))
    .map((file) => read(path.join(folder, file)))
    .join("\n");

const tests = sources("tests", /\.ts$/);
const ci = read(".ci/run") + sources(".github/workflows", /\.yml$/);

/** Whether the tests or the continuous integration run a script of package.json. */
export function isTested(name: string): boolean {
  const [file, words] = otherwise[name] ?? [];
  const script = Object.entries(scripts).find(([key]) => key === name)?.[1];
  return (
    offline.includes(name) ||
    (file !== undefined && words !== undefined && read(file).includes(words)) ||
    new RegExp(`\\b(?:runCommand|runHere|command)\\(\\s*"${name}"`).test(tests) ||
    new RegExp(`npm run (?:--silent )?${name}\\b(?![:-])`).test(ci) ||
    (script !== undefined && ci.includes(script))
  );
}
