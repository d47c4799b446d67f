import { call, describeWithPayments, eventually, newKey, post } from "./deployed";

/** Of currencies that no other test uses: what is owed in them is this test's. */
const [currency, unused] = ["TOP", "XPF"];

async function amountOf(account: string): Promise<bigint> {
  const { body } = await call("GET", `/balance/${account}`);
  const balances = body["balances"] as { currency: string; amount: string }[];
  return BigInt(balances.find((row) => row.currency === currency)?.amount ?? 0);
}

describeWithPayments("a payout", () => {
  it("reduces what captures made owed, once a key", async () => {
    const before = await amountOf("merchant:paid-out");
    const made = await post("/payment", { userId: newKey(), amount: 1000, currency });
    const path = `/payment/${String(made.body["transactionId"])}`;
    await post(`${path}/authorize`, { outcome: "APPROVED" });
    await post(`${path}/capture`, { all: true });
    const owed = await eventually(
      () => amountOf("merchant:payable"),
      (amount) => amount <= -1000n,
    );
    const key = newKey();
    const paid = await post("/payout", { currency, amount: 600, reference: "Week 47" }, key);
    const again = await post("/payout", { currency, amount: 600, reference: "Week 47" }, key);

    expect(paid.status).toBe(201);
    expect(paid.body).toMatchObject({ currency, amount: 600, reference: "Week 47" });
    expect([again.status, again.body]).toEqual([201, paid.body]);
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    expect(await amountOf("merchant:payable")).toBe(owed + 600n);
    expect(await amountOf("merchant:paid-out")).toBe(before - 600n);
  });

  it("is refused where nothing is owed, and where it asks for nothing", async () => {
    const nothingOwed = await post("/payout", { currency: unused, all: true });
    const withoutAmount = await post("/payout", { currency });

    expect(nothingOwed).toMatchObject({
      status: 400,
      body: { type: "urn:payments:problem:amount-exceeded" },
    });
    expect(withoutAmount).toMatchObject({
      status: 400,
      body: { type: "urn:payments:problem:invalid-request" },
    });
  });
});
