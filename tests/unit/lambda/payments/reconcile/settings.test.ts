import "../../function-environment";
import { readSettings } from "../../../../../lib/lambda/payments/reconcile/settings";

const sound = { SWEEP_DAYS: "30", EVERY_MINUTES: "60", STATUS_SHARDS_READ: "2" };

beforeEach(() => {
  Object.assign(process.env, sound);
});

it("reads the deployment's settings", () => {
  expect(readSettings()).toEqual({
    table: "transactions",
    sweepDays: 30,
    everyMinutes: 60,
    statusShards: 2,
  });
});

it.each([
  ["SWEEP_DAYS", "0", "1 to 365"],
  ["SWEEP_DAYS", "366", "1 to 365"],
  ["SWEEP_DAYS", "1.5", "1 to 365"],
  ["EVERY_MINUTES", "often", "1 to 1440"],
  ["STATUS_SHARDS_READ", "0", "1 to 200"],
  ["STATUS_SHARDS_READ", "201", "1 to 200"],
  ["STATUS_SHARDS_READ", "1e2", "1 to 200"],
])("refuses %s %s", (name, value, bounds) => {
  process.env[name] = value;

  expect(readSettings).toThrow(
    `The environment variable ${name} must be an integer from ${bounds}, not ${value}`,
  );
});
