import { fitted, packed, textWidth } from "../../../lib/drawing/text";

describe("fitted", () => {
  it("keeps what fits, and ends the rest with an ellipsis", () => {
    expect(fitted("ledger", 10, 100)).toBe("ledger");
    expect(fitted("a very long name of a function", 10, 60)).toMatch(/^a very.*…$/);
    expect(textWidth(fitted("a very long name of a function", 10, 60), 10)).toBeLessThanOrEqual(60);
  });

  it("keeps a character even where nothing fits", () => {
    expect(fitted("ledger", 10, 1)).toBe("l…");
  });
});

describe("packed", () => {
  it("puts items side by side while they fit, then below", () => {
    expect(packed(["on demand", "2 indexes", "recovery"], 10, 115, 2)).toEqual([
      "on demand · 2 indexes",
      "recovery",
    ]);
    expect(packed([], 10, 100, 2)).toEqual([]);
  });

  it("breaks an item that is wider than a line between words", () => {
    expect(packed(["posts every change of a payment"], 10, 100, 2)).toEqual([
      "posts every change",
      "of a payment",
    ]);
  });

  it("marks that there is more than there are lines", () => {
    expect(packed(["first line", "second line", "third line"], 10, 70, 2)).toEqual([
      "first line",
      "second line …",
    ]);
  });

  it("shortens a word that is wider than a line", () => {
    expect(packed(["api-staging.payments.internal"], 10, 60, 2)[0]).toMatch(/^api-.*…$/);
  });
});
