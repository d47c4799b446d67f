import { call, newKey, post } from "../deployed";
import type { Answer } from "../deployed";
import { inLanes, numbers, persist } from "./client";

const request = (userId: string) => ({ userId, amount: 1250, currency: "EUR" });
const textOf = ({ status, body }: Answer) => `${String(status)} ${JSON.stringify(body)}`;

/** Sends a request so many times at once, each until it is answered; the different answers. */
async function send(times: number, path: string, body: object, key: string) {
  const answers = await Promise.all(Array.from({ length: times }, () => persist(path, body, key)));
  return new Set(answers.map(textOf));
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

describe("many requests under one key give one payment and equal answers", () => {
  it("all at once", async () => {
    const answers = await send(200, "/payment", request(userId), key);

    expect([...answers]).toEqual([expect.stringMatching(/^201 /)]);
    expect(await paymentsOf(userId)).toHaveLength(1);
  }, 120_000);

  it("in waves, each sent before the last is answered, and again afterwards", async () => {
    const waves = Array.from({ length: 5 }, async (_, wave) => {
      await new Promise((resolve) => setTimeout(resolve, wave * 40));
      return send(10, "/payment", request(userId), key);
    });
    const answers = (await Promise.all(waves)).flatMap((wave) => [...wave]);
    const afterwards = await send(10, "/payment", request(userId), key);

    expect(new Set([...answers, ...afterwards]).size).toBe(1);
    expect(await paymentsOf(userId)).toHaveLength(1);
  });

  it("mixed with those under other keys", async () => {
    const keys = Array.from({ length: 6 }, newKey);
    const jobs = Array.from({ length: 60 }, (_, i) => keys[i % keys.length] ?? key);
    const answers = new Map<string, Set<string>>();
    await inLanes(numbers(20), jobs, async (_, one) => {
      const answer = await persist("/payment", request(userId), one);
      answers.set(one, (answers.get(one) ?? new Set()).add(textOf(answer)));
    });

    expect([...answers.values()].map(({ size }) => size)).toEqual(Array(6).fill(1));
    expect(new Set([...answers.values()].flatMap((each) => [...each])).size).toBe(6);
    expect(await paymentsOf(userId)).toHaveLength(6);
  });

  it("by callers that do not wait for the answer and ask again", async () => {
    const abandoned = Array.from({ length: 30 }, () =>
      post("/payment", request(userId), key).catch(() => undefined),
    );
    const answers = await send(10, "/payment", request(userId), key);
    await Promise.all(abandoned);

    expect([...answers]).toEqual([expect.stringMatching(/^201 /)]);
    expect(await paymentsOf(userId)).toHaveLength(1);
  });
});

it("many refunds under one key refund once", async () => {
  const { body } = await persist("/payment", request(userId), newKey());
  const path = `/payment/${String(body["transactionId"])}`;
  await persist(`${path}/authorize`, { outcome: "APPROVED" }, newKey());
  await persist(`${path}/capture`, { all: true }, newKey());
  const answers = await send(40, `${path}/refund`, { amount: 300 }, key);

  expect([...answers]).toEqual([expect.stringMatching(/"refundedAmount":300/)]);
  expect((await call("GET", path)).body).toMatchObject({ version: 4, refundedAmount: 300 });
});
