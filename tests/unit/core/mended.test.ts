import { mended } from "../../../lib/core/mended";

const others = { shop: { open: true, origins: ["https://a.example"], units: { min: 1, max: 2 } } };

describe("mended values", () => {
  it("have what others have, at the paths alone", () => {
    const values = { shop: { open: "yes", origins: ["x"], units: { min: "1", max: 9 } } };

    expect(
      mended(values, others, [
        ["shop", "open"],
        ["shop", "units", "min"],
      ]),
    ).toEqual({
      shop: { open: true, origins: ["x"], units: { min: 1, max: 9 } },
    });
    expect(values.shop.open).toBe("yes");
  });

  it("have a list as a whole, and a map that is none", () => {
    expect(mended({ shop: { origins: ["x"] } }, others, [["shop", "origins", 0]])).toEqual({
      shop: { origins: ["https://a.example"] },
    });
    expect(mended({ shop: 7 }, others, [["shop", "open"]])).toEqual(others);
  });

  it("are without what others do not have, and the others where nothing of them is right", () => {
    expect(mended({ shop: { open: true, more: 1 } }, others, [["shop", "more"]])).toEqual({
      shop: { open: true },
    });
    expect(mended({ anything: 1 }, others, [[]])).toEqual(others);
  });
});
