import { admin, customer, otherCustomer, signedIn } from "../harness";
import { UsersHarness, everything, orderOf } from "./harness";

/** What identifies a person, as it is stored, or sent, or in a token. */
const personal = [
  /anna/i,
  /arndt/i,
  /lange/i,
  /hinterhaus/i,
  /berlin/i,
  /10115/,
  /shop\.example/i,
  /customer-/,
  /admin-1/,
  /4111/,
];

describe("the log of users", () => {
  it("holds nothing of a person, whatever is sent and whatever fails", async () => {
    const shopUsers = new UsersHarness("COGNITO_USER_POOLS", () =>
      Promise.reject(new Error("The sign-in does not answer")),
    );
    const order = orderOf("customer-1", 1);
    shopUsers.orders.orders.set(order.orderId, order);
    const moved = signedIn("customer-1", { email: "Anna2@shop.example", email_verified: "true" });
    const email = ["anna@shop.example"];
    const sendAll = async () => {
      await shopUsers.post("/users/me", { body: everything });
      await shopUsers.post("/users/me", { body: { ...everything, "anna@shop.example": 1 } });
      await shopUsers.post("/users/me", { rawBody: '{"name":"Anna Arndt' });
      await shopUsers.post("/users/me", { body: { name: "4111111111111111" } });
      await shopUsers.get("/users/me");
      await shopUsers.get("/users/me", { context: moved });
      await shopUsers.get("/users/me/export");
      await shopUsers.get("/users/me/export", { query: { cursor: email } });
      await shopUsers.get("/users", { context: admin, query: { email } });
      await shopUsers.get("/users", { context: customer, query: { email } });
      await shopUsers.get("/users/anna@shop.example", { context: otherCustomer });
      await shopUsers.get("/users/me", { context: signedIn("Anna Arndt") });
      await shopUsers.post("/users/me/delete", { body: { confirm: true } });
    };
    await sendAll();
    shopUsers.users.before = () => {
      throw new Error("The table does not answer");
    };
    await sendAll();

    const log = JSON.stringify(shopUsers.log);
    expect(shopUsers.log.length).toBeGreaterThan(26);
    expect(log).toContain("The table does not answer");
    expect(log).toContain('"route":"/users/me/delete"');
    expect(personal.filter((pattern) => pattern.test(log))).toEqual([]);
  });
});
