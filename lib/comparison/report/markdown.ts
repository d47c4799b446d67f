import type { ArgumentChange, Comparison, Reason, ResourceChange } from "../compare";
import { oneLine } from "../../core/printable";
import { shortened } from "./shorten";
import { reasons, summary, title } from "./summary";

/** Longest report, in characters: GitHub takes 65,536 in a comment, which holds the reports of three stacks. */
const maxLength = 20_000;

const signs = { added: "➕", removed: "➖", changed: "✏️" };

/** A comparison for a pull request comment; what does not fit into one is counted. */
export function markdownReport(comparison: Comparison): string {
  const { resources } = comparison;
  const head = `### ${code(title(comparison))}: ${summary(comparison)}\n`;
  const legend = reasons(comparison).map(({ setting, why }) => `- ${code(setting)}: ${why}\n`);
  const sections = resources.map((resource) => section(resource, comparison.between));
  let length = head.length + legend.join("").length;
  const fitting = sections.filter((text) => (length += text.length + 1) <= maxLength);
  const rest = sections.length - fitting.length;
  return [
    head,
    ...(resources.length > 0 ? ["<details><summary>Resource by resource</summary>\n"] : []),
    ...fitting,
    ...(rest > 0 ? [`… and ${String(rest)} more; \`npm run diff\` shows them all.\n`] : []),
    ...(resources.length > 0 ? ["</details>\n"] : []),
    ...(legend.length > 0 ? [`What may differ, and why:\n\n${legend.join("")}`] : []),
  ].join("\n");
}

function section(
  { type, name, change, reason, arguments: changes }: ResourceChange,
  between: Comparison["between"],
): string {
  const because = (found: Reason | undefined): string => {
    if (found !== undefined) return `  # ${found.setting}`;
    return between === "stacks" ? "  # nothing explains this" : "";
  };
  const lines = changes.flatMap((one) =>
    change === "changed" ? diffLines(one, because(one.reason)) : diffLines(one, ""),
  );
  const cause = change === "changed" ? "" : because(reason);
  return `${signs[change]} ${change} ${code(name)} ${code(type)}${cause.replace("  # ", ": ")}\n\n${block(lines)}`;
}

function diffLines({ argument, before, after }: ArgumentChange, because: string): string[] {
  const [old, current] = shortened(before ?? "", after ?? "");
  return [
    ...(before === undefined ? [] : [`- ${oneLine(`${argument}: ${old}`)}${because}`]),
    ...(after === undefined ? [] : [`+ ${oneLine(`${argument}: ${current}`)}${because}`]),
  ];
}

/** A code block that its content cannot close. */
function block(lines: readonly string[]): string {
  const fence = fenceFor(lines.join("\n"), 3);
  return [`${fence}diff`, ...lines, fence, ""].join("\n");
}

/** A span of code that its content can neither close nor leave by a line's end. */
function code(content: string): string {
  const text = oneLine(content === "" ? '""' : content);
  const fence = fenceFor(text, 1);
  return fence.length > 1 ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`;
}

function fenceFor(text: string, atLeast: number): string {
  const runs = [...text.matchAll(/`+/g)].map(([run]) => run.length + 1);
  return "`".repeat(Math.max(atLeast, ...runs));
}
