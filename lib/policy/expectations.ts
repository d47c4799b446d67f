/** What a rule demands of a value. */
export interface Expectation {
  isMet(value: unknown): boolean;
  /** In words, after "expected": `true`, `at least 7`. */
  readonly expected: string;
}

/** The value itself. */
export function equals(wanted: string | number | boolean): Expectation {
  return { isMet: (value) => value === wanted, expected: JSON.stringify(wanted) };
}

/** Anything but the value; absence too. */
export function not(unwanted: string | number | boolean): Expectation {
  return {
    isMet: (value) => value !== unwanted,
    expected: `anything but ${JSON.stringify(unwanted)}`,
  };
}

/** One of the values. */
export function oneOf(...allowed: readonly (string | number | boolean)[]): Expectation {
  return {
    isMet: (value) => allowed.some((one) => one === value),
    expected: `one of ${allowed.map((one) => JSON.stringify(one)).join(", ")}`,
  };
}

/** A number that is not less. */
export function atLeast(minimum: number): Expectation {
  return {
    isMet: (value) => typeof value === "number" && value >= minimum,
    expected: `at least ${String(minimum)}`,
  };
}

/** A number that is not more. */
export function atMost(maximum: number): Expectation {
  return {
    isMet: (value) => typeof value === "number" && value <= maximum,
    expected: `at most ${String(maximum)}`,
  };
}

/** Anything but absence, an empty text, list or map. */
export const present: Expectation = {
  isMet: (value) =>
    value !== undefined &&
    value !== null &&
    value !== "" &&
    (typeof value !== "object" || Object.keys(value).length > 0),
  expected: "a value",
};

/** Absence, or an empty text, list or map. */
export const absent: Expectation = {
  isMet: (value) => !present.isMet(value),
  expected: "no value",
};

/** What the service does by itself when the argument is left out, or the same written out. */
export function byDefault(expectation: Expectation): Expectation {
  return {
    isMet: (value) => value === undefined || value === null || expectation.isMet(value),
    expected: `${expectation.expected}, as is the default`,
  };
}

/** A text that matches. */
export function matches(pattern: RegExp, expected: string): Expectation {
  return { isMet: (value) => typeof value === "string" && pattern.test(value), expected };
}

/** A list that has every one of the values. */
export function containing(...wanted: readonly string[]): Expectation {
  return {
    isMet: (value) => Array.isArray(value) && wanted.every((one) => value.includes(one)),
    expected: `a list with ${wanted.join(", ")}`,
  };
}

/** A KMS key that is not one of those that AWS manages, whose policies no one may change. */
export const customerKey: Expectation = {
  isMet: (value) => typeof value === "string" && value !== "" && !value.includes("alias/aws/"),
  expected: "a key of the customer's own",
};
