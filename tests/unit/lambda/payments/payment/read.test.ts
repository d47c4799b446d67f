import { Harness, problemOf } from "../../harness";

let api: Harness;
beforeEach(() => {
  api = new Harness();
});

describe("a payment", () => {
  it("is read as it was created", async () => {
    const id = await api.payment();
    const { status, body } = await api.get(`/payment/${id}`);

    expect(status).toBe(200);
    expect(body).toEqual(api.store.payments.get(id));
  });

  it("is not found where there is none with the id", async () => {
    const response = await api.get(`/payment/pay_${"0".repeat(32)}`);

    expect(problemOf(response)).toMatchObject({ status: 404, kind: "payment-not-found" });
  });

  it.each(["1", "pay_", `PAY_${"0".repeat(32)}`, "idempotency%23key", "%", "4111111111111111"])(
    "is not queried by what is no id: %s",
    async (id) => {
      const response = await api.get(`/payment/${id}`);

      expect(problemOf(response).status).toBe(400);
      expect(Object.keys(problemOf(response).fields)).toEqual(["id"]);
      expect(response.text).not.toContain("4111");
    },
  );
});

describe("a list", () => {
  it("goes through a user's payments page by page, newest first", async () => {
    const ids = [await api.payment(), await api.payment(), await api.payment()];
    const first = await api.get("/payment", { userId: ["user-1"], limit: ["2"] });
    const cursor = String(first.body["nextCursor"]);
    const second = await api.get("/payment", {
      userId: ["user-1"],
      limit: ["2"],
      cursor: [cursor],
    });

    expect([first.status, second.status]).toEqual([200, 200]);
    expect([first.body["data"], second.body["data"]]).toEqual([
      [api.store.payments.get(String(ids[2])), api.store.payments.get(String(ids[1]))],
      [api.store.payments.get(String(ids[0]))],
    ]);
    expect(second.body).not.toHaveProperty("nextCursor");
  });

  it("has the payments in a status, 20 where no limit is given", async () => {
    for (let i = 0; i < 21; i++) await api.payment();
    await api.payment("cancel");
    const { body } = await api.get("/payment", { status: ["PENDING"] });

    expect(body["data"]).toHaveLength(20);
    expect((await api.get("/payment", { status: ["CANCELED"] })).body["data"]).toHaveLength(1);
  });

  it.each<[string, Record<string, string[]>, string]>([
    ["neither user nor status", {}, "userId"],
    ["both user and status", { userId: ["a"], status: ["PENDING"] }, "userId"],
    ["a user that is none", { userId: ["a b"] }, "userId"],
    ["a status that is none", { status: ["LOST"] }, "status"],
    ["no payments at all", { userId: ["a"], limit: ["0"] }, "limit"],
    ["too many at once", { userId: ["a"], limit: ["101"] }, "limit"],
    ["a limit that is no number", { userId: ["a"], limit: ["1e1"] }, "limit"],
    ["a cursor that is none", { userId: ["a"], cursor: ["{}"] }, "cursor"],
    ["a parameter that is not known", { userId: ["a"], sort: ["asc"] }, "sort"],
    ["a parameter twice", { userId: ["a", "b"] }, "userId"],
  ])("is not made of %s", async (_, query, field) => {
    const { status, fields } = problemOf(await api.get("/payment", query));

    expect(status).toBe(400);
    expect(Object.keys(fields)).toEqual([field]);
  });

  it("does not go on at a cursor that was tampered with, or is another list's", async () => {
    await api.payment();
    await api.payment();
    const { body } = await api.get("/payment", { userId: ["user-1"], limit: ["1"] });
    const cursor = String(body["nextCursor"]);
    const tampered = cursor.startsWith("M") ? `N${cursor.slice(1)}` : `M${cursor.slice(1)}`;
    const responses = [
      await api.get("/payment", { userId: ["user-1"], cursor: [tampered] }),
      await api.get("/payment", { userId: ["user-2"], cursor: [cursor] }),
      await api.get("/payment", { status: ["PENDING"], cursor: [cursor] }),
    ];

    expect(responses.map((response) => problemOf(response).fields)).toEqual(
      Array(3).fill({ cursor: "must be the nextCursor of an answer to the same query" }),
    );
  });

  it("takes a list of values that the gateway leaves empty as absent", async () => {
    expect(
      (await api.get("/payment", { userId: ["a"], status: [], cursor: undefined })).status,
    ).toBe(200);
  });
});
