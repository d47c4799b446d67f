import * as z from "zod/mini";
import { idempotencyKey as anyIdempotencyKey } from "../http/schemas";
import { holdsCardNumber } from "./card-number";
import { currencies, currenciesByDecimals } from "./currency";

/**
 * The largest amount, in minor units: twelve digits, as card schemes have them. Thousands of such
 * amounts still add up within the integers that JSON's readers represent exactly (2^53 - 1).
 */
export const maxAmount = 999_999_999_999;

const wellFormed = z.refine<string>((text) => !/\p{Cs}/u.test(text), "must be well-formed Unicode");
const noCardNumber = z.refine<string>(
  (text) => !holdsCardNumber(text),
  "must not hold what looks like a card number",
);

/** What {@link noCardNumber} refuses, for the document. */
const noCardNumberRule = z.describe(
  "Must not hold what looks like a card number: 13 to 19 digits of any script, alone or in groups, that " +
    "begin with a card scheme's prefix, have a length of that scheme and pass Luhn's check.",
);

/** Unicode's control characters, as every regular expression knows them: readers of the document have their own. */
const controls = String.raw`\u0000-\u001f\u007f-\u009f`;

/** At most so many code points, as JSON Schema counts; JavaScript's `length` counts some twice. */
const atMost = (max: number) => [
  z.refine<string>(
    (text) => Array.from(text).length <= max,
    `must have at most ${String(max)} characters`,
  ),
  z.meta({ maxLength: max }),
];

/**
 * Text without control characters, lone surrogates and card numbers.
 *
 * @param min - How long it is at least, in characters.
 * @param max - How long it is at most.
 */
export const text = (min: number, max: number) =>
  z
    .string()
    .check(
      z.minLength(min),
      ...atMost(max),
      z.regex(new RegExp(`^[^${controls}]*$`), "must not hold control characters"),
      wellFormed,
      noCardNumber,
      noCardNumberRule,
    );

/** An identifier of somebody else's, of at most so many characters: no spaces, no e-mail addresses, nothing to be escaped. */
export const identifier = (max: number) =>
  z
    .string()
    .check(
      z.maxLength(max),
      z.regex(/^[A-Za-z0-9][A-Za-z0-9._:-]*$/, "must be letters, digits and . _ : -"),
      noCardNumber,
      noCardNumberRule,
    );

/** An amount of money, 1 to {@link maxAmount} minor units. */
export const amount = z
  .int("must be a whole number in plain digits, without quotes")
  .check(z.minimum(1), z.maximum(maxAmount), z.describe("Minor units of the currency."));

/** The code of a currency. */
export const currency = z
  .enum(currencies, "must be the code of a currency (ISO 4217)")
  .check(
    z.describe(
      "ISO 4217. Its minor unit has two decimals, but none in " +
        `${currenciesByDecimals[0]} and three in ${currenciesByDecimals[3]}.`,
    ),
  );

/** The value of the header `Idempotency-Key`. */
export const idempotencyKey = anyIdempotencyKey.check(noCardNumber, noCardNumberRule);

/** The query parameters of a list: how many items at once, and after which page. */
export const page = {
  limit: z._default(
    z
      .pipe(
        z.string().check(z.regex(/^([1-9][0-9]?|100)$/, "must be 1 to 100")),
        z.transform(Number),
      )
      .check(z.meta({ type: "integer", minimum: 1, maximum: 100, description: "20 by default." })),
    20,
  ),
  cursor: z.optional(
    z.string().check(z.regex(/^[A-Za-z0-9._-]{1,256}$/, "must be the nextCursor of an answer")),
  ),
};

/** The cursor of a page's answer. */
export const nextCursor = z.optional(
  z.string().check(z.describe("Asks for the next page; absent on the last.")),
);

/** How many bytes a body may have beside its texts. */
const besideTexts = 4096;

/**
 * The largest body, in bytes: the longest texts, with each character as two escapes (`\ud83d\ude00`), as some
 * serializers write all that is not ASCII, and 4 KiB for the rest of it.
 *
 * @param characters - How many characters its texts have at most, all together.
 */
export function maxBodyBytes(characters: number): number {
  return 12 * characters + besideTexts;
}

/**
 * The shape of a service's RFC 9457 problem documents.
 *
 * @param typePrefix - What `type` begins with: `urn:SERVICE:problem:`.
 */
export const problemDocument = (typePrefix: string) =>
  z.object({
    type: z.string().check(z.describe(`${typePrefix} and a name that never changes.`)),
    title: z.string(),
    status: z.int().check(z.minimum(400), z.maximum(599)),
    detail: z.string(),
    requestId: z.string(),
    errors: z.optional(z.array(z.object({ field: z.string(), message: z.string() }))),
  });

/** In place of a field's name that looks like a card number; undefined for any other. */
export function maskedField(field: string): string | undefined {
  return holdsCardNumber(field) ? "(a name that looks like a card number)" : undefined;
}
