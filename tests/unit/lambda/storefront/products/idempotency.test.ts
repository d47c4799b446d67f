import type { ApiResult, Options } from "../../harness";
import { problemOf, signedIn } from "../harness";
import { Shop, newProduct } from "./shop";

const otherAdmin = signedIn("admin-2", { "cognito:groups": ["admins"] });

let shop: Shop;
let id: string;
beforeEach(async () => {
  shop = new Shop();
  id = await shop.product();
});

/** Writes that succeed, under the same key. */
const writes = {
  create: (options: Options = {}) => shop.write("/products", newProduct, { key: "k", ...options }),
  change: (options: Options = {}) =>
    shop.write(`/products/${id}`, { version: 1, price: 990 }, { key: "k", ...options }),
  changeStock: (options: Options = {}) =>
    shop.write(`/products/${id}/stock`, { change: -4 }, { key: "k", ...options }),
};
const names = ["create", "change", "changeStock"] as const;

/** Fails one call to the store, before it has its effect or behind it. */
function failOnce(at: number, when: "before" | "after"): void {
  let calls = 0;
  shop.store[when] = () => {
    if (calls++ === at) throw new Error("the function died");
  };
}

function expectReplayed(again: ApiResult, first: ApiResult): void {
  expect([again.status, again.text]).toEqual([first.status, first.text]);
  expect(first.headers).not.toHaveProperty("Idempotent-Replayed");
  expect(again.headers["Idempotent-Replayed"]).toBe("true");
}

describe.each(names)("a repeated write: %s", (name) => {
  it("has its effect once: the first response is replayed, byte for byte, and marked", async () => {
    const first = await writes[name]();
    shop.time += 1000;
    const again = await writes[name]();

    expect(first.status).toBeLessThan(300);
    expectReplayed(again, first);
    expect(shop.store.history).toHaveLength(2);
  });

  it("gets the product as it was then, whatever has changed since", async () => {
    const first = await writes[name]();
    await shop.write(`/products/${id}/stock`, { change: 1 });

    expectReplayed(await writes[name](), first);
  });

  it("has its effect once and gets equal responses, however many are sent at once", async () => {
    const responses = await Promise.all(Array.from({ length: 50 }, () => writes[name]()));

    expect(new Set(responses.map(({ text }) => text)).size).toBe(1);
    expect(responses.filter(({ headers }) => !("Idempotent-Replayed" in headers))).toHaveLength(1);
    expect(shop.store.history).toHaveLength(2);
  });

  it("has its effect once where its first answer was lost", async () => {
    failOnce(0, "after");
    const first = await writes[name]();
    const again = await writes[name]();

    expect(first.status).toBe(500);
    expect(again.status).toBeLessThan(300);
    expect(again.headers["Idempotent-Replayed"]).toBe("true");
    expect(shop.store.history).toHaveLength(2);
  });

  it("is another one's under the same key of another administrator", async () => {
    await writes[name]();
    const { headers } = await writes[name]({ context: otherAdmin });

    expect(headers).not.toHaveProperty("Idempotent-Replayed");
  });

  it("does not stand for another write", async () => {
    await writes[name]();
    const other = await shop.product();
    const responses = [
      await shop.write("/products", { ...newProduct, price: 1 }, { key: "k" }),
      await shop.write(`/products/${id}`, { version: 1, price: 1 }, { key: "k" }),
      await shop.write(`/products/${other}`, { version: 1, price: 990 }, { key: "k" }),
      await shop.write(`/products/${other}/stock`, { change: -4 }, { key: "k" }),
    ];

    for (const response of responses)
      expect(problemOf(response)).toMatchObject({ status: 422, kind: "idempotency-mismatch" });
    expect(shop.store.history).toHaveLength(3);
  });

  it.each(["changed", "busy"] as const)(
    "gets Retry-After where others are always faster: %s",
    async (result) => {
      let tried = 0;
      shop.store[name] = () => {
        tried++;
        return Promise.resolve({ result });
      };
      const response = await writes[name]();

      expect(problemOf(response)).toMatchObject({ status: 409, kind: "request-in-progress" });
      expect(response.headers["Retry-After"]).toBe("1");
      expect(tried).toBe(6);
    },
  );
});

describe("a write", () => {
  it.each([
    ["create", 0],
    ["change", 0],
    ["change", 1],
    ["change", 2],
    ["changeStock", 0],
    ["changeStock", 1],
    ["changeStock", 2],
  ] as const)(
    "has its effect once where the function was terminated and the same is sent again: %s, before its call %i to the store",
    async (name, at) => {
      failOnce(at, "before");
      const first = await writes[name]();
      const again = await writes[name]();

      expect(first.status).toBe(500);
      expect(again.status).toBeLessThan(300);
      expect(shop.store.history).toHaveLength(2);
    },
  );
});

describe("a refused write", () => {
  const refused = {
    "version-conflict": () =>
      shop.write(`/products/${id}`, { version: 2, price: 990 }, { key: "k" }),
    "stock-too-low": () => shop.write(`/products/${id}/stock`, { change: -11 }, { key: "k" }),
  };

  it.each(["version-conflict", "stock-too-low"] as const)(
    "stays refused, byte for byte, whatever has changed since: %s",
    async (kind) => {
      const first = await refused[kind]();
      await shop.write(`/products/${id}`, { version: 1, price: 1 });
      await shop.write(`/products/${id}/stock`, { change: 100 });
      const kept = shop.store.products.get(id);
      const again = await refused[kind]();

      expect(problemOf(first).kind).toBe(kind);
      expectReplayed(again, first);
      expect(again.headers["Content-Type"]).toBe("application/problem+json");
      expect(shop.store.products.get(id)).toBe(kept);
    },
  );

  it.each(["version-conflict", "stock-too-low"] as const)(
    "is refused once where its first answer was lost: %s",
    async (kind) => {
      failOnce(0, "after");
      const first = await refused[kind]();
      await shop.write(`/products/${id}`, { version: 1, price: 1 });
      await shop.write(`/products/${id}/stock`, { change: 100 });
      const again = await refused[kind]();

      expect(first.status).toBe(500);
      expect(problemOf(again).kind).toBe(kind);
      expect(again.headers["Idempotent-Replayed"]).toBe("true");
    },
  );

  it("may be sent again where it was not valid, found no product or would have made too large a stock", async () => {
    const path = `/products/${id}/stock`;
    const largest = { change: 1_000_000_000 };
    const responses = [
      await shop.write(path, { change: 0 }, { key: "k" }),
      await shop.write(`/products/item_${"f".repeat(32)}/stock`, largest, { key: "k" }),
      await shop.write(path, largest, { key: "k" }),
    ];
    await shop.write(path, { change: -10 });
    const right = await shop.write(path, largest, { key: "k" });

    expect([...responses, right].map(({ status }) => status)).toEqual([400, 404, 400, 200]);
  });

  it("gets the success of the same request that is stored first", async () => {
    let first: Promise<ApiResult> | undefined;
    // the second request has found no response; the product that it reads is changed by the first
    shop.store.before = async (call) => {
      if (call !== "find" || first !== undefined) return;
      first = writes.change();
      await first;
    };
    const second = await writes.change();

    expect(second.status).toBe(200);
    expect(second.headers["Idempotent-Replayed"]).toBe("true");
    expect(second.text).toBe((await first)?.text);
    expect(shop.store.history).toHaveLength(2);
  });
});
