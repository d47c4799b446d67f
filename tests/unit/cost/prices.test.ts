import { priceOf, pricedRegions, prices, sources } from "../../../lib/cost/prices";
import type { Price } from "../../../lib/cost/prices";

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

  it("have a date each", () => {
    for (const { asOf } of Object.values(sources)) expect(asOf).toMatch(/^20\d\d-\d\d-\d\d$/);
  });

  it("come from no source that no price names", () => {
    const used = Object.values<Price>(prices).flatMap(({ usd }) =>
      Object.values(usd).map(([, source]) => source),
    );
    expect([...new Set(used)].sort()).toEqual(Object.keys(sources).sort());
  });

  it("are undefined for what they do not have, and never invented", () => {
    expect(priceOf("rds.db.x9.huge", "us-east-1")).toBeUndefined();
    expect(priceOf("toString", "us-east-1")).toBeUndefined();
    expect(priceOf("natGateway.hour", "eu-central-1")).toBeUndefined();
  });
});
