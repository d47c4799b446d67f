import { ShopUser, describeShopping, makeAdmin, makeProduct, placeOrder } from "./shop";
import { eventually } from "./deployed";

jest.setTimeout(60_000);

const profile = {
  name: "Anna Müller",
  address: { line1: "Hauptstraße 1", postalCode: "10115", city: "Berlin", country: "DE" },
};

describeShopping("what is known of a user", () => {
  let admin: ShopUser;
  let user: ShopUser;
  beforeAll(async () => {
    admin = await makeAdmin();
  });
  beforeEach(async () => {
    user = await ShopUser.make();
  });

  const find = async (email: string) =>
    (await admin.get(`/users?email=${encodeURIComponent(email)}`)).body["data"];

  it("is what the sign-in knows, until the user says more, and less again", async () => {
    const nothing = await user.get("/users/me");
    const set = await user.post("/users/me", profile);
    const again = await user.post("/users/me", profile);
    const read = await user.get("/users/me");
    const less = await user.post("/users/me", { name: "Anna" });

    const identity = { userId: user.id, email: user.email };
    expect(nothing).toMatchObject({ status: 200, body: identity });
    for (const { status, body } of [set, again, read])
      expect([status, body]).toEqual([200, { ...identity, ...profile }]);
    expect(less.body).toEqual({ ...identity, name: "Anna" });
  });

  it("is found by administrators by the e-mail address, in whatever case", async () => {
    await user.post("/users/me", profile);
    const found = await eventually(
      () => find(user.email.toUpperCase()),
      (data) => Array.isArray(data) && data.length > 0,
    );

    expect(found).toEqual([{ userId: user.id, email: user.email, ...profile }]);
    expect(await find("nobody@shop.example")).toEqual([]);
  });

  it("is exported with all orders, page by page", async () => {
    await user.post("/users/me", profile);
    const productId = await makeProduct(admin);
    const orders = [
      await placeOrder(user, productId),
      await placeOrder(user, productId, 2),
      await placeOrder(user, productId, 3),
    ];
    const first = await eventually(
      () => user.get("/users/me/export?limit=2"),
      ({ body }) => body["nextCursor"] !== undefined,
    );
    const cursor = String(first.body["nextCursor"]);
    const second = await user.get(`/users/me/export?limit=2&cursor=${cursor}`);
    const stranger = await ShopUser.make();
    const stolen = await stranger.get(`/users/me/export?cursor=${cursor}`);

    expect(first.body).toMatchObject({ profile, orders: [orders[2], orders[1]] });
    expect(second.body).toMatchObject({ profile, orders: [orders[0]] });
    expect(second.body).not.toHaveProperty("nextCursor");
    expect(stolen.status).toBe(400);
  });

  it("is deleted with the account, but for orders; once confirmed", async () => {
    await user.post("/users/me", profile);
    const order = await placeOrder(user, await makeProduct(admin));
    const unconfirmed = await user.post("/users/me/delete", { confirm: false });
    const kept = await user.get("/users/me");
    const deleted = await user.post("/users/me/delete", { confirm: true });
    const gone = await eventually(
      () => find(user.email),
      (data) => Array.isArray(data) && data.length === 0,
    );

    expect(unconfirmed.status).toBe(400);
    expect(kept.body).toMatchObject(profile);
    expect([deleted.status, deleted.body]).toEqual([200, { deleted: true }]);
    expect(gone).toEqual([]);
    await expect(user.signIn()).rejects.toThrow();
    // a token lives on for an hour: it leads to nothing but what the token itself says, and the orders
    expect((await user.get("/users/me")).body).toEqual({ userId: user.id, email: user.email });
    expect((await user.get(`/orders/${order.orderId}`)).body).toEqual(order);
    expect((await user.post("/users/me/delete", { confirm: true })).status).toBe(200);
  });
});
