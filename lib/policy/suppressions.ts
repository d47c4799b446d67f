import * as fs from "node:fs";
import { parse } from "yaml";
import * as z from "zod";
import { environmentTypes } from "../types";
import type { EnvironmentType } from "../types";
import { UserError } from "../core/user-error";
import type { PolicyResource } from "./policy-graph";

/** A decision, with an end, to let a resource break a rule. */
export interface Suppression {
  /** A rule's id: `RDS.5`. */
  readonly rule: string;
  /**
   * The resources, each written out: by the name in the program or, where several of the rule's resources have that
   * name, by type and name (`aws:s3/bucket:Bucket receipts`) or URN.
   */
  readonly resources: readonly string[];
  /** Why an auditor should accept it. */
  readonly reason: string;
  /** The last day that it holds, `YYYY-MM-DD` in UTC, a year from today at most; from the next day on it fails. */
  readonly expires: string;
  /** The environments that it holds in; by default all. */
  readonly environments?: readonly EnvironmentType[] | undefined;
  /**
   * Whether a stack may be without the resources, as those of a module that it switches on: one that is not there is
   * not reported as a suppression of nothing. By default it is.
   */
  readonly optional?: boolean | undefined;
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
    .trim()
    .min(minimumReason, `a sentence of at least ${String(minimumReason)} characters`),
  expires: z.preprocess(
    // YAML takes an unquoted day for a date
    (value) => (value instanceof Date ? value.toISOString().slice(0, 10) : value),
    z.iso.date("a day as YYYY-MM-DD"),
  ),
  environments: z.array(z.enum(environmentTypes)).min(1).optional(),
  optional: z.boolean().optional(),
});

const fileSchema = z.strictObject({ suppressions: z.array(suppressionSchema) });

/** Today, `YYYY-MM-DD` in UTC. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

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
  const { suppressions } = checked(fileSchema, content, file);
  checkSuppressions(suppressions, knownRules, file, today());
  return suppressions;
}

/**
 * Checks that every suppression can be used: that it is complete, that its rule exists (one with a typing error would
 * hold for nothing), and that it ends within a year.
 *
 * @throws {@link SuppressionError} naming those that are not.
 */
export function checkSuppressions(
  suppressions: readonly Suppression[],
  knownRules: readonly string[],
  from: string,
  day: string,
): void {
  checked(fileSchema, { suppressions }, from);
  const unknown = suppressions.filter(({ rule }) => !knownRules.includes(rule));
  if (unknown.length > 0) {
    const names = unknown.map(({ rule }) => rule).join(", ");
    throw new SuppressionError(
      `${from} suppresses rules that do not exist: ${names}. Rules: ${knownRules.join(", ")}`,
    );
  }
  const longest = aYearAfter(day);
  const endless = suppressions.filter(({ expires }) => expires > longest);
  if (endless.length > 0) {
    throw new SuppressionError(
      `${from} suppresses for longer than a year: ` +
        endless.map(({ rule, expires }) => `${rule} until ${expires}`).join(", ") +
        `. The last day allowed today is ${longest}; look at each again by then.`,
    );
  }
}

/** Whether an entry of a suppression's resources applies to a resource: by name, by type and name, or by URN. */
export function appliesTo(entry: string, { name, type, urn }: PolicyResource): boolean {
  return entry === name || entry === `${type} ${name}` || entry === urn;
}

function checked<T>(schema: z.ZodType<T>, content: unknown, from: string): T {
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new SuppressionError(
    `${from} holds no usable suppressions:\n${z.prettifyError(parsed.error)}\n` +
      "It takes: suppressions: [{ rule, resources: [...], reason, expires: YYYY-MM-DD, environments?, optional? }]",
  );
}

/** The same day of the next year; March 1 for February 29. */
function aYearAfter(day: string): string {
  const date = new Date(day);
  date.setUTCFullYear(date.getUTCFullYear() + 1);
  return date.toISOString().slice(0, 10);
}
