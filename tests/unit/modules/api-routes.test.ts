import * as z from "zod/mini";
import { apiRoutesOf } from "../../../lib/modules/api-routes";

const nothing = { name: "Nothing", schema: z.strictObject({}) };
const order = { name: "Order", schema: z.object({ id: z.string() }) };
const route = {
  function: "orders",
  path: "/order",
  summary: "An order.",
  isIdempotent: false,
  parameters: nothing.schema,
  query: z.object({ day: z.optional(z.string()) }),
  body: nothing,
  response: { ...order, status: 200 },
  problems: [],
} as const;

describe("the routes of an API for the gateway", () => {
  it("name a function where it is not the one that handles unknown paths too", () => {
    const routes = {
      listOrders: { ...route, method: "GET" },
      payOrder: { ...route, method: "POST", function: "cashier", body: order },
    } as const;

    expect(apiRoutesOf(routes, "orders")).toMatchObject([
      { operation: "listOrders", method: "GET", path: "/order", queryParameters: ["day"] },
      { operation: "payOrder", method: "POST", integration: { function: "cashier" } },
    ]);
    expect(apiRoutesOf(routes, "orders")[0]).not.toHaveProperty("integration");
    expect(apiRoutesOf(routes, "cashier")[0]).toHaveProperty("integration.function", "orders");
  });

  it("are open to everybody where they say so, and else as the API", () => {
    const [open, others] = apiRoutesOf(
      {
        browse: { ...route, method: "GET", authorization: "NONE" },
        list: { ...route, method: "GET" },
      },
      "orders",
    );

    expect(open).toHaveProperty("authorization", "NONE");
    expect(others).not.toHaveProperty("authorization");
  });

  it("have a request model only where there is a body", () => {
    const [read, write] = apiRoutesOf(
      { read: { ...route, method: "GET" }, write: { ...route, method: "POST", body: order } },
      "orders",
    );

    expect(read).not.toHaveProperty("requestModel");
    expect(write).toMatchObject({ requestModel: { name: "Order", schema: { type: "object" } } });
  });
});
