import * as fs from "node:fs";
import { parse } from "yaml";
import * as z from "zod";
import { environmentTypes } from "../types";
import type { EnvironmentType } from "../types";
import { UserError } from "../user-error";

/** A decision, with an end, to let a resource break a rule. */
export interface Suppression {
  /** A rule's id: `RDS.5`. */
  readonly rule: string;
  /** The resources' names in the program, each written out. */
  readonly resources: readonly string[];
  /** Why an auditor should accept it. */
  readonly reason: string;
  /** The last day that it holds, `YYYY-MM-DD` in UTC; from the next day on it fails. */
  readonly expires: string;
  /** The environments that it holds in; by default all. */
  readonly environments?: readonly EnvironmentType[] | undefined;
}

/** Suppressions that cannot be used; it lists everything that is wrong with them. */
export class SuppressionError extends UserError {
  override readonly name = "SuppressionError";
}

const minimumReason = 20;

const suppressionSchema = z.strictObject({
  rule: z.string().min(1),
  resources: z.array(z.string().min(1)).min(1),
  reason: z
    .string()
    .min(minimumReason, `a sentence of at least ${String(minimumReason)} characters`),
  expires: z.preprocess(
    // YAML takes an unquoted day for a date
    (value) => (value instanceof Date ? value.toISOString().slice(0, 10) : value),
    z.iso.date("a day as YYYY-MM-DD"),
  ),
  environments: z.array(z.enum(environmentTypes)).min(1).optional(),
});

const fileSchema = z.strictObject({ suppressions: z.array(suppressionSchema) });

/**
 * Reads suppressions from a YAML or JSON file.
 *
 * ```yaml
 * suppressions:
 *   - rule: RDS.5
 *     resources: [payments-database]
 *     environments: [staging]
 *     reason: Staging holds no real payments; a second zone doubles its cost.
 *     expires: 2027-06-30
 * ```
 *
 * @param file - Path of the file, for reading and for messages.
 * @param knownRules - Ids of all rules; another one is an error.
 * @throws {@link SuppressionError} naming the file, the entry and what is allowed.
 *
 * @example
 * ```ts
 * import { policies, readSuppressions, ruleIds } from "payment-stack/policy";
 *
 * const suppressions = readSuppressions("suppressions.yaml", ruleIds);
 * export const ours = policies({ suppressions });
 * ```
 */
export function readSuppressions(file: string, knownRules: readonly string[]): Suppression[] {
  let content: unknown;
  try {
    content = parse(fs.readFileSync(file, "utf8"));
  } catch (error) {
    throw new SuppressionError(`${file} cannot be read: ${String(error)}`, { cause: error });
  }
  const parsed = fileSchema.safeParse(content);
  if (!parsed.success) {
    throw new SuppressionError(
      `${file} holds no usable suppressions:\n${z.prettifyError(parsed.error)}\n` +
        "It takes: suppressions: [{ rule, resources: [...], reason, expires: YYYY-MM-DD, environments? }]",
    );
  }
  checkRules(parsed.data.suppressions, knownRules, file);
  return parsed.data.suppressions;
}

/**
 * Checks that every suppression is of a rule that there is: one with a typing error would hold for nothing.
 *
 * @throws {@link SuppressionError} naming those that are not.
 */
export function checkRules(
  suppressions: readonly Suppression[],
  knownRules: readonly string[],
  from: string,
): void {
  const strangers = suppressions.filter(({ rule }) => !knownRules.includes(rule));
  if (strangers.length > 0) {
    const names = strangers.map(({ rule }) => rule).join(", ");
    throw new SuppressionError(
      `${from} suppresses rules that do not exist: ${names}. Rules: ${knownRules.join(", ")}`,
    );
  }
}
