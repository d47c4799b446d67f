import { invalidRequest } from "./problem";
import type { FieldProblem } from "./problem";

/** How deep objects and lists may be nested. */
const maxDepth = 10;

/** The strings (with the colon behind a name), numbers, braces and brackets of a JSON text. */
const tokens = /"(?:[^"\\]|\\.)*"(\s*:)?|-?\d[\d.eE+-]*|[{}[\]]/g;

/** In place of a name where there is none; an empty name is left out of paths too. */
const inList = "";

/** An integer in plain digits; every other way to write one invites to round it. */
const plainNumber = /^(0|-?[1-9]\d*)$/;

/**
 * Parses the JSON text of a body, stricter than `JSON.parse`: a name occurs once in its object (what
 * follows would see one value and a proxy before it the other), is not `__proto__`, a number is written
 * as the integer that it is (`1250.0000000000000001` would become 1250), and nesting is limited.
 *
 * @throws the problem `invalid-request`.
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

/** What `JSON.parse` accepts and this parser does not; the text is known to be JSON. */
function structureProblem(text: string): FieldProblem | undefined {
  const namesSeen: Set<string>[] = [];
  /** The name whose value comes next, in each object that the text is within; in a list, none. */
  const path: string[] = [];
  const here = (message: string): FieldProblem => ({
    field: path.filter((name) => name !== inList).join(".") || "body",
    message,
  });
  for (const [token, colon] of text.matchAll(tokens)) {
    if (token === "{" || token === "[") {
      path.push(inList);
      if (namesSeen.push(new Set()) > maxDepth) return { field: "body", message: "is too deep" };
    } else if (token === "}" || token === "]") {
      path.pop();
      namesSeen.pop();
    } else if (colon !== undefined) {
      const name = String(JSON.parse(token.slice(0, -colon.length)));
      const names = namesSeen.at(-1);
      path.splice(-1, 1, name);
      if (name === "__proto__") return here("is not a name for a field");
      if (names?.has(name) === true) return here("must be there only once");
      names?.add(name);
    } else if (!token.startsWith('"') && !plainNumber.test(token)) {
      return here("must be a whole number in plain digits, without point or exponent");
    }
  }
  return undefined;
}
