/** What is not seen between digits: format characters, fillers, variation selectors, combining marks. */
const invisible = /[\p{Cf}\p{M}\p{Default_Ignorable_Code_Point}]/gu;

/** Spaces and dashes of every kind; the blank of Braille, and what is no dash but for its looks. */
const spacesAndDashes = /[\p{Z}\p{Pd}\u02d7\u2043\u2212\u2800]/gu;

/**
 * A text with its digits, spaces and dashes as ASCII has them, whatever script they were in, and
 * without what is invisible.
 */
export function withPlainDigits(text: string): string {
  if (/^[\0-\x7f]*$/.test(text)) return text;
  return text
    .normalize("NFKC")
    .replace(invisible, "")
    .replace(/(?![0-9])\p{Nd}/gu, plainDigit)
    .replace(spacesAndDashes, "-");
}

const plainDigits = new Map<string, string>();

/** The ASCII digit of a digit; looked up once, for there may be many. */
function plainDigit(digit: string): string {
  const known = plainDigits.get(digit) ?? String(valueOf(digit));
  plainDigits.set(digit, known);
  return known;
}

/** Unicode has the digits of a script in a row, from 0 to 9, and nothing else that is one before them. */
function valueOf(digit: string): number {
  const isDigit = (code: number) => /\p{Nd}/u.test(String.fromCodePoint(code));
  const code = Number(digit.codePointAt(0));
  let before = 0;
  while (isDigit(code - before - 1)) before++;
  return before % 10;
}
