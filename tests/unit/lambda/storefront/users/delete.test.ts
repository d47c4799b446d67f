import { commonProblem } from "../../../../../lib/lambda/http/problem";
import type { Options } from "../../harness";
import { calledBy, shop } from "../../harness";
import { otherCustomer, problemOf } from "../harness";
import { UsersHarness, everything, orderOf } from "./harness";

/** What was done, in its order; a step that fails is in it too. */
const steps: string[] = [];
/** Runs before an account is deleted; may throw instead of it. */
let beforeAccount: () => void;
let shopUsers: UsersHarness;
beforeEach(async () => {
  steps.length = 0;
  beforeAccount = () => undefined;
  shopUsers = new UsersHarness("COGNITO_USER_POOLS", async (userId) => {
    steps.push(`account of ${userId}`);
    await Promise.resolve();
    beforeAccount();
  });
  await shopUsers.post("/users/me", { body: everything });
  await shopUsers.post("/users/me", { body: everything, context: otherCustomer });
  shopUsers.users.before = (call) => void steps.push(call);
});

const deleteMe = (body: unknown = { confirm: true }, options: Options = {}) =>
  shopUsers.post("/users/me/delete", { body, ...options });
const left = () => [...shopUsers.users.profiles.keys()];

describe("a deletion", () => {
  it("deletes the user's data, then the account, and nothing of others", async () => {
    const { status, body } = await deleteMe();

    expect(status).toBe(200);
    expect(body).toEqual({ deleted: true });
    expect(steps).toEqual(["delete", "account of customer-1"]);
    expect(left()).toEqual(["customer-2"]);
  });

  it("leaves orders with their money as they are", async () => {
    const order = orderOf("customer-1", 1);
    shopUsers.orders.orders.set(order.orderId, order);
    await deleteMe();

    expect([...shopUsers.orders.orders.values()]).toEqual([order]);
  });

  it("of a user who is deleted already succeeds", async () => {
    const first = await deleteMe();
    const second = await deleteMe();

    expect([second.status, second.text]).toEqual([200, first.text]);
  });

  it("needs no Idempotency-Key", async () => {
    expect((await deleteMe({ confirm: true }, { key: "" })).status).toBe(200);
  });

  it("is of the data only where the accounts are not the shop's own", async () => {
    const others = new UsersHarness("COGNITO_USER_POOLS");
    await others.post("/users/me", { body: everything });
    const { status } = await others.post("/users/me/delete", { body: { confirm: true } });

    expect(status).toBe(200);
    expect(others.users.profiles.size).toBe(0);
  });

  it("is of the data of a caller with IAM credentials", async () => {
    const services = new UsersHarness("AWS_IAM");
    const context = calledBy(shop);
    await services.post("/users/me", { body: everything, context });
    await services.post("/users/me/delete", { body: { confirm: true }, context });

    expect(services.users.profiles.size).toBe(0);
  });
});

describe("a deletion that fails on its way", () => {
  const killed = () => {
    throw new Error("killed");
  };

  it("at the data leaves the account, with which the same request mends it", async () => {
    shopUsers.users.before = killed;
    const failed = await deleteMe();
    expect(problemOf(failed)).toMatchObject({ status: 500, kind: "internal-error" });
    expect(steps).toEqual([]);

    shopUsers.users.before = () => undefined;
    expect((await deleteMe()).status).toBe(200);
    expect(left()).toEqual(["customer-2"]);
  });

  it("behind the data is mended by the same request", async () => {
    beforeAccount = killed;
    expect((await deleteMe()).status).toBe(500);
    expect(left()).toEqual(["customer-2"]);

    beforeAccount = () => undefined;
    expect((await deleteMe()).body).toEqual({ deleted: true });
    expect(steps.at(-1)).toBe("account of customer-1");
  });

  it("says so where the sign-in is not available", async () => {
    beforeAccount = () => {
      throw commonProblem("unavailable", { detail: "Send the same request again" });
    };

    expect(problemOf(await deleteMe())).toMatchObject({ status: 503, kind: "unavailable" });
    expect(left()).toEqual(["customer-2"]);
  });
});

describe("what is no deletion", () => {
  it.each<[string, unknown, string]>([
    ["no confirmation", {}, "confirm"],
    ["no body", undefined, "confirm"],
    ["a refusal", { confirm: false }, "confirm"],
    ["a text", { confirm: "true" }, "confirm"],
    ["a number", { confirm: 1 }, "confirm"],
    ["null", { confirm: null }, "confirm"],
    ["another's id", { confirm: true, userId: "customer-2" }, "userId"],
    ["a list", [{ confirm: true }], "body"],
  ])("deletes nothing: %s", async (_, body, field) => {
    const response = await shopUsers.post("/users/me/delete", { body });

    expect(problemOf(response)).toMatchObject({ status: 400, kind: "invalid-request" });
    expect(Object.keys(problemOf(response).fields)).toEqual([field]);
    expect(steps).toEqual([]);
  });

  it("deletes nothing: a form that a page may send without being asked", async () => {
    const headers = { "Content-Type": "text/plain" };

    expect(problemOf(await deleteMe({ confirm: true }, { headers })).status).toBe(415);
    expect(steps).toEqual([]);
  });

  it("deletes nothing: a link", async () => {
    const response = await shopUsers.get("/users/me/delete");

    expect(problemOf(response)).toMatchObject({ status: 405, kind: "method-not-allowed" });
    expect(steps).toEqual([]);
  });
});
