import Table from "cli-table3";
import pc from "picocolors";
import { isRecord } from "../../lib/core/is-record";
import type { StackOutputs } from "../../lib/core/outputs-file";
import { oneLine } from "../../lib/core/printable";
import type { OutputSection } from "./output-sections";

/** Of a row beside its two cells: three lines, and a blank on both sides of each cell. */
const frame = 7;

/**
 * A stack's outputs by section, each value on as many lines as it has parts. What is too long for a line
 * loses its middle, since the ends matter more: an ARN's service and its name.
 *
 * @param width columns of the terminal.
 */
export function outputTable(
  outputs: StackOutputs,
  sections: readonly Pick<OutputSection, "title" | "outputs">[],
  width: number,
): string {
  const left = new Map(Object.entries(outputs));
  const nameWidth = Math.max(...[...left.keys()].map(({ length }) => length));
  const valueWidth = Math.max(width - frame - nameWidth, 20);
  const tables: string[] = [];
  const add = (title: string, names: readonly string[]) => {
    const table = new Table({
      colWidths: [nameWidth + 2, valueWidth + 2],
      style: { head: [], border: [] },
      chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
    });
    for (const name of names) {
      if (!left.has(name)) continue;
      table.push([oneLine(name), lines(left.get(name), valueWidth).join("\n")]);
      left.delete(name);
    }
    if (table.length > 0) tables.push(`${pc.bold(title)}\n${table.toString()}`);
  };
  for (const { title, outputs: declared } of sections)
    add(
      title,
      declared.map(({ name }) => name),
    );
  // of another version of the program
  add("Others", [...left.keys()]);
  return tables.join("\n");
}

function lines(value: unknown, width: number): string[] {
  const parts = Array.isArray(value)
    ? value.map(text)
    : isRecord(value)
      ? Object.entries(value).map(([key, inner]) => `${key}: ${text(inner)}`)
      : [text(value)];
  return parts.length === 0 ? ["–"] : parts.map((part) => shortened(oneLine(part), width));
}

function text(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function shortened(part: string, width: number): string {
  if (part.length <= width) return part;
  const start = Math.ceil((width - 1) / 2);
  return `${part.slice(0, start)}…${part.slice(part.length - (width - 1 - start))}`;
}
