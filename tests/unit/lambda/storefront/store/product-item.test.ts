import type { Product } from "../../../../../lib/lambda/storefront/domain/product";
import { toProduct, toProductItem } from "../../../../../lib/lambda/storefront/store/product-item";

const product: Product = {
  productId: `item_${"0".repeat(31)}1`,
  name: "Ethiopia, whole beans",
  description: undefined,
  category: "coffee",
  price: 1290,
  currency: "EUR",
  stock: 0,
  published: false,
  version: 3,
  createdAt: 1_700_000_000_000,
  updatedAt: 1_700_000_001_000,
};
const item = {
  productId: { S: product.productId },
  name: { S: "Ethiopia, whole beans" },
  category: { S: "coffee" },
  price: { N: "1290" },
  currency: { S: "EUR" },
  stock: { N: "0" },
  published: { BOOL: false },
  version: { N: "3" },
  createdAt: { N: "1700000000000" },
  updatedAt: { N: "1700000001000" },
};

describe("a product's item", () => {
  it("has its attributes, and none of what it does not have", () => {
    expect(toProductItem(product)).toEqual(item);
  });

  it("gives back the product, without what is not a product's", () => {
    const described = { ...product, description: "Washed" };

    expect(toProduct(toProductItem(described))).toEqual(described);
    expect(toProduct({ ...item, colour: { S: "red" } })).toEqual(product);
  });

  it.each([
    ["lacks a price", { price: undefined }],
    ["has a stock below zero", { stock: { N: "-1" } }],
    ["has a version that is text", { version: { S: "3" } }],
  ])("is no product where it %s", (_, difference) => {
    const { price, ...rest } = { ...item, ...difference };

    expect(() => toProduct(price === undefined ? rest : { ...rest, price })).toThrow();
  });
});
