import type { UsableStack } from "../../../../lib/foundation/first-use";
import { catalogue } from "../../../../lib/modules/storefront/catalogue";
import { placeFirstOrder } from "../../../../lib/modules/storefront/first-use";

type Sent = Parameters<UsableStack["send"]>;
type Called = Parameters<UsableStack["callAws"]>;

const shop = "https://shop.example/dev";
const payments = "https://payments.example/dev";
const order = { orderId: "ord_1", status: "PENDING", total: 2040, currency: "EUR" };
const pool = { UserPoolId: "pool-1", UserPoolClientId: "client-1" };

/** A stack whose order is paid when it is looked at for the third time, with all that was asked of it. */
function stackOf(outputs: Readonly<Record<string, string>> = pool, paidAt = 3) {
  const sent: Sent[] = [];
  const called: Called[] = [];
  let looks = 0;
  const respond = (method: string, url: string) => {
    if (url.includes("category=coffee"))
      return {
        data: [
          { productId: "item_1", price: 890 },
          { productId: "item_2", price: 1150 },
        ],
      };
    if (method === "GET" && url === `${shop}/orders`) return { data: [] };
    if (method === "GET" && url === `${shop}/orders/ord_1`)
      return { ...order, status: ++looks < paidAt ? "PAYING" : "PAID" };
    return url.endsWith("/pay") ? { ...order, status: "PAYING", paymentId: "pay_1" } : order;
  };
  const stack: UsableStack = {
    outputs: { ApiGatewayUrl: shop, apiEndpoint: payments, ...outputs },
    send: (...request) => {
      sent.push(request);
      return Promise.resolve(respond(request[0], request[1]));
    },
    callAws: (...call) => {
      called.push(call);
      const { AuthParameters } = { ...call[2] } as { AuthParameters?: { USERNAME: string } };
      const IdToken = `token of ${AuthParameters?.USERNAME ?? "nobody"}`;
      return Promise.resolve({ AuthenticationResult: { IdToken } });
    },
    waitFor: async (title, probe) => {
      for (let tries = 0; tries < 5; tries += 1) {
        const value = await probe();
        if (value !== undefined) return value;
      }
      throw new Error(`${title} was not ready`);
    },
    shell: { curl: "curl --signed", awsOptions: "--region here" },
  };
  return { stack, sent, called };
}

const customer = "token of customer@shop.example";
const admin = "token of admin@shop.example";

describe("the first use of the storefront", () => {
  it("fills the catalogue, browses, orders, pays, captures, and waits for the order to be paid", async () => {
    const { stack, sent } = stackOf();
    const { summary, values } = await placeFirstOrder(stack);

    expect(
      sent.map(([method, url, { headers } = {}]) => [
        headers?.["authorization"],
        `${method} ${url}`,
      ]),
    ).toEqual([
      [customer, `GET ${shop}/orders`],
      ...catalogue.map(() => [admin, `POST ${shop}/products`]),
      [undefined, `GET ${shop}/products?category=coffee`],
      [customer, `POST ${shop}/orders`],
      [customer, `POST ${shop}/orders/ord_1/pay`],
      [undefined, `POST ${payments}/payment/pay_1/authorize`],
      [undefined, `POST ${payments}/payment/pay_1/capture`],
      ...Array<[string, string]>(3).fill([customer, `GET ${shop}/orders/ord_1`]),
    ]);
    expect(summary).toBe(
      "First order: ord_1, 2040 EUR in minor units, of 6 products: placed, paid as pay_1, and shown as PAID.",
    );
    expect(values).toEqual({ order: { ...order, status: "PAID" } });
  });

  it("signs the requests to the payments, and sends those to the shop as its users do", async () => {
    const { stack, sent } = stackOf();
    await placeFirstOrder(stack);
    const unsigned = (url: string) =>
      sent.flatMap(([, to, request]) => (to.startsWith(url) ? request?.authorization : []));

    expect(new Set(unsigned(shop))).toEqual(new Set(["none"]));
    expect(new Set(unsigned(payments))).toEqual(new Set([undefined]));
  });

  it("makes an administrator and a customer, whose passwords nobody knows", async () => {
    const { stack, called } = stackOf();
    await placeFirstOrder(stack);
    const operationsOf = (user: string) =>
      called
        .filter(([, , input]) => JSON.stringify(input).includes(user))
        .map(([service, target]) => `${service} ${target.replace(/.*\./, "")}`);
    const passwords = called.flatMap(
      ([, , { Password = [] }]: [string, string, { Password?: unknown }]) => Password,
    );

    expect(operationsOf("admin@shop.example")).toEqual([
      "cognito-idp AdminCreateUser",
      "cognito-idp AdminSetUserPassword",
      "cognito-idp AdminAddUserToGroup",
      "cognito-idp AdminInitiateAuth",
    ]);
    expect(operationsOf("customer@shop.example")).toEqual([
      "cognito-idp AdminCreateUser",
      "cognito-idp AdminSetUserPassword",
      "cognito-idp AdminInitiateAuth",
    ]);
    const [grouped] = called.filter(([, target]) => target.endsWith("AdminAddUserToGroup"));
    expect(grouped?.[2]).toEqual({
      UserPoolId: "pool-1",
      Username: "admin@shop.example",
      GroupName: "admins",
    });
    expect(new Set(passwords).size).toBe(2);
  });

  it("sends each request that has an effect under a key of its own", async () => {
    const { stack, sent } = stackOf();
    await placeFirstOrder(stack);
    const keys = sent
      .filter(([method]) => method === "POST")
      .map(([, , options]) => options?.headers?.["idempotency-key"]);

    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toEqual(keys.map(() => expect.stringMatching(/^[\da-f-]{36}$/) as string));
  });

  it("has the lines that sign in, browse, order, pay, capture and export", async () => {
    const { next, endpoints } = await placeFirstOrder(stackOf().stack);
    const [signIn, field, ...lines] = next.commands;

    expect(endpoints).toEqual({ Storefront: shop });
    expect(signIn).toBe(`TOKEN='${customer}'`);
    expect(field).toMatch(/^field\(\) \{/);
    expect(lines.map((line) => line.replace(/ -H 'content-type.*-d '.*'/, " …"))).toEqual([
      `curl -s '${shop}/products?category=coffee'`,
      `ORDER=$(curl -s -H "authorization: $TOKEN" … ${shop}/orders | field orderId)`,
      `PAYMENT=$(curl -s -H "authorization: $TOKEN" … ${shop}/orders/$ORDER/pay | field paymentId)`,
      `curl --signed … ${payments}/payment/$PAYMENT/authorize`,
      `curl --signed … ${payments}/payment/$PAYMENT/capture`,
      `curl -s -H "authorization: $TOKEN" ${shop}/orders/$ORDER`,
      `curl -s -H "authorization: $TOKEN" ${shop}/users/me/export`,
    ]);
  });

  it("signs everything where services call the shop, and no user signs in", async () => {
    const { stack, sent, called } = stackOf({});
    const { next } = await placeFirstOrder(stack);

    expect(called).toEqual([]);
    expect(sent.filter(([, , request]) => request?.authorization === "none")).toEqual([]);
    expect(next.commands[1]).toBe(`curl --signed '${shop}/products?category=coffee'`);
  });

  it("fails where the order is not paid", async () => {
    await expect(placeFirstOrder(stackOf(pool, 9).stack)).rejects.toThrow(
      "The order's payment was not ready",
    );
  });

  it("fails for a stack without a storefront", async () => {
    const { stack } = stackOf();

    await expect(placeFirstOrder({ ...stack, outputs: {} })).rejects.toThrow(
      "the program has no output ApiGatewayUrl",
    );
  });
});
