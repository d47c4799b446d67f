import * as fc from "fast-check";
import { holdsCardNumber } from "../../../../lib/lambda/domain/card-number";

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

const cardNumber = fc
  .array(fc.integer({ min: 0, max: 9 }), { minLength: 12, maxLength: 18 })
  .map((digits) => withCheckDigit(digits.join("")));

describe("a text that looks like it holds a card number", () => {
  it.each([
    ["Visa", "4111111111111111"],
    ["Visa of 13 digits", "4222222222222"],
    ["Mastercard", "5555555555554444"],
    ["American Express", "378282246310005"],
    ["Diners Club", "30569309025904"],
    ["a number of 19 digits", "6304000000000000000"],
    ["spaces between", "4111 1111 1111 1111"],
    ["dashes between", "4111-1111-1111-1111"],
    ["an en dash and a no-break space between", "4111\u20131111\u00a01111 1111"],
    ["text around", "card:4111111111111111, thanks"],
    ["letters next to it", "x4111111111111111y"],
    ["other numbers before and behind", "12 4111111111111111 99"],
    ["wide digits", "４１１１１１１１１１１１１１１１"],
    ["invisible characters between", "4111\u200b1111\u200b1111\u200b1111"],
  ])("is told: %s", (_, text) => {
    expect(holdsCardNumber(text)).toBe(true);
  });

  it.each([
    ["nothing", ""],
    ["words", "Two coffees"],
    ["a wrong check digit", "4111111111111112"],
    ["12 digits", withCheckDigit("41111111111")],
    ["20 digits", withCheckDigit("4111111111111111111")],
    ["a phone number", "+49 30 901820"],
    ["a UUID whose digits would pass", "41111111-1111-1111-0000-000000000000"],
    ["other characters between", "4111/1111/1111/1111"],
  ])("is not told: %s", (_, text) => {
    expect(holdsCardNumber(text)).toBe(false);
  });

  it("is told however its digits are grouped", () => {
    fc.assert(
      fc.property(
        cardNumber,
        fc.array(fc.constantFrom("", " ", "-"), { minLength: 19, maxLength: 19 }),
        (number, separators) => {
          const grouped = Array.from(number, (digit, i) => digit + String(separators[i])).join("");
          expect(holdsCardNumber(`paid with ${grouped}.`)).toBe(true);
        },
      ),
    );
  });
});
