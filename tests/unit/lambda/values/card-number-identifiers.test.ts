import { createHash } from "node:crypto";
import { holdsCardNumber } from "../../../../lib/lambda/values/card-number";

/** Random characters, the same in every run: of an endless text, those that are wanted. */
function characters(encoding: "hex" | "base64url", unwanted: RegExp): (length: number) => string {
  let pool = "";
  let used = 0;
  let pools = 0;
  return (length) => {
    if (used + length > pool.length) {
      const seed = `${encoding}${String(unwanted)}${String(pools++)}`;
      const bytes = createHash("shake256", { outputLength: 2 ** 20 })
        .update(seed)
        .digest(encoding);
      pool = bytes.replace(unwanted, "");
      used = 0;
    }
    return pool.slice(used, (used += length));
  };
}

const hex = characters("hex", /[^0-9a-f]/g);
const digits = characters("hex", /[^0-9]/g);
const base62 = characters("base64url", /[^0-9A-Za-z]/g);
const base64url = characters("base64url", /[^\w-]/g);
const crockford = characters("base64url", /[^0-9A-HJKMNP-TV-Z]/g);
const below = (limit: number) => +digits(9) % limit;
const pad = (value: number, length: number) => value.toString().padStart(length, "0");

/** From 2020 to 2030. */
const firstSecond = Date.UTC(2020, 0, 1) / 1000;
const seconds = () => firstSecond + below(11 * 365 * 86_400);
const milliseconds = () => seconds().toString() + digits(3);
const year = () => (2020 + below(11)).toString();
const day = () => pad(below(12) + 1, 2) + pad(below(31) + 1, 2);
const clock = () => pad(below(24), 2) + pad(below(60), 2) + pad(below(60), 2);
const stamps = Array.from({ length: 20_000 }, () => year() + day() + clock()).join("");
const compact = () => {
  const start = below(20_000) * 14;
  return stamps.slice(start, start + 14);
};
const dashed = () => compact().replace(/(....)(..)(..)(..)(..)(..)/, "$1-$2-$3-$4-$5-$6");
const uuid = () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
const timeUuid = () => {
  const time = Number(milliseconds()).toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-a${hex(3)}-${hex(12)}`;
};
const snowflake = (epoch: number, bits: bigint) =>
  String(((BigInt(milliseconds()) - BigInt(epoch)) << bits) + BigInt(below(2 ** Number(bits))));
const payment = () => `pay_${hex(32)}`;

const sample = 100_000;

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
    ["seconds", () => seconds().toString()],
    ["milliseconds", milliseconds],
    ["microseconds", () => seconds().toString() + digits(6)],
    ["nanoseconds", () => seconds().toString() + digits(9)],
    ["seconds with a fraction", () => `${seconds().toString()}.${digits(6)}`],
    ["order-<ms>", () => `order-${milliseconds()}`],
    ["job-<ms>-<n>", () => `job-${milliseconds()}-${below(1_000_000).toString()}`],
    ["job-<n>-<ms>", () => `job-${below(1_000_000).toString()}-${milliseconds()}`],
    ["job-<n>-<s>", () => `job-${below(1_000_000_000).toString()}-${seconds().toString()}`],
    ["job-<µs>-<n>", () => `job-${milliseconds()}${digits(3)}-${below(1_000).toString()}`],
    ["a time of ISO 8601", () => `${compact().replace(/.{8}/, "$&T")}Z`],
    ["yyyymmddhhmmss", compact],
    ["yyyymmddhhmmss and milliseconds", () => compact() + digits(3)],
    ["yymmddhhmmss", () => compact().slice(2)],
    ["yyyymmdd-hhmmss-<n>", () => compact().replace(/.{8}/, "$&-") + `-${digits(6)}`],
    ["yyyy-mm-dd-<n>", () => `${dashed().slice(0, 10)}-${digits(12)}`],
    ["yyyy-mm-dd-hh-mm-ss-<n>", () => `${dashed()}-${digits(11)}`],
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
    ["a snowflake, epoch of 2010", () => snowflake(1_288_834_974_657, 22n)],
    ["a snowflake, epoch of 1970", () => snowflake(0, 16n)],
    ["a UUID", uuid],
    ["a UUID behind a word", () => `order_${uuid()}-1`],
    ["a UUID of version 7 without hyphens", () => timeUuid().replaceAll("-", "")],
    ["a ULID", () => "01K" + crockford(23)],
    ["a KSUID", () => "3" + base62(26)],
    ["a NanoID", () => base64url(21)],
    ["an ObjectId", () => seconds().toString(16) + hex(16)],
    ["MD5, a trace id of 128 bits, a UUID without hyphens", () => hex(32)],
    ["SHA-1 in capitals", () => hex(40).toUpperCase()],
    ["SHA-256", () => hex(64)],
    ["the traceparent of W3C", () => `00-${hex(32)}-${hex(16)}-01`],
    ["a trace id of X-Ray", () => `1-${seconds().toString(16)}-${hex(24)}`],
    ["a payment's id behind a word", () => `capture-${payment()}`],
  ])("%s", (_, identifier) => {
    expect(refused(identifier)).toBeLessThanOrEqual(sample / 100_000);
  });

  it.each<[kind: string, identifier: () => string, oneIn: number]>([
    ["16 hexadecimal digits, all decimal and so fit", () => hex(16), 30_000],
    ["18 random digits", () => String(1 + below(9)) + digits(17), 1_500],
  ])("but not of what cannot be distinguished from a card: %s", (_, identifier, oneIn) => {
    expect(refused(identifier)).toBeLessThanOrEqual(sample / oneIn);
  });

  it("takes a payment's id with 19 digits in a row", () => {
    expect(holdsCardNumber("capture-pay_d06a5b83d1484128999954540bcefec7")).toBe(false);
  });
});
