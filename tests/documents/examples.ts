import * as fs from "node:fs";
import * as path from "node:path";
import { codeOf, pages, read, root } from "./pages";

/** Code in the documentation that a program may hold as it stands. */
export interface Example {
  /** Where it is, as the name of a file: `lib-config-1`. */
  readonly name: string;
  readonly code: string;
}

const nameOf = (file: string, index: number) =>
  `${file.replace(/\.\w+$/, "").replaceAll(/\W/g, "-")}-${String(index + 1)}`;

const library = fs
  .readdirSync(path.join(root, "lib"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => path.posix.join("lib", file.replaceAll(path.sep, "/")));

/** The TypeScript in the library's comments: each stands under `@example`. */
export function commentedExamples(): Example[] {
  return library.flatMap((file) =>
    [...read(file).matchAll(/^ *\* ```ts\n((?: *\*.*\n)*?) *\* ```$/gm)].map(
      ([, lines = ""], index) => ({
        name: nameOf(file, index),
        code: lines.replaceAll(/^ *\* ?/gm, ""),
      }),
    ),
  );
}

/** The TypeScript of the pages. */
export function documentedExamples(): Example[] {
  return pages.flatMap((page) =>
    codeOf(page)
      .filter(({ language }) => language === "ts")
      .map(({ text }, index) => ({ name: nameOf(page, index), code: `${text}\n` })),
  );
}

/** What the files of a folder, not those below it, export as a class, by whether its comment has an example. */
export function classes(folder: string): { name: string; hasExample: boolean }[] {
  const declared = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\nexport class (\w+)/g;
  return library
    .filter((file) => path.posix.dirname(file) === folder)
    .flatMap((file) => [...read(file).matchAll(declared)])
    .map(([, comment = "", name = ""]) => ({ name, hasExample: comment.includes("@example") }));
}

/** Comments with TypeScript that is no `@example`, where documentation tools look for it. */
export function unmarked(): string[] {
  return library.filter((file) =>
    read(file)
      .split(/^ *\* @example.*\n *\* ```ts$/m)
      .some((text) => /^ *\* ```ts$/m.test(text)),
  );
}
