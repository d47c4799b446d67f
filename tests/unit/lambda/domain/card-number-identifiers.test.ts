import { holdsCardNumber } from "../../../../lib/lambda/domain/card-number";

/** Mulberry32: the same numbers in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const random = seeded(20_261_105);
const below = (limit: number) => Math.floor(random() * limit);
const from = (alphabet: string, length: number) => {
  let text = "";
  for (let i = 0; i < length; i++) text += alphabet.charAt(below(alphabet.length));
  return text;
};
const digits = (length: number) => from("0123456789", length);
const hex = (length: number) => from("0123456789abcdef", length);
const pad = (value: number, length: number) => String(value).padStart(length, "0");

const seconds = () => Date.UTC(2020, 0, 1) / 1000 + below(11 * 365 * 86_400);
const milliseconds = () => String(seconds()) + digits(3);
const iso = () => new Date(seconds() * 1000).toISOString();
const compact = () => iso().replace(/\D/g, "").slice(0, 14);
const uuid = () => `${hex(8)}-${hex(4)}-4${hex(3)}-${from("89ab", 1)}${hex(3)}-${hex(12)}`;
const timeUuid = () => {
  const time = Number(milliseconds()).toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${from("89ab", 1)}${hex(3)}-${hex(12)}`;
};
const snowflake = (epoch: number, bits: bigint) =>
  String(((BigInt(milliseconds()) - BigInt(epoch)) << bits) + BigInt(below(2 ** Number(bits))));
const payment = () => `pay_${hex(32)}`;
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

const sample = 300_000;

/** How many of a sample are refused. Many are looked at in one text: what parts them parts numbers, too. */
function refused(identifier: (i: number) => string): number {
  const batch = 500;
  let count = 0;
  for (let i = 0; i < sample; i += batch) {
    const identifiers = Array.from({ length: batch }, (_, j) => identifier(i + j));
    if (holdsCardNumber(identifiers.join(";"))) count += identifiers.filter(holdsCardNumber).length;
  }
  return count;
}

describe("of the identifiers that systems make, at most one in 100,000 is refused", () => {
  it.each<[kind: string, identifier: (i: number) => string]>([
    ["seconds", () => String(seconds())],
    ["milliseconds", milliseconds],
    ["microseconds", () => String(seconds()) + digits(6)],
    ["nanoseconds", () => String(seconds()) + digits(9)],
    ["seconds with a fraction", () => `${String(seconds())}.${digits(6)}`],
    ["order-<ms>", () => `order-${milliseconds()}`],
    ["job-<ms>-<n>", () => `job-${milliseconds()}-${String(below(1_000_000))}`],
    ["job-<n>-<ms>", () => `job-${String(below(1_000_000))}-${milliseconds()}`],
    ["job-<n>-<s>", () => `job-${String(below(1_000_000_000))}-${String(seconds())}`],
    ["job-<µs>-<n>", () => `job-${milliseconds()}${digits(3)}-${String(below(1_000))}`],
    ["a time of ISO 8601", iso],
    ["a time with dashes alone", () => iso().replace(/[T:.]/g, "-")],
    ["yyyymmddhhmmss", compact],
    ["yyyymmddhhmmss and milliseconds", () => compact() + digits(3)],
    ["yymmddhhmmss", () => compact().slice(2)],
    ["yyyymmdd-hhmmss-<n>", () => compact().replace(/.{8}/, "$&-") + `-${digits(6)}`],
    ["yyyy-mm-dd-<n>", () => `${iso().slice(0, 10)}-${digits(12)}`],
    ["yyyy-mm-dd-hh-mm-ss-<n>", () => `${iso().slice(0, 19).replace(/\D/g, "-")}-${digits(11)}`],
    ["<n>-yyyymmdd-<n>", () => `${digits(4)}-${compact().slice(0, 8)}-${digits(4)}`],
    ["yyyymmdd and a sequence", (i) => compact().slice(0, 8) + pad(i, 8)],
    ["a sequence from 1", (i) => String(i + 1)],
    ["a sequence of 12 digits", () => digits(12)],
    ["a sequence with 13 digits and zeros", (i) => pad(i, 13)],
    ["a sequence with 16 digits and zeros", (i) => pad(i, 16)],
    ["a sequence with 19 digits and zeros", (i) => pad(i, 19)],
    ["a sequence from 10^12", (i) => String(10 ** 12 + i)],
    ["a sequence from 10^14", (i) => String(10 ** 14 + i)],
    ["a sequence from 10^15", (i) => String(10 ** 15 + i)],
    ["a sequence from 10^17", (i) => String(10n ** 17n + BigInt(i))],
    ["a sequence from 10^18", (i) => String(10n ** 18n + BigInt(i))],
    ["a snowflake, 1 bit of sign, epoch of 2010", () => snowflake(1_288_834_974_657, 22n)],
    ["a snowflake, epoch of 1970", () => snowflake(0, 16n)],
    ["a UUID", uuid],
    ["a UUID in capitals", () => uuid().toUpperCase()],
    ["a UUID behind a word", () => `order_${uuid()}-1`],
    ["a UUID without hyphens", () => uuid().replaceAll("-", "")],
    ["a UUID of version 7", timeUuid],
    ["a UUID of version 7 without hyphens", () => timeUuid().replaceAll("-", "")],
    ["a ULID", () => "01K" + from(crockford, 23)],
    ["a KSUID", () => "3" + from(base62, 26)],
    ["a NanoID", () => from(`${base62}_-`, 21)],
    ["an ObjectId", () => seconds().toString(16) + hex(16)],
    ["MD5", () => hex(32)],
    ["SHA-1", () => hex(40)],
    ["SHA-256", () => hex(64)],
    ["SHA-256 in capitals", () => hex(64).toUpperCase()],
    ["the traceparent of W3C", () => `00-${hex(32)}-${hex(16)}-01`],
    ["a trace id of X-Ray", () => `1-${seconds().toString(16)}-${hex(24)}`],
    ["a trace id of 128 bits", () => hex(32)],
    ["a payment's id", payment],
    ["a payment's id behind a word", () => `capture-${payment()}`],
  ])("%s", (_, identifier) => {
    expect(refused(identifier)).toBeLessThanOrEqual(sample / 100_000);
  });

  it.each<[kind: string, identifier: () => string, oneIn: number]>([
    ["16 hexadecimal digits, all decimal and so fit", () => hex(16), 30_000],
    ["18 random digits", () => String(1 + below(9)) + digits(17), 1_500],
  ])("but not of what cannot be told from a card: %s", (_, identifier, oneIn) => {
    expect(refused(identifier)).toBeLessThanOrEqual(sample / oneIn);
  });

  it("takes a payment's id with 19 digits in a row", () => {
    expect(holdsCardNumber("capture-pay_d06a5b83d1484128999954540bcefec7")).toBe(false);
  });
});
