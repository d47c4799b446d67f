import { assumedOf } from "../../../../lib/cost/usage";
import type { Given } from "../../../../lib/cost/assumption";
import { storefrontUsage } from "../../../../lib/modules/storefront/usage";

/** With a function that compares orders as often as given, or none. */
const usage = (given: Given = {}, reconciliation?: Readonly<Record<string, string>>) =>
  storefrontUsage.usageOf(assumedOf([storefrontUsage], given), (_, place) =>
    place === "reconcile-orders/function" && reconciliation !== undefined
      ? { environment: { variables: reconciliation } }
      : undefined,
  );

/** The use of a function. */
const functionUse = (use: ReturnType<typeof usage>, place: string) =>
  use["aws:lambda/function:Function"]?.[place];

describe("what the storefront uses", () => {
  it("is none but the search for orders to be ended while nobody orders", () => {
    const idle = usage({ ordersPerMonth: 0 });
    const invocations = Object.entries(idle["aws:lambda/function:Function"] ?? {}).flatMap(
      ([place, use]) => (use.invocations > 0 ? [place] : []),
    );

    expect(invocations).toEqual(["expire-orders/function"]);
    expect(idle["aws:apigateway/stage:Stage"]).toEqual({
      "shop-api/stage": { requests: 0 },
      "api/stage": { requests: 0 },
    });
    expect(idle["aws:apigateway/methodSettings:MethodSettings"]).toEqual({
      "shop-api/method-settings": { methodsCalled: 0 },
    });
  });

  it("grows with the orders, and with what customers look at", () => {
    const some = usage({ ordersPerMonth: 1000, browsesPerOrder: 20 });

    expect(some["aws:apigateway/stage:Stage"]).toMatchObject({
      "shop-api/stage": { requests: 1000 * (20 + 4 + 2) },
    });
    expect(some["aws:lambda/eventSourceMapping:EventSourceMapping"]).toEqual({
      "orders-stream/mapping": { records: 3000 },
    });
  });

  it("compares each order twice, and all that are stored once in the days of a sweep", () => {
    const given = { ordersPerMonth: 1000, months: 12 };
    const requests = (use: ReturnType<typeof usage>) =>
      use["aws:apigateway/stage:Stage"]?.["api/stage"]?.requests;
    const hourly = usage(given, { EVERY_MINUTES: "60", SWEEP_DAYS: "10" });
    const runs = functionUse(hourly, "reconcile-orders/function");

    expect(requests(hourly)).toBeCloseTo(2 * 1000 + (730 / 240) * 12_000);
    expect(functionUse(hourly, "payment/function")?.invocations).toBe(requests(hourly));
    expect(runs).toMatchObject({ invocations: 730, metrics: 3 });
    expect(runs?.milliseconds).toBeCloseTo(730 * 200 + 4 * (requests(hourly) ?? 0));
    expect(functionUse(usage(given), "reconcile-orders/function")).toMatchObject({
      invocations: 0,
      metrics: 0,
    });
  });

  it("counts the users of a pool whose users sign in", () => {
    expect(usage({ userAccounts: 12_345 })["aws:cognito/userPool:UserPool"]).toEqual({
      "shop-users/pool": { activeUsers: 12_345 },
    });
  });
});
