import { closest } from "fastest-levenshtein";
import type * as z from "zod";
import { counted } from "./counted";
import { UserError } from "./user-error";

/** One thing wrong with a configuration. */
export interface ConfigurationProblem {
  /** The key as one writes it in the stack's file, without the namespace: `database.instanceClass`. */
  readonly key: string;
  /** What was found and what is allowed. */
  readonly message: string;
}

/** A configuration that cannot be deployed; it lists everything that is wrong with it. */
export class ConfigurationError extends UserError {
  override readonly name = "ConfigurationError";

  constructor(readonly problems: readonly ConfigurationProblem[]) {
    const list = problems.map(({ key, message }) => `  ${key}: ${message}`).join("\n");
    super(
      `The configuration has ${counted(problems.length, "problem")}; nothing was deployed.\n${list}`,
    );
  }
}

/** A value as a problem's message shows it. */
export function found(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}

/** The problem of a key that nothing knows, with the known one that is most like it. */
export function unknownKey(
  path: readonly PropertyKey[],
  name: string,
  known: readonly string[],
): ConfigurationProblem {
  return {
    key: [...path, name].join("."),
    message: `unknown key; did you mean ${closest(name, known)}? Allowed: ${known.join(", ")}`,
  };
}

/** The problem of a value that a relation to others does not allow; none where it does. */
export function problemUnless(
  ok: boolean,
  key: string,
  value: unknown,
  allowed: string,
): ConfigurationProblem[] {
  return ok ? [] : [{ key, message: `found ${found(value)}; allowed: ${allowed}` }];
}

/** zod's issue as one or, for unknown keys, several problems that name the key, the value and what is allowed. */
export function problemsOfIssue(issue: z.core.$ZodIssue): ConfigurationProblem[] {
  if (issue.code === "unrecognized_keys") {
    const known = Object.keys({ ...issue.input }).filter((name) => !issue.keys.includes(name));
    return issue.keys.map((name) => unknownKey(issue.path, name, known));
  }
  const expected = /expected (.*?)(?:, received .*)?$/.exec(issue.message)?.[1] ?? issue.message;
  const message = `found ${found(issue.input)}; allowed: ${expected}`;
  return [{ key: issue.path.join("."), message }];
}
