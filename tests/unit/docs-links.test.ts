import * as fs from "node:fs";
import * as path from "node:path";
import { headingsOf, withoutCode } from "../../bin/docs/markdown";
import { codeOf, pages, read, root } from "../documents/pages";
import { linksOf } from "./markdown";

/** A link's file, by its place in the repository. */
function fileOf(page: string, link: string): string {
  const [file = ""] = link.split("#");
  return file === "" ? page : path.posix.join(path.posix.dirname(page), file);
}

/** Why a link leads nowhere; undefined if it leads somewhere. */
function problemOf(page: string, link: string): string | undefined {
  const file = fileOf(page, link);
  const [, anchor] = link.split("#");
  if (!fs.existsSync(path.join(root, file))) return `there is no ${file}`;
  const headings = anchor === undefined ? [] : headingsOf(read(file));
  return anchor === undefined || headings.some((heading) => heading.anchor === anchor)
    ? undefined
    : `${file} has no heading ${anchor}`;
}

const tests = fs.readdirSync(path.join(root, "tests"), { recursive: true, encoding: "utf8" });

/** Whether a file is there that a page names: by its place, or, a test, by its name. */
function isThere(file: string): boolean {
  return file.includes("/")
    ? fs.existsSync(path.join(root, file))
    : tests.some((test) => path.basename(test) === file);
}

const within = (page: string) => linksOf(read(page)).filter((link) => !link.includes("://"));

describe("the documentation", () => {
  it.each(pages)("links what is there: %s", (page) => {
    const problems = within(page).flatMap((link) => problemOf(page, link) ?? []);

    expect(problems).toEqual([]);
  });

  it.each(pages)("names files that are there: %s", (page) => {
    const named = codeOf(page)
      .filter(({ language }) => language === undefined)
      .map(({ text }) => text)
      .filter((text) =>
        /^(?:bin|docs|examples|lib|tests|\.github)\/[\w./-]+$|^[\w-]+\.test\.ts$/.test(text),
      );

    // NAME is what a reader puts there
    expect(named.filter((file) => !file.includes("NAME") && !isThere(file))).toEqual([]);
  });

  it.each(pages)("has code of its text in one line, where tests find it: %s", (page) => {
    const split = withoutCode(read(page))
      .split("\n")
      .filter((line) => line.replaceAll(/[^`]/g, "").length % 2 === 1);

    expect(split).toEqual([]);
  });

  it("names rules that there are, where it speaks of security", () => {
    const ids = new Set(read("docs/rules.md").match(/^\| `[A-Z][\w.]+` \|/gm));
    const named = codeOf("docs/security.md")
      .map(({ text }) => text)
      .filter((text) => /^[A-Z]\w+\.(?:\d+|[A-Z]\w+)$/.test(text));

    expect(named).toContain("APIGateway.8");
    expect(named.filter((id) => !ids.has(`| \`${id}\` |`))).toEqual([]);
  });

  it("is reached from the README, every page of it", () => {
    const reached = new Set(["README.md"]);
    for (const page of reached)
      for (const file of within(page).map((link) => fileOf(page, link)))
        if (file.endsWith(".md") && fs.existsSync(path.join(root, file))) reached.add(file);

    expect([...reached]).toEqual(expect.arrayContaining(pages));
  });

  it.each([
    ["docs/nowhere.md", "there is no docs/docs/nowhere.md"],
    ["security.md#nothing", "docs/security.md has no heading nothing"],
    ["#nothing", "docs/operations.md has no heading nothing"],
    ["security.md", undefined],
  ])("would not pass with a link that leads nowhere: %s", (link, problem) => {
    expect(problemOf("docs/operations.md", link)).toBe(problem);
  });
});

describe("the links of a page", () => {
  it("are those of its text and its pictures, not those of its code", () => {
    const markdown =
      '[a](b.md#c) ![d](e.svg)\n```md\n[no](no)\n```\n<source srcset="f.svg"><img src="g.svg">';

    expect(linksOf(markdown)).toEqual(["b.md#c", "e.svg", "f.svg", "g.svg"]);
  });
});

describe("the anchors of headings", () => {
  it("are as GitHub makes them", () => {
    const markdown = "# API: 5XX & `errors`\n```sh\n# a comment\n```\n## api-5xx\n## api-5xx\n";

    expect(headingsOf(markdown)).toEqual([
      { level: 1, text: "API: 5XX & `errors`", anchor: "api-5xx--errors" },
      { level: 2, text: "api-5xx", anchor: "api-5xx" },
      { level: 2, text: "api-5xx", anchor: "api-5xx-1" },
    ]);
  });
});
