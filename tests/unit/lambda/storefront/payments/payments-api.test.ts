import type { SignedRequest } from "../../../../../lib/lambda/aws/signed-fetch";
import { Problem } from "../../../../../lib/lambda/http/problem";
import { paymentsApi } from "../../../../../lib/lambda/storefront/payments/payments-api";
import { Shop } from "../shop";

const logged: unknown[] = [];
const sent: SignedRequest[] = [];
const order = new Shop();
const placed = order.order(order.place());
const paymentId = `pay_${"1".repeat(32)}`;

beforeEach(() => {
  logged.length = 0;
  sent.length = 0;
});

/** The payments behind an API that answers with something, or fails. */
function behind(answer: () => Response) {
  return paymentsApi({
    url: "https://api.example/dev",
    send: async (request) => {
      sent.push(request);
      return Promise.resolve(answer());
    },
    logger: {
      error: (...entry: unknown[]) => {
        logged.push(entry);
      },
    },
  });
}

const json = (status: number, value: unknown) => () =>
  new Response(JSON.stringify(value), { status });
const refusal = (status: number, kind: string) =>
  json(status, { type: `urn:payments:problem:${kind}`, status, detail: "Anna's card 4111" });

/** What a call fails with. */
const failureOf = async (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("the payments by their API", () => {
  it("are created, canceled and read as they really are", async () => {
    const { paymentsApi: payments, payments: processor } = order;
    const created = await payments.create(placed);
    expect(created).toEqual({
      transactionId: created.transactionId,
      userId: placed.userId,
      amount: placed.total,
      currency: "EUR",
      status: "PENDING",
      version: 1,
      orderId: placed.orderId,
    });

    await processor.act(created.transactionId, "authorize");
    expect(await payments.create(placed)).toEqual(created);
    expect(await payments.read(created.transactionId)).toMatchObject({ status: "AUTHORIZED" });
    const canceled = await payments.cancel(placed, created.transactionId);
    expect(canceled).toMatchObject({ status: "CANCELED", version: 3 });
    expect(await payments.cancel(placed, created.transactionId)).toEqual(canceled);
  });

  it("are not canceled where they are captured", async () => {
    const id = order.place();
    const { transactionId } = await order.paymentsApi.create(order.order(id));
    await order.process(id, "authorize");
    await order.process(id, "capture");

    expect(await order.paymentsApi.cancel(order.order(id), transactionId)).toBe("wrong-status");
    expect(await order.paymentsApi.read(transactionId)).toMatchObject({
      status: "CAPTURED",
      capturedAmount: 2550,
    });
  });

  it("are found by their id, where there is one", async () => {
    const { transactionId } = await order.paymentsApi.create(order.order(order.place()));
    const before = order.sent.length;

    expect(await order.paymentsApi.find(transactionId)).toMatchObject({ transactionId });
    expect(await order.paymentsApi.find(paymentId)).toBeUndefined();
    expect(order.sent).toHaveLength(before + 2);
    expect(await order.paymentsApi.find(`${transactionId}/../..`)).toBeUndefined();
    expect(order.sent).toHaveLength(before + 2);
  });

  it.each([
    ["of the gateway's own", json(404, { message: "Not Found" })],
    ["of another kind", refusal(403, "payment-not-found")],
  ])("are not missing for a refusal %s", async (_, answer) => {
    await expect(behind(answer).find(paymentId)).rejects.toThrow(
      "The payments API refused with 40",
    );
  });

  it("say nothing but what the shop reads of a payment that has more", async () => {
    const payment = { transactionId: paymentId, userId: "u", amount: 1, currency: "EUR" };
    const more = { status: "CAPTURED#7", version: 9, refundedAmount: 1, capturedAmount: 1 };
    const payments = behind(json(200, { ...payment, ...more, metadata: { other: "1" }, x: 1 }));

    expect(await payments.read(paymentId)).toEqual({
      ...payment,
      ...more,
      status: "CAPTURED",
      orderId: undefined,
    });
    expect(sent).toEqual([{ method: "GET", url: `https://api.example/dev/payment/${paymentId}` }]);
  });

  it.each([
    ["a gateway that fails", () => new Response("<html>Bad gateway</html>", { status: 502 })],
    ["a service that fails", refusal(500, "internal-error")],
    ["throttling", json(429, { message: "Too Many Requests" })],
    ["another request under the key", refusal(409, "request-in-progress")],
    [
      "a timeout",
      () => {
        throw new DOMException("of https://secret", "TimeoutError");
      },
    ],
  ])(
    "are unavailable in the case of %s, which is logged without what is secret",
    async (_name, answer) => {
      const payments = behind(answer);
      for (const call of [
        () => payments.create(placed),
        () => payments.cancel(placed, paymentId),
        () => payments.read(paymentId),
        () => payments.find(paymentId),
      ]) {
        const error = await failureOf(call());
        expect(error).toBeInstanceOf(Problem);
        expect(error).toMatchObject({ kind: "unavailable", status: 503 });
      }
      expect(logged).toHaveLength(4);
      expect(JSON.stringify(logged)).not.toMatch(/Anna|4111|secret|html/);
    },
  );

  it("are unavailable where sending fails with what is no error", async () => {
    const send = jest.fn().mockRejectedValue("Anna");
    const error = jest.fn();
    const payments = paymentsApi({ url: "https://api.example/dev", send, logger: { error } });

    expect(await failureOf(payments.read(paymentId))).toMatchObject({ kind: "unavailable" });
    expect(error.mock.calls).toEqual([["The payments did not answer", { reason: "string" }]]);
  });

  it("are unavailable where the response ends early", async () => {
    const broken = new ReadableStream({
      start: (controller) => {
        controller.error(new TypeError("terminated"));
      },
    });

    expect(await failureOf(behind(() => new Response(broken)).read(paymentId))).toMatchObject({
      kind: "unavailable",
    });
    expect(logged).toEqual([["The payments did not answer", { reason: "TypeError" }]]);
  });

  it.each([
    [refusal(404, "payment-not-found"), "refused with 404, problem payment-not-found"],
    [refusal(422, "idempotency-mismatch"), "refused with 422, problem idempotency-mismatch"],
    [refusal(400, "Anna: 4111"), "refused with 400, problem unknown"],
    [json(403, { message: "Missing Authentication Token" }), "refused with 403, problem unknown"],
    [json(200, { userId: "Anna" }), "answered with what is no payment: transactionId, amount,"],
    [() => new Response("Anna"), "answered with what is no payment: "],
  ])(
    "refuse what is the shop's own mistake by an error that quotes nothing: %#",
    async (answer, text) => {
      const error = await failureOf(behind(answer).cancel(placed, paymentId));

      expect(error).not.toBeInstanceOf(Problem);
      expect(String(error)).toContain(text);
      expect(String(error)).not.toMatch(/Anna|4111/);
    },
  );

  it("have wrong statuses as a mistake where nothing was canceled", async () => {
    const error = await failureOf(behind(refusal(409, "wrong-status")).create(placed));

    expect(String(error)).toContain("refused with 409, problem wrong-status");
  });
});
