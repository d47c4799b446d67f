import { retryOnOutage } from "../../../../../lib/lambda/payments/accounts/retry-on-outage";
import { Problem } from "../../../../../lib/lambda/http/problem";
import type { Queryable, WithDatabase } from "../../../../../lib/lambda/database/connection";

const gone = new Error("Connection terminated unexpectedly");
const wrong = Object.assign(new Error("syntax error"), { severity: "ERROR", code: "42601" });
const client: Queryable = { query: () => Promise.reject(new Error("not asked")) };
const withDatabase: WithDatabase = (work) => work(client);
const error = jest.fn();
const database = retryOnOutage(withDatabase, { error });

/** Work that fails with each of these errors in turn, and then succeeds. */
const failing = (...errors: Error[]) =>
  jest.fn(() => {
    const next = errors.shift();
    return next === undefined ? Promise.resolve("done") : Promise.reject(next);
  });

beforeEach(() => {
  error.mockReset();
});

describe("a database that responds soon or is reported unavailable", () => {
  it("gets one query where it responds", async () => {
    const work = failing();

    await expect(database(work)).resolves.toBe("done");
    expect(work.mock.calls).toEqual([[client]]);
    expect(error).not.toHaveBeenCalled();
  });

  it("is queried once more where a connection was broken, which is logged", async () => {
    await expect(database(failing(gone))).resolves.toBe("done");
    expect(error.mock.calls).toEqual([
      ["The database did not answer", { attempt: 1, reason: String(gone) }],
    ]);
  });

  it("is unavailable where it does not respond to the retry either", async () => {
    const work = failing(gone, gone);
    const problem: unknown = await database(work).catch((thrown: unknown) => thrown);

    expect(problem).toBeInstanceOf(Problem);
    expect(problem).toMatchObject({
      kind: "unavailable",
      details: { headers: { "Retry-After": "5" } },
    });
    expect(work).toHaveBeenCalledTimes(2);
    expect(error).toHaveBeenCalledTimes(2);
  });

  it("is not queried again where the statement is wrong", async () => {
    const work = failing(wrong);

    await expect(database(work)).rejects.toBe(wrong);
    expect(work).toHaveBeenCalledTimes(1);
  });
});
