import * as fc from "fast-check";
import { holdsCardNumber } from "../../../../lib/lambda/values/card-number";

/** Digits with the one behind them that makes them pass Luhn's check. */
function withCheckDigit(digits: string): string {
  const valid = Array.from("0123456789").find((last) => {
    const sum = Array.from(digits + last)
      .reverse()
      .map((digit, i) => (i % 2 === 0 ? Number(digit) : Number(digit) * 2))
      .reduce((total, value) => total + Math.floor(value / 10) + (value % 10), 0);
    return sum % 10 === 0;
  });
  return digits + String(valid);
}

/** What schemes and processors publish for tests; those of schemes without, made with a check digit. */
const cards: Record<string, string> = {
  Visa:
    "4111111111111111 4012888888881881 4242424242424242 4444333322221111 4484070000000000 4462030000000000 " +
    "4917610000000000 4000056655665556 4988438843884305 4166676667666746 4646464646464644 4871049999999910",
  "Visa of 13 digits": "4222222222222 4911830000000 4484000000002",
  "Visa of 19 digits": "4917610000000000003 4013250000000000006 4111141011111111116",
  Mastercard:
    "5555555555554444 5105105105105100 5200828282828210 5454545454545454 5424000000000015 5500000000000004 " +
    "2223003122003222 2223000048400011 2222400070000005 2720990000000015 2222405343248877 2222990905257051",
  "American Express":
    "378282246310005 371449635398431 378734493671000 370000000000002 340000000000009",
  "Diners Club":
    "30569309025904 38520000023237 36227206271667 36700102000000 36148900647913 36259600000004 3056930009020004",
  Discover:
    "6011111111111117 6011000990139424 6011000400000000 6011981111111113 6555900000604105 6011601160116611",
  JCB: "3530111333300000 3566002020360505 3528000700000000 3569990010095841 2131000000000008 3337000000000008",
  UnionPay:
    "6200000000000005 6200000000000047 6205500000000000004 6250941006528599 6271136264806203568 6240008631401148",
  "UnionPay of 17 and 18 digits": [
    withCheckDigit("6225800000000000"),
    withCheckDigit("62201811111111111"),
  ].join(" "),
  "China T-Union": withCheckDigit("310000000000000000"),
  UATP: "135410014004955 122000000000003 135412345678911",
  Maestro:
    "6759649826438453 6799990100000000019 6304000000000000 5000550000000029 6771830999991239343 6763946698976220 " +
    "5038031154140958 6331101999990016 6771830000000000006",
  "Maestro of other lengths":
    "6766000000000 6777000000007 67595425364017391 630490017740292441 630495060000000000",
  Bancontact: "6703444444444449 67030000000000003 6703000000000000003",
  Dankort: "5019717010103742 5019555544445555",
  Elo: "5066991111111118 6362970000457013",
  "Hiper and Hipercard": `6062828888666688 6062826786276634 ${withCheckDigit("637095000000000")}`,
  Verve: "507850785078507812 5060666666666666666 5061460410120223210",
  AfriGo: withCheckDigit("56445600000000000"),
  RuPay: [withCheckDigit("607000000000000"), withCheckDigit("820000000000000")].join(" "),
  Troy: "9792030394440796",
  Mir: "2200000000000004 2200999999999995",
  Napas: "9704000000000018",
  "BC Card": "9490220006611406",
  "Argencard, Cabal, Cencosud": "5011054488597827 6271701225979642 6034932528973614",
  "Bankcard, Forbrugsforeningen": "5610591081018250 6007220000000004",
  "InterPayment, InstaPayment, LankaPay": [
    withCheckDigit("636000000000000"),
    withCheckDigit("638000000000000"),
    withCheckDigit("357111000000000"),
  ].join(" "),
  UkrCard: withCheckDigit("604001000000000000"),
  "UzCard, Humo, Belkart, ArCa, mada": ["8600", "9860", "9112", "9051", "9682"]
    .map((prefix) => withCheckDigit(prefix + "00000000000"))
    .join(" "),
};

const everyCard = Object.values(cards).flatMap((numbers) => numbers.split(" "));

/** A number in groups of these lengths, the last as long as it needs to be. */
function grouped(number: string, lengths: readonly number[], separator: string): string {
  let rest = number;
  const groups = lengths.map((length) => {
    const group = rest.slice(0, length);
    rest = rest.slice(length);
    return group;
  });
  return [...groups, rest].filter((group) => group !== "").join(separator);
}

describe("a text that looks like it holds a card number", () => {
  it.each(Object.entries(cards))("is detected, alone and in groups: %s", (_, numbers) => {
    for (const number of numbers.split(" ")) {
      for (const separator of [
        " ",
        "-",
        "  ",
        " - ",
        "\u00a0",
        "\u2013",
        "\u2212",
        "\u2028",
        "\u2800",
      ]) {
        for (const lengths of [
          [4, 4, 4, 4],
          [4, 6, 5],
          [6, 6, 6],
          [8, 8],
          [2, 2, 2, 2, 2, 2, 2, 2, 2],
        ]) {
          const text = grouped(number, lengths, separator);
          expect([text, holdsCardNumber(text)]).toEqual([text, true]);
        }
      }
      for (const text of [
        number,
        `card${number}`,
        `${number}xyz`,
        `x${number}y`,
        `Paid with ${number}.`,
      ]) {
        expect([text, holdsCardNumber(text)]).toEqual([text, true]);
      }
    }
  });

  it.each([
    ["dots between", "4111.1111.1111.1111"],
    ["underscores between", "card_4111_1111_1111_1111"],
    ["dots between groups of American Express", "3782.822463.10005"],
    ["dots between 19 digits", "6205.5000.0000.0000.004"],
    ["text around", "card:4111111111111111, thanks"],
    ["other numbers before and behind", "12 4111111111111111 99"],
    ["a day before", "2026-11-05 4111 1111 1111 1111"],
    ["a hexadecimal digit before", "a4111111111111111"],
    ["hexadecimal digits behind", "4111111111111111abc"],
    ["20 hexadecimal digits", "4111111111111111abcd"],
    ["dashes of several kinds", "4111\u20131111\u00a01111 1111"],
    ["keycaps", "4111111111111111".replace(/\d/g, "$&\ufe0f\u20e3")],
  ])("is detected: %s", (_, text) => {
    expect(holdsCardNumber(text)).toBe(true);
  });

  it.each([
    ["Arabic", "٠"],
    ["Eastern Arabic", "۰"],
    ["Devanagari", "०"],
    ["Bengali", "০"],
    ["Thai", "๐"],
    ["fullwidth", "０"],
    ["mathematical bold", "𝟎"],
    ["mathematical monospace", "𝟶"],
    ["Adlam", "𞥐"],
    ["Tai Tham", "᪐"],
    ["segmented", "🯰"],
  ])("is detected in digits of another script: %s", (_, zero) => {
    const first = Number(zero.codePointAt(0));
    const text = "4111 1111 1111 1111".replace(/\d/g, (digit) =>
      String.fromCodePoint(first + Number(digit)),
    );
    expect(holdsCardNumber(text)).toBe(true);
  });

  it("is detected in the digits of every script", () => {
    const scripts = Array.from({ length: 0x110000 }, (_, code) => code).filter((code) =>
      /\p{Nd}/u.test(String.fromCodePoint(code)),
    );
    for (let i = 0; i < scripts.length; i += 10) {
      const [zero, one, , , four] = scripts.slice(i).map((code) => String.fromCodePoint(code));
      expect([zero, holdsCardNumber(`${String(four)}${String(one).repeat(15)}`)]).toEqual([
        zero,
        true,
      ]);
    }
  });

  it.each([
    ["soft hyphen", "\u00ad"],
    ["zero-width space", "\u200b"],
    ["zero-width joiner", "\u200d"],
    ["word joiner", "\u2060"],
    ["byte order mark", "\ufeff"],
    ["right-to-left override", "\u202e"],
    ["variation selector", "\ufe0f"],
    ["variation selector of plane 14", "\u{e0100}"],
    ["tag", "\u{e0041}"],
    ["combining grapheme joiner", "\u034f"],
    ["combining acute accent", "\u0301"],
    ["enclosing circle", "\u20dd"],
    ["Hangul filler", "\u3164"],
    ["Hangul choseong filler", "\u115f"],
    ["halfwidth Hangul filler", "\uffa0"],
    ["Mongolian vowel separator", "\u180e"],
    ["Khmer inherent vowel", "\u17b4"],
  ])("is detected with invisible characters between its digits: %s", (_, character) => {
    expect(holdsCardNumber(Array.from("4111111111111111").join(character))).toBe(true);
  });

  it.each([
    ["nothing", ""],
    ["words", "Two coffees"],
    ["a wrong check digit", "4111111111111112"],
    ["12 digits", withCheckDigit("41111111111")],
    ["12 digits of Maestro's", withCheckDigit("50180000000")],
    ["20 digits", withCheckDigit("4111111111111111111")],
    ["a length that the scheme does not issue", withCheckDigit("55555555555544")],
    ["a prefix that no scheme issues", withCheckDigit("701111111111111")],
    ["a prefix that no scheme begins with", withCheckDigit("011111111111111")],
    ["a phone number", "+49 30 901820"],
    ["a UUID whose digits would pass", "41111111-1111-1111-0000-000000000000"],
    ["16 hexadecimal digits", `a${withCheckDigit("37828224631000")}`],
    ["other characters between", "4111/1111/1111/1111"],
    ["a decimal number", "4111.111111111111"],
    ["a time behind a number", withCheckDigit("421-179581344586")],
  ])("is not detected: %s", (_, text) => {
    expect(holdsCardNumber(text)).toBe(false);
  });

  it("is detected however its digits are grouped", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...everyCard),
        fc.array(fc.constantFrom("", " ", "-"), { minLength: 19, maxLength: 19 }),
        (number, separators) => {
          const text = Array.from(number, (digit, i) => digit + String(separators[i])).join("");
          expect(holdsCardNumber(`paid with ${text}.`)).toBe(true);
        },
      ),
      { seed: 1 },
    );
  });

  it.each([
    ["digits", "4"],
    ["digits and dashes", "4-"],
    ["groups", "4111-"],
    ["dashes", "-"],
    ["hexadecimal digits", "4a"],
    ["dots", "4111."],
    ["digits of another script", "٤ "],
  ])("is searched for in linear time: %s", (_, part) => {
    // CPU time: other processes of the machine do not count
    const millisecondsFor = (length: number) => {
      const text = part.repeat(length / part.length);
      const start = process.cpuUsage();
      holdsCardNumber(text);
      return process.cpuUsage(start).user / 1000;
    };
    millisecondsFor(100_000);
    // ten times as long, and far from a hundred times
    expect(millisecondsFor(1_000_000)).toBeLessThan(40 * (millisecondsFor(100_000) + 5));
  });
});
