import type { Authorization } from "../../../../../lib/lambda/http/caller";
import { productEndpoints } from "../../../../../lib/lambda/storefront/products/endpoints";
import type { ApiResult, Options } from "../../harness";
import { StorefrontHarness, admin } from "../harness";
import { MemoryProductStore } from "./memory-product-store";

/** A product to be made. */
export const newProduct = {
  name: "Ethiopia, whole beans",
  description: "Washed, 250 g",
  category: "coffee",
  price: 1290,
  currency: "EUR",
  stock: 10,
  published: true,
};

/** The products function over a store in memory. */
export class Shop {
  readonly store = new MemoryProductStore();
  time = 1_700_000_000_000;
  readonly api: StorefrontHarness;
  private ids = 0;

  constructor(authorization: Authorization = "COGNITO_USER_POOLS") {
    const endpoints = productEndpoints({
      store: this.store,
      now: () => this.time,
      newId: () => `item_${(++this.ids).toString(16).padStart(32, "0")}`,
      authorization,
    });
    this.api = new StorefrontHarness(endpoints, authorization);
  }

  /** A write of an administrator, with a new key. */
  write(path: string, body: unknown, options: Options = {}): Promise<ApiResult> {
    return this.api.post(path, { context: admin, body, ...options });
  }

  /** The id of a new product. */
  async product(differences: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const { status, body } = await this.write("/products", { ...newProduct, ...differences });
    expect(status).toBe(201);
    return String(body["productId"]);
  }
}
