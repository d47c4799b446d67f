import { call, newKey, post } from "../deployed";
import type { ApiResponse } from "../deployed";
import { numbers, persist, runInParallel } from "./client";

const request = (userId: string) => ({ userId, amount: 1250, currency: "EUR" });
const textOf = ({ status, body }: ApiResponse) => `${String(status)} ${JSON.stringify(body)}`;

/** Sends a request so many times at once, each until it gets a final response; the distinct responses. */
async function send(times: number, path: string, body: object, key: string) {
  const responses = await Promise.all(
    Array.from({ length: times }, () => persist(path, body, key)),
  );
  return new Set(responses.map(textOf));
}

async function paymentsOf(userId: string) {
  const { body } = await call("GET", `/payment?userId=${userId}`);
  return body["data"] as { transactionId: string; version: number }[];
}

let userId: string;
let key: string;
beforeEach(() => {
  userId = newKey();
  key = newKey();
});

describe("many requests under one key give one payment and equal responses", () => {
  it("all at once", async () => {
    const responses = await send(200, "/payment", request(userId), key);

    expect([...responses]).toEqual([expect.stringMatching(/^201 /)]);
    expect(await paymentsOf(userId)).toHaveLength(1);
  }, 120_000);

  it("in waves, each sent before the last has its response, and again afterwards", async () => {
    const waves = Array.from({ length: 5 }, async (_, wave) => {
      await new Promise((resolve) => setTimeout(resolve, wave * 40));
      return send(10, "/payment", request(userId), key);
    });
    const responses = (await Promise.all(waves)).flatMap((wave) => [...wave]);
    const afterwards = await send(10, "/payment", request(userId), key);

    expect(new Set([...responses, ...afterwards]).size).toBe(1);
    expect(await paymentsOf(userId)).toHaveLength(1);
  });

  it("mixed with those under other keys", async () => {
    const keys = Array.from({ length: 6 }, newKey);
    const jobs = Array.from({ length: 60 }, (_, i) => keys[i % keys.length] ?? key);
    const responses = new Map<string, Set<string>>();
    await runInParallel(numbers(20), jobs, async (_, one) => {
      const response = await persist("/payment", request(userId), one);
      responses.set(one, (responses.get(one) ?? new Set()).add(textOf(response)));
    });

    expect([...responses.values()].map(({ size }) => size)).toEqual(Array(6).fill(1));
    expect(new Set([...responses.values()].flatMap((each) => [...each])).size).toBe(6);
    expect(await paymentsOf(userId)).toHaveLength(6);
  });

  it("by callers that do not wait for the response and retry", async () => {
    const abandoned = Array.from({ length: 30 }, () =>
      post("/payment", request(userId), key).catch(() => undefined),
    );
    const responses = await send(10, "/payment", request(userId), key);
    await Promise.all(abandoned);

    expect([...responses]).toEqual([expect.stringMatching(/^201 /)]);
    expect(await paymentsOf(userId)).toHaveLength(1);
  });
});

it("many refunds under one key refund once", async () => {
  const { body } = await persist("/payment", request(userId), newKey());
  const path = `/payment/${String(body["transactionId"])}`;
  await persist(`${path}/authorize`, { outcome: "APPROVED" }, newKey());
  await persist(`${path}/capture`, { all: true }, newKey());
  const responses = await send(40, `${path}/refund`, { amount: 300 }, key);

  expect([...responses]).toEqual([expect.stringMatching(/"refundedAmount":300/)]);
  expect((await call("GET", path)).body).toMatchObject({ version: 4, refundedAmount: 300 });
});
