import { randomUUID } from "node:crypto";
import { AwsClient } from "aws4fetch";
import { takeCopyOfRole } from "./behaviour/world-role";
import { apiResponse, isLocal, newKey, persistently, post, text } from "./deployed";
import type { ApiResponse } from "./deployed";
import { describeStorefront } from "./shop";

jest.setTimeout(60_000);

// copies of roles are made in the emulator only
(isLocal ? describeStorefront : describe.skip)("as a caller of the payments", () => {
  let send: (role: "orders" | "products", method: string, path: string) => Promise<ApiResponse>;
  let paymentId: string;

  beforeAll(async () => {
    const [orders, products] = await Promise.all([as("OrdersLambda"), as("ProductsLambda")]);
    send = (role, method, path) =>
      persistently(async () =>
        apiResponse(
          await { orders, products }[role].fetch(`${text("apiEndpoint")}${path}`, {
            method,
            ...(method === "POST" && {
              headers: { "content-type": "application/json", "idempotency-key": newKey() },
              body: JSON.stringify(bodies[path] ?? {}),
            }),
          }),
        ),
      );
    const { body } = await post("/payment", bodies["/payment"]);
    paymentId = String(body["transactionId"]);
  });

  const bodies: Readonly<Record<string, object>> = {
    "/payment": { userId: newKey(), amount: 500, currency: "EUR" },
    "/payout": { currency: "EUR", amount: 1, reference: "none" },
  };

  /** Signs as a copy of a function's role. */
  async function as(prefix: string): Promise<AwsClient> {
    const name = `shop-caller-${randomUUID().slice(0, 8)}`;
    const taken = await takeCopyOfRole(name, text(`${prefix}RoleName`), {});
    return new AwsClient({
      accessKeyId: taken["AWS_ACCESS_KEY_ID"] ?? "",
      secretAccessKey: taken["AWS_SECRET_ACCESS_KEY"] ?? "",
      sessionToken: taken["AWS_SESSION_TOKEN"] ?? "",
      service: "execute-api",
      region: text("region"),
      retries: 0,
    });
  }

  it("the function of orders may ask for a payment, read it and cancel it", async () => {
    expect((await send("orders", "POST", "/payment")).status).toBe(201);
    expect((await send("orders", "GET", `/payment/${paymentId}`)).status).toBe(200);
    expect((await send("orders", "POST", `/payment/${paymentId}/cancel`)).status).toBe(200);
  });

  it("it may neither authorize, capture or refund one, nor list them, nor pay out, nor read accounts", async () => {
    for (const [method, path] of [
      ["POST", `/payment/${paymentId}/authorize`],
      ["POST", `/payment/${paymentId}/capture`],
      ["POST", `/payment/${paymentId}/refund`],
      ["GET", "/payment?status=PENDING"],
      ["POST", "/payout"],
      ["GET", "/balance/merchant:payable"],
    ] as const)
      expect([path, (await send("orders", method, path)).status]).toEqual([path, 403]);
  });

  it("the function of products may do nothing with them", async () => {
    expect((await send("products", "POST", "/payment")).status).toBe(403);
    expect((await send("products", "GET", `/payment/${paymentId}`)).status).toBe(403);
  });
});
