/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** A heading of a Markdown text, and the anchor that GitHub makes of it. */
export interface Heading {
  readonly level: number;
  readonly text: string;
  readonly anchor: string;
}

/** The anchor that GitHub makes of a heading that no other is like. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(/\s/g, "-");
}

/** The headings, in order; a heading that comes again gets an anchor with a number. */
export function headingsOf(markdown: string): Heading[] {
  const seen = new Map<string, number>();
  return [...withoutCode(markdown).matchAll(/^(#{1,6}) (.+)$/gm)].map(
    ([, marks = "", text = ""]) => {
      const slug = anchorOf(text);
      const times = seen.get(slug) ?? 0;
      seen.set(slug, times + 1);
      const anchor = times === 0 ? slug : `${slug}-${String(times)}`;
      return { level: marks.length, text, anchor };
    },
  );
}

/** A text without its blocks of code. */
export function withoutCode(markdown: string): string {
  return markdown.replaceAll(/^```[\s\S]*?^```$/gm, "");
}
