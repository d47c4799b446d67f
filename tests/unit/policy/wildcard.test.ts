import * as fc from "fast-check";
import { isAnything, matchesWildcard } from "../../../lib/policy/wildcard";

/** As IAM describes it, however long it takes. */
function matchesNaively(pattern: string, text: string): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return text === "";
  const others = rest.join("");
  if (first === "*") {
    return matchesNaively(others, text) || (text !== "" && matchesNaively(pattern, text.slice(1)));
  }
  return (
    text !== "" && (first === "?" || first === text[0]) && matchesNaively(others, text.slice(1))
  );
}

describe("a pattern of IAM", () => {
  it("matches what it would by trying every way", () => {
    const few = (letters: readonly string[]) =>
      fc.array(fc.constantFrom(...letters), { maxLength: 9 }).map((list) => list.join(""));

    fc.assert(
      fc.property(few(["a", "b", "*", "?"]), few(["a", "b", "*"]), (pattern, text) => {
        expect(matchesWildcard(pattern, text)).toBe(matchesNaively(pattern, text));
      }),
      { numRuns: 2000 },
    );
  });

  it("takes no longer with many stars", () => {
    const start = performance.now();

    expect(matchesWildcard("*a".repeat(2000), "a".repeat(1999))).toBe(false);
    expect(matchesWildcard(`${"*".repeat(100_000)}b`, "a".repeat(100))).toBe(false);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it.each(["*", "**", "?*", "?"])("says nothing: %s", (pattern) => {
    expect(isAnything(pattern)).toBe(true);
  });

  it.each(["", "s3:*", "*a"])("says something, or is none: %j", (pattern) => {
    expect(isAnything(pattern)).toBe(false);
  });
});
