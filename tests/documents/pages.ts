import * as fs from "node:fs";
import * as path from "node:path";

/** The repository's folder. */
export const root = path.resolve(__dirname, "../..");

/** A piece of code in a page: a fenced block, or a span in its text. */
export interface Code {
  readonly page: string;
  readonly line: number;
  /** Language of a block; undefined for a span. */
  readonly language: string | undefined;
  readonly text: string;
  /** Whether its section, or one that this is part of, says above it that what it shows needs AWS. */
  readonly needsAws: boolean;
}

const inFolder = (folder: string) =>
  fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .map((name) => path.posix.join(folder, name.replaceAll(path.sep, "/")));

/** Everything that people read, by its place in the repository. */
export const pages = ["README.md", ...inFolder("docs"), ...inFolder("examples")].filter((file) =>
  file.endsWith(".md"),
);

/** A page's text. */
export function read(page: string): string {
  return fs.readFileSync(path.join(root, page), "utf8");
}

/** The code of a page, in order. */
export function codeOf(page: string): Code[] {
  const found: Code[] = [];
  // heading levels whose section says it
  let marks: number[] = [];
  let level = 0;
  let block: { language: string; line: number; lines: string[] } | undefined;
  for (const [index, text] of read(page).split("\n").entries()) {
    const at = { page, line: index + 1, needsAws: marks.length > 0 };
    const fence = /^```(\w*)/.exec(text);
    const heading = /^(#{1,6}) /.exec(text)?.[1];
    if (block !== undefined && fence === null) block.lines.push(text);
    else if (block !== undefined) {
      const { language, line, lines } = block;
      found.push({ ...at, line, language, text: lines.join("\n") });
      block = undefined;
    } else if (fence !== null) block = { language: fence[1] ?? "", line: index + 1, lines: [] };
    else if (heading !== undefined) {
      level = heading.length;
      marks = marks.filter((mark) => mark < heading.length);
    } else {
      if (/\bneeds AWS\b/i.test(text)) marks.push(level);
      for (const [, span = ""] of text.matchAll(/`([^`]+)`/g))
        found.push({ ...at, language: undefined, text: span });
    }
  }
  return found;
}
