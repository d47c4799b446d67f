import { invalidRequest } from "./problem";
import type { FieldProblem } from "./problem";

/** How deep objects and lists may lie in one another; a payment's metadata lies at 2. */
const maxDepth = 10;

/** The strings, braces and brackets of a JSON text, and the colons after names. */
const tokens = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/g;

/**
 * Parses the JSON text of a body, stricter than `JSON.parse`: a name stands once in its object (what
 * follows would see one value and a proxy before it the other), is not `__proto__`, and nothing lies
 * absurdly deep.
 *
 * @throws {@link Problem} `invalid-request`.
 */
export function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalidRequest([{ field: "body", message: "must be JSON" }]);
  }
  const problem = structureProblem(text);
  if (problem !== undefined) throw invalidRequest([problem]);
  return value;
}

/** What `JSON.parse` lets pass; the text is known to be JSON. */
function structureProblem(text: string): FieldProblem | undefined {
  const namesSeen: Set<string>[] = [];
  for (const [token, colon] of text.matchAll(tokens)) {
    if (token === "{" || token === "[") {
      if (namesSeen.push(new Set()) > maxDepth) return { field: "body", message: "is too deep" };
    } else if (token === "}" || token === "]") {
      namesSeen.pop();
    } else if (colon !== undefined) {
      const name = String(JSON.parse(token.slice(0, -colon.length)));
      const names = namesSeen.at(-1);
      if (name === "__proto__") return { field: name, message: "is not a name for a field" };
      if (names?.has(name) === true) return { field: name, message: "must be there only once" };
      names?.add(name);
    }
  }
  return undefined;
}
