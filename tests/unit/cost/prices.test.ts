import { priceOf, pricedRegions, prices, sources } from "../../../lib/cost/prices";

const named = Object.entries(prices).map(([key, price]) => ({ key, price }));

describe("the prices", () => {
  it.each(named)("$key has a unit, AWS's page and an amount above zero", ({ price }) => {
    expect(price.unit).not.toBe("");
    expect(price.page).toMatch(/^https:\/\/aws\.amazon\.com\/[a-z0-9/-]+\/pricing\//);
    for (const [usd] of Object.values(price.usd)) expect(usd).toBeGreaterThan(0);
  });

  it.each(named)("$key is known in the region of the stacks' files", ({ key }) => {
    expect(priceOf(key, "us-east-1")?.usd).toBeGreaterThan(0);
  });

  it("say of each where it was read", () => {
    for (const { key } of named)
      for (const region of pricedRegions) {
        const price = priceOf(key, region);
        if (price !== undefined) expect(price.source.where).not.toBe("");
      }
  });

  it("have dates, or are said to be from memory or an undated page", () => {
    const undated = Object.entries(sources).filter(([, source]) => !("asOf" in source));
    expect(undated.map(([name]) => name)).toEqual(["xrayPage", "memory"]);
    for (const source of Object.values(sources))
      if ("asOf" in source) expect(source.asOf).toMatch(/^20\d\d-\d\d-\d\d$/);
  });

  it("are undefined for what they do not have, and never invented", () => {
    expect(priceOf("rds.db.x9.huge", "us-east-1")).toBeUndefined();
    expect(priceOf("toString", "us-east-1")).toBeUndefined();
    expect(priceOf("rds.db.m6g.large", "eu-central-1")).toBeUndefined();
  });
});
