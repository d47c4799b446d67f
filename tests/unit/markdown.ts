import { withoutCode } from "../../bin/docs/markdown";

/** Where the links and pictures of a text lead. */
export function linksOf(markdown: string): string[] {
  return [...withoutCode(markdown).matchAll(/\]\(([^)\s]+)\)|(?:src|srcset)="([^"]+)"/g)].map(
    ([, target, picture]) => target ?? picture ?? "",
  );
}
