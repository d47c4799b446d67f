import { Harness, problemOf } from "../../harness";

let api: Harness;
beforeEach(() => {
  api = new Harness();
});

describe("a balance", () => {
  it("is what the ledger says, a row for each currency, exact at any size", async () => {
    api.query = (text, values) => {
      expect(text).toContain("ledger.balances WHERE account = $1");
      expect(values).toEqual(["user:user-1"]);
      return [
        { currency: "EUR", balance: "-1250" },
        { currency: "JPY", balance: "0" },
        { currency: "USD", balance: "-123456789012345678901234567890" },
      ];
    };
    const { status, body } = await api.get("/balance/user%3Auser-1");

    expect(status).toBe(200);
    expect(body).toEqual({
      account: "user:user-1",
      balances: [
        { currency: "EUR", amount: "-1250" },
        { currency: "JPY", amount: "0" },
        { currency: "USD", amount: "-123456789012345678901234567890" },
      ],
    });
  });

  it("of an account that was never used is empty", async () => {
    expect((await api.get("/balance/nobody")).body).toEqual({ account: "nobody", balances: [] });
  });

  it("is not queried for what cannot be an account", async () => {
    expect(Object.keys(problemOf(await api.get("/balance/a b")).fields)).toEqual(["account"]);
  });
});

describe("the service's health", () => {
  it("is ok while table and database respond", async () => {
    const { status, body } = await api.get("/health");

    expect(status).toBe(200);
    expect(body).toEqual({ status: "ok", table: "ok", database: "ok" });
  });

  it("names what does not respond", async () => {
    api.query = () => {
      throw new Error("connection refused");
    };
    const database = await api.get("/health");
    api.checkTable = () => Promise.reject(new Error("no table"));
    const both = await api.get("/health");

    expect(problemOf(database)).toMatchObject({
      status: 503,
      kind: "unavailable",
      fields: { database: "does not answer" },
    });
    expect(database.headers["Retry-After"]).toBe("5");
    expect(problemOf(both).fields).toEqual({
      table: "does not answer",
      database: "does not answer",
    });
    expect(both.text).not.toContain("refused");
  });

  it("checks table and database concurrently: it takes as long as the slower of the two", async () => {
    const asked: string[] = [];
    api.query = () => {
      asked.push("database");
      return [];
    };
    api.checkTable = async () => {
      asked.push("table");
      await new Promise((resolve) => setImmediate(resolve));
      expect(asked).toEqual(["table", "database"]);
    };

    expect((await api.get("/health")).status).toBe(200);
  });
});
