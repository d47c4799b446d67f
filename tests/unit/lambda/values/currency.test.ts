import { currencies, currenciesByDecimals } from "../../../../lib/lambda/values/currency";

describe("the currencies", () => {
  it("are three capital letters each, sorted, none twice", () => {
    expect(currencies.filter((code) => !/^[A-Z]{3}$/.test(code))).toEqual([]);
    expect(currencies).toEqual([...new Set(currencies)].sort());
    expect(currencies).toHaveLength(155);
  });

  it.each([
    [0, "JPY"],
    [2, "EUR"],
    [2, "XCG"],
    [3, "KWD"],
  ] as const)("have %i decimals: %s", (decimals, code) => {
    expect(currenciesByDecimals[decimals].split(" ")).toContain(code);
  });

  it.each(["XAU", "XXX", "XTS", "CLF", "BGN", "ANG", "HRK"])("do not hold %s", (code) => {
    expect(currencies).not.toContain(code);
  });
});
