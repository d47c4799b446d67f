/** A card scheme's numbers: how they begin, and how long those are that begin so. */
interface CardScheme {
  readonly scheme: string;
  /** Prefixes of up to six digits, or ranges of them. */
  readonly prefixes: string;
  readonly lengths: readonly number[];
}

/**
 * The schemes' numbers (ISO/IEC 7812-1), from what the schemes and the processors publish: Visa's, Mastercard's
 * and Discover's tables for acquirers, Wikipedia's "Payment card number", the tables of Braintree's
 * `credit-card-type` and of Active Merchant, and the test numbers of Adyen, Stripe, Worldpay, Paystack and AWS.
 *
 * What is narrower here than there, because identifiers look like it and no card is known to:
 *
 * - 12 digits: Maestro's have 13 at least, and Mastercard has ended Maestro; accounts of AWS have 12.
 * - 17 and 18 digits: only of those who issue them. Of JCB, Diners Club, Discover and Mir, whose rules
 *   allow them, none is known; ids of users with 18 digits are.
 * - UATP: an airline's number of three digits follows the 1. Up to 699, none before 1001: times in
 *   milliseconds begin with 17 to 19 until 2033, long sequences with 1000.
 * - Mir: 16 digits. Snowflake ids reach its prefixes with 19 in 2027.
 *
 * Ended ones that left no cards (enRoute, 2014 and 2149; JCB's 1800) are not in it.
 */
const cardSchemes: readonly CardScheme[] = [
  { scheme: "Visa", prefixes: "4", lengths: [13, 16, 19] },
  { scheme: "Mastercard", prefixes: "51-55 2221-2720", lengths: [16] },
  { scheme: "American Express", prefixes: "34 37", lengths: [15] },
  { scheme: "Diners Club", prefixes: "300-305 3095 36 38-39", lengths: [14, 16, 19] },
  { scheme: "Discover", prefixes: "6011 644-649 65", lengths: [16, 19] },
  { scheme: "JCB", prefixes: "3528-3589", lengths: [16, 19] },
  { scheme: "JCB", prefixes: "3088-3094 3096-3102 3112-3120 3158-3159 3337-3349", lengths: [16] },
  { scheme: "JCB", prefixes: "2131", lengths: [15, 16] },
  { scheme: "UnionPay", prefixes: "62 8100-8171", lengths: [16, 19] },
  { scheme: "UnionPay, debit cards of China's banks", prefixes: "6200-6236", lengths: [17, 18] },
  { scheme: "China T-Union", prefixes: "31", lengths: [19] },
  { scheme: "UATP", prefixes: "1001-1699", lengths: [15] },
  // Maestro's, and of Cabal, Carnet, Dankort, Elo, Hiper, InterPayment, Naranja and Verve within them
  { scheme: "Maestro", prefixes: "50 56-59 63 67", lengths: [16, 19] },
  {
    scheme: "Maestro, other lengths, and Bancontact",
    prefixes: "5018 5020 5038 5893 6304 6703 6759 6761-6763 676770 676774",
    lengths: [13, 14, 15, 17, 18],
  },
  { scheme: "Maestro, the shortest", prefixes: "67", lengths: [13] },
  { scheme: "Verve", prefixes: "5060-5061 5078-5079 650002-650027", lengths: [18] },
  { scheme: "AfriGo", prefixes: "564456", lengths: [18] },
  // RuPay's, and of Cabal, Forbrugsforeningen, Hipercard and UkrCard within them
  { scheme: "RuPay", prefixes: "60 82", lengths: [16] },
  { scheme: "UkrCard", prefixes: "604001-604200", lengths: [19] },
  { scheme: "Mir and Borica", prefixes: "2200-2205", lengths: [16] },
  { scheme: "Napas", prefixes: "9704", lengths: [16, 19] },
  { scheme: "Troy", prefixes: "9792", lengths: [16] },
  { scheme: "BC Card and other Korean ones", prefixes: "94", lengths: [16] },
  { scheme: "UzCard", prefixes: "8600", lengths: [16] },
  { scheme: "Humo", prefixes: "9860", lengths: [16] },
  { scheme: "Belkart", prefixes: "9112", lengths: [16] },
  { scheme: "ArCa", prefixes: "9051", lengths: [16] },
  { scheme: "mada", prefixes: "9682", lengths: [16] },
];

/** How many digits {@link isIssued} takes of a number. */
export const prefixLength = 6;

interface Range {
  readonly from: number;
  readonly to: number;
  readonly lengths: readonly number[];
}

const ranges: readonly Range[] = cardSchemes.flatMap(({ prefixes, lengths }) =>
  prefixes.split(" ").map((prefix) => ({
    from: Number(prefix.replace(/-.*/, "").padEnd(prefixLength, "0")),
    to: Number(prefix.replace(/.*-/, "").padEnd(prefixLength, "9")),
    lengths,
  })),
);

/** The ranges by a number's first two digits: a long text is looked through quickly. */
const rangesByStart = new Map<number, readonly Range[]>();

/** The ranges that have numbers with these first two digits; found once, when such a number comes. */
function rangesOf(start: number): readonly Range[] {
  const known = rangesByStart.get(start);
  if (known !== undefined) return known;
  const found = ranges.filter(({ from, to }) => startOf(from) <= start && start <= startOf(to));
  rangesByStart.set(start, found);
  return found;
}

/** A number's first two digits, of its first six. */
function startOf(prefix: number): number {
  return Math.floor(prefix / 10 ** (prefixLength - 2));
}

/** Whether a scheme issues numbers of that many digits that begin with these six. */
export function isIssued(prefix: number, length: number): boolean {
  return rangesOf(startOf(prefix)).some(
    ({ from, to, lengths }) => from <= prefix && prefix <= to && lengths.includes(length),
  );
}
