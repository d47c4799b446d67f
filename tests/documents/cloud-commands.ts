import { read } from "./pages";
import type { Words } from "./shell";

const rowsOf = (page: string) =>
  [...read(page).matchAll(/^\| `([\w.]+)` \|/gm)].map(([, name = ""]) => name);
const outputs = new Set(rowsOf("docs/outputs.md"));
const settings = new Set(rowsOf("docs/configuration.md"));

/** Why a command line that works on AWS cannot be right; undefined if nothing speaks against it. */
export function mistakeIn(words: Words, page: string): string | undefined {
  const output = outputsIn(words).find((name) => !outputs.has(name));
  if (output !== undefined) return `there is no output ${output}`;
  const key = settingOf(words);
  if (key !== undefined && !isSetting(key, page)) return `there is no setting ${key}`;
  return undefined;
}

/** Names of outputs that a command reads: by jq, or by a function of the runbook. */
function outputsIn(words: Words): string[] {
  const [tool = "", ...args] = words;
  const first = args.find((word) => /^[\w$]/.test(word)) ?? "";
  if (["out", "errors"].includes(tool)) return first.startsWith("$") ? [] : [first];
  if (tool !== "jq" || !args.some((word) => word.endsWith("flat-outputs.json"))) return [];
  return args.flatMap((word) => /^\.(\w+)/.exec(word)?.slice(1) ?? []);
}

/** The key of `pulumi config set`. */
function settingOf([tool, ...rest]: Words): string | undefined {
  const [config, verb, ...args] = rest;
  if (tool !== "pulumi" || config !== "config" || !["set", "get", "rm"].includes(verb ?? ""))
    return undefined;
  const stack = args.indexOf("--stack");
  return args.find((word, i) => !word.startsWith("--") && (stack === -1 || i !== stack + 1));
}

/** The stack's own settings are in the reference; an example declares its own. */
function isSetting(key: string, page: string): boolean {
  const [namespace, name] = key.includes(":") ? key.split(":") : ["", key];
  if (namespace === "aws") return name === "region";
  if (namespace === "payments") return settings.has(name ?? "");
  const project = page.replace(/README\.md$/, "Pulumi.yaml");
  return project !== page && new RegExp(`^  ${key.replace(/\[.*/, "")}:`, "m").test(read(project));
}
