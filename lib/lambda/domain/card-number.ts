/** How many digits a card number has (ISO/IEC 7812; shorter ones are no longer issued). */
const shortest = 13;
const longest = 19;

/** An identifier in UUID form: its groups are often digits by chance, and no card is written so. */
const uuid = /\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi;

/** Digits in groups, as people write card numbers. */
const groupedDigits = /\d+(?:[\p{Zs}\p{Pd}]+\d+)*/gu;

/**
 * Whether a text holds what looks like a card number: 13 to 19 digits, alone or in groups parted by
 * spaces or dashes, that pass Luhn's check (ISO/IEC 7812-1). One number in ten does by chance; a
 * caller has to write that one otherwise, so that no card number ever gets into the system.
 */
export function holdsCardNumber(text: string): boolean {
  // wide digits become plain ones, and invisible characters between digits vanish
  const plain = text
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .replace(uuid, " ; ");
  return (plain.match(groupedDigits) ?? []).some((run) => {
    const groups = run.split(/\D+/);
    return groups.some((_, start) => startsCardNumber(groups.slice(start)));
  });
}

/** Whether the first group, or it and some that follow, are a card number. */
function startsCardNumber(groups: readonly string[]): boolean {
  let digits = "";
  for (const group of groups) {
    digits += group;
    if (digits.length > longest) return false;
    if (digits.length >= shortest && passesLuhn(digits)) return true;
  }
  return false;
}

function passesLuhn(digits: string): boolean {
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, place) => {
      const value = Number(digit) * (place % 2 === 0 ? 1 : 2);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0;
}
