import { assumedOf } from "../../../../lib/cost/usage";
import type { Given } from "../../../../lib/cost/assumption";
import { storefrontUsage } from "../../../../lib/modules/storefront/usage";

const usage = (given: Given = {}) =>
  storefrontUsage.usageOf(assumedOf([storefrontUsage], given), () => undefined);

describe("what the storefront uses", () => {
  it("is none but the search for orders to be ended while nobody orders", () => {
    const idle = usage({ ordersPerMonth: 0 });
    const invocations = Object.entries(idle["aws:lambda/function:Function"] ?? {}).flatMap(
      ([place, use]) => (use.invocations > 0 ? [place] : []),
    );

    expect(invocations).toEqual(["expire-orders/function"]);
    expect(idle["aws:apigateway/stage:Stage"]).toEqual({ "shop-api/stage": { requests: 0 } });
    expect(idle["aws:apigateway/methodSettings:MethodSettings"]).toEqual({
      "shop-api/method-settings": { methodsCalled: 0 },
    });
  });

  it("grows with the orders, and with what customers look at", () => {
    const some = usage({ ordersPerMonth: 1000, browsesPerOrder: 20 });

    expect(some["aws:apigateway/stage:Stage"]).toEqual({
      "shop-api/stage": { requests: 1000 * (20 + 4 + 2) },
    });
    expect(some["aws:lambda/eventSourceMapping:EventSourceMapping"]).toEqual({
      "orders-stream/mapping": { records: 3000 },
    });
  });

  it("counts the users of a pool whose users sign in", () => {
    expect(usage({ userAccounts: 12_345 })["aws:cognito/userPool:UserPool"]).toEqual({
      "shop-users/pool": { activeUsers: 12_345 },
    });
  });
});
