import * as z from "zod";
import { runHere } from "../run-command";

jest.setTimeout(240_000);

const cost = (...args: string[]) => runHere("cost", args);

const reportSchema = z.object({
  currency: z.literal("USD"),
  usage: z.looseObject({ paymentsPerMonth: z.number(), months: z.number() }),
  estimates: z.array(
    z.object({
      stack: z.string(),
      region: z.string(),
      lines: z.array(z.object({ component: z.string(), price: z.string(), month: z.number() })),
      unknown: z.array(z.object({ because: z.string() })),
      total: z.object({
        idle: z.number(),
        month: z.number(),
        nextThousand: z.object({ payments: z.number(), orders: z.number().optional() }),
      }),
    }),
  ),
  exclusions: z.array(z.string()),
});

const report = (stdout: string) => reportSchema.parse(JSON.parse(stdout));

describe("npm run cost", () => {
  it("prints every stack side by side in 100 columns, and ends with 0", async () => {
    const { code, stdout } = await cost();

    expect(stdout).toMatch(/│ +│ +dev │ +staging │ +prod │/);
    expect(stdout).toContain("USD a month at 100,000 payments a month");
    expect(stdout).toContain("Prices of us-east-1 as of");
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
    expect(code).toBe(0);
  });

  it("prints every charge of a single stack, and with --assumptions the assumptions", async () => {
    const { stdout } = await cost("prod", "--assumptions", "--payments-per-month", "2000000");

    expect(stdout).toContain("│ 2 × logs ingested (logs.ingested)");
    expect(stdout).toContain("2,000,000");
    expect(stdout).toContain("ledgerInvocationsPerWrite");
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
  });

  it("prints amounts, prices and usage as JSON", async () => {
    const { code, stdout } = await cost("dev", "--json", "--payments-per-month", "0");
    const { usage, estimates } = report(stdout);

    expect(usage.paymentsPerMonth).toBe(0);
    expect(estimates.map(({ stack, region }) => [stack, region])).toEqual([["dev", "us-east-1"]]);
    expect(estimates[0]?.total.month).toBe(estimates[0]?.total.idle);
    expect(code).toBe(0);
  });

  it("has nothing of a module that is off, and with --with what it adds", async () => {
    const [off, on] = [
      await cost("staging", "--assumptions"),
      await cost("staging", "--assumptions", "--with", "storefront", "--orders-per-month", "5000"),
    ];

    expect(off.stdout).not.toMatch(/order|product/i);
    expect(on.stdout).toContain("USD a month at 100,000 payments and 5,000 orders a month");
    expect(on.stdout).toContain("USD that each further thousand orders a month add");
    expect(on.stdout).toContain("6 × 4 alarms that AWS makes for an");
    for (const line of on.stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(100);

    const json = async (...args: string[]) =>
      report((await cost("staging", "--json", ...args)).stdout);
    const [without, withIt] = [await json(), await json("--with", "storefront")];
    expect(without.usage).not.toHaveProperty("ordersPerMonth");
    expect(without.estimates[0]?.total.nextThousand.orders).toBeUndefined();
    expect(withIt.usage).toHaveProperty("ordersPerMonth", 10_000);
    expect(withIt.estimates[0]?.total.nextThousand.orders).toBeGreaterThan(0);
  });

  it("names what has no price, calls the total a lower bound, and ends with 1", async () => {
    const there = ["prod", "--region", "eu-central-1", "--with", "storefront"];
    const text = await cost(...there);
    const json = await cost(...there, "--json");

    expect(text.stdout).toContain("no price of natGateway.hour in eu-central-1");
    expect(text.stdout).toMatch(/│ total +│ > \d+\.\d\d │/);
    expect(text.code).toBe(1);
    expect(report(json.stdout).estimates[0]?.unknown).toHaveLength(4);
    expect(json.code).toBe(1);
  });

  it.each([
    [["nowhere"], "nowhere"],
    [["dev", "--region", "mars-1"], "us-east-1, eu-central-1"],
    [["dev", "--months", "0"], "allowed: 1 to 600"],
  ])("refuses %j with the reason, and ends with 2", async (args, why) => {
    const { code, stderr } = await cost(...args);

    expect(stderr).toContain(why);
    expect(code).toBe(2);
  });

  it("prints its help with its exit codes", async () => {
    const { code, stdout } = await cost("--help");

    expect(stdout).toContain("--payments-per-month");
    expect(stdout).toContain("Exit code: 0 done; 1");
    expect(code).toBe(0);
  });
});
