import { isIssued, prefixLength } from "./card-schemes";
import { withPlainDigits } from "./plain-digits";

/** How many digits a card number has (ISO/IEC 7812-1; shorter ones are no longer issued). */
const shortest = 13;
const longest = 19;

/**
 * Identifiers whose digits are a card number's by chance only, and which no card number is written like:
 * UUIDs, the `traceparent` of W3C, days with a time or without, and hexadecimal ids and
 * hashes, whose length is a multiple of eight digits.
 */
const identifiers = new RegExp(
  `(?<![0-9a-z])(?=[0-9a-f])(?:${[
    "[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![0-9a-z])",
    "[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}(?![0-9a-z])",
    String.raw`(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:[0-2]\d|3[01])(?:[-t_ ](?:[01]\d|2[0-3])-[0-5]\d-[0-5]\d)?(?!\d)`,
    "(?=[0-9]*[a-f])(?:[0-9a-f]{8}){2,}(?![0-9a-z])",
  ].join("|")})`,
  "gi",
);

/** Groups as on a card, parted by dots or underscores; of decimals and versions there are many others. */
const dottedGroups = /(?<!\d)\d{4}([._])\d{4,6}\1\d{4,5}(?:\1\d{1,4}){0,2}(?!\d)/g;

/** A time in seconds (2017 to 2033), or a day (2010 to 2034) with hours and minutes or without: a part of an identifier, not of a card number. */
const time = /^(?:1[5-9]\d{8}|20(?:[12]\d|3[0-4])(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?:\d{4})?)$/;

/**
 * Whether a text holds what looks like a card number: 13 to 19 digits that begin with the prefix of a
 * scheme which issues that length, and pass Luhn's check (ISO/IEC 7812-1); alone, next to letters, or in
 * groups parted by spaces or dashes, among other groups. Digits may be of any script, and invisible
 * characters between them do not count.
 *
 * Identifiers that systems make are taken, but for one in 100,000 at most: times, dates, sequences, UUIDs,
 * ULIDs, KSUIDs, hashes, trace ids. What begins like a card and is as long cannot be distinguished from one, and
 * one in ten passes Luhn's check: 13, 16 or 19 random digits, sequences within a scheme's range (16 digits that
 * begin with 4), `yymmddhhmmss` and four digits behind it. 16 hexadecimal digits (ids of spans) are refused
 * where all are decimal and so fit, one id in some 60,000; 18 random digits, one id in some 1,800: the
 * prefixes of those who issue that length.
 *
 * Takes time in proportion to the text.
 */
export function holdsCardNumber(text: string): boolean {
  const plain = withPlainDigits(text)
    .replace(identifiers, ";")
    .replace(dottedGroups, (groups) => groups.replace(/\D/g, "-"));
  let inGroup = false;
  for (let at = 0; at < plain.length; at++) {
    const digit = isDigit(plain.charCodeAt(at));
    if (digit && !inGroup && startsCardNumber(plain, at)) return true;
    inGroup = digit;
  }
  return false;
}

/** Whether the group of digits at a place, or it and some that follow, are a card number. */
function startsCardNumber(text: string, start: number): boolean {
  let length = 0;
  let prefix = 0;
  // Luhn's sum if no digit follows, and if one does
  let sum = 0;
  let nextSum = 0;
  let group = start;
  for (let at = start; ; at++) {
    const code = text.charCodeAt(at);
    if (isDigit(code)) {
      const digit = code - zero;
      const doubled = sum + (digit < 5 ? 2 * digit : 2 * digit - 9);
      sum = nextSum + digit;
      nextSum = doubled;
      if (length++ < prefixLength) prefix = prefix * 10 + digit;
      if (length > longest) return false;
      continue;
    }
    if (at > group) {
      const alone = standsAlone(text, group, at);
      if (alone && group > start) return false;
      if (length >= shortest && sum % 10 === 0 && isIssued(prefix, length)) return true;
      if (alone) return false;
    }
    if (!isSeparator(code)) return false;
    group = at + 1;
  }
}

/**
 * Whether a group of digits is no part of a longer number: who writes as many digits at once writes the
 * whole one, and a time is a part of an identifier. `order-421-1795813445867` holds no 16 digits.
 */
function standsAlone(text: string, start: number, end: number): boolean {
  const length = end - start;
  return length >= shortest || (length >= 8 && time.test(text.slice(start, end)));
}

const zero = 48;

function isDigit(code: number): boolean {
  return code >= zero && code <= zero + 9;
}

/** A space, an end of a line or a dash, and the like. */
function isSeparator(code: number): boolean {
  return code === 32 || code === 45 || (code >= 9 && code <= 13);
}
