import type { UsableStack } from "../../../../lib/foundation/first-use";
import { makeFirstPayment } from "../../../../lib/modules/payments/first-use";

type Sent = Parameters<UsableStack["send"]>;

const payment = { transactionId: "pay_1", userId: "user-1", amount: 1250, currency: "EUR" };
const api = "https://api.example/dev";

/** A stack whose ledger has the payment at the third request, and the requests that it got. */
function stackOf(responses: Readonly<Record<string, unknown>> = {}) {
  const sent: Sent[] = [];
  let looks = 0;
  const balances = () => {
    looks += 1;
    const foreign = { currency: "USD", amount: "1250" };
    const former = { currency: "EUR", amount: looks < 3 ? "0" : "1250" };
    return { balances: [foreign, former] };
  };
  const stack: UsableStack = {
    outputs: {
      apiEndpoint: api,
      dbEndpoint: "db.example:5432",
      dbName: "payments",
      dynamoTableName: "transactions",
    },
    send: (...request) => {
      sent.push(request);
      const path = request[1].replace(api, "");
      return Promise.resolve(
        responses[path] ?? (path.startsWith("/balance/") ? balances() : payment),
      );
    },
    waitFor: async (title, probe) => {
      for (let tries = 0; tries < 5; tries += 1) {
        const value = await probe();
        if (value !== undefined) return value;
      }
      throw new Error(`${title} was not ready`);
    },
    callAws: () => Promise.reject(new Error("payments call no service of AWS themselves")),
    shell: { curl: "curl --signed", awsOptions: "--region here" },
  };
  return { stack, sent };
}

describe("the first use of payments", () => {
  it("makes a payment, reads it, authorizes and captures it, and waits for the ledger", async () => {
    const { stack, sent } = stackOf();
    const { summary, values } = await makeFirstPayment(stack);

    expect(sent.map(([method, url]) => `${method} ${url.replace(api, "")}`)).toEqual([
      "POST /payment",
      "GET /payment/pay_1",
      "POST /payment/pay_1/authorize",
      "POST /payment/pay_1/capture",
      ...Array<string>(3).fill("GET /balance/customer:user-1:paid"),
    ]);
    expect(summary).toBe(
      "First payment: pay_1, 1250 EUR in minor units: made, read back, captured, and in the ledger as customer:user-1:paid.",
    );
    expect(values).toEqual({ payment });
  });

  it("can be reached at its API and its database", async () => {
    const { endpoints } = await makeFirstPayment(stackOf().stack);

    expect(endpoints).toEqual({ API: api, PostgreSQL: "db.example:5432/payments (TLS)" });
  });

  it("sends each request that has an effect under an idempotency key of its own", async () => {
    const { stack, sent } = stackOf();
    await makeFirstPayment(stack);
    const keys = sent
      .filter(([method]) => method === "POST")
      .map(([, , options]) => options?.headers?.["idempotency-key"]);

    expect(keys).toEqual(Array(3).fill(expect.stringMatching(/^[\da-f-]{36}$/)));
    expect(new Set(keys).size).toBe(3);
  });

  it("has commands that make another, read it, and show ledger and table", async () => {
    const { next } = await makeFirstPayment(stackOf().stack);

    expect(next.commands).toEqual([
      expect.stringMatching(
        /^curl --signed -H 'content-type: .*"idempotency-key: .* -d '\{"userId":.*\}' https:\/\/api\.example\/dev\/payment$/,
      ),
      `curl --signed ${api}/payment/pay_1`,
      `curl --signed ${api}/balance/customer:user-1:paid`,
      "aws dynamodb scan --region here --table-name transactions",
    ]);
  });

  it.each<[string, Readonly<Record<string, unknown>>, RegExp]>([
    ["a payment of another amount", { "/payment": { ...payment, amount: 1 } }, /amount/],
    [
      "another payment where it is read",
      { "/payment/pay_1": { ...payment, transactionId: "pay_2" } },
      /pay_1 was read back as pay_2/,
    ],
    [
      "a ledger that does not show it",
      { "/balance/customer:user-1:paid": { balances: [] } },
      /^The ledger's posting was not ready/,
    ],
  ])("fails for %s", async (_, responses, message) => {
    await expect(makeFirstPayment(stackOf(responses).stack)).rejects.toThrow(message);
  });

  it("fails for a stack without an API", async () => {
    const { stack } = stackOf();

    await expect(makeFirstPayment({ ...stack, outputs: {} })).rejects.toThrow(
      "the program has no output apiEndpoint",
    );
  });
});
