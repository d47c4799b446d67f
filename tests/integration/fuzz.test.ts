import { fuzz } from "../../lib/local/fuzz";
import type { FuzzOptions, FuzzResult } from "../../lib/local/fuzz";
import { modules } from "../../lib/modules";
import {
  aws,
  call,
  describeWithPayments,
  eventually,
  newKey,
  outputs,
  post,
  text,
} from "./deployed";

const apis = modules.partsIn(outputs).flatMap((part) => part.apis ?? []);

/** Statuses of a request that got as far as the operation's work: done, or refused by what there is. */
const worked = [200, 201, 404, 409];

/** Makes that something is owed to the merchants: a payout of nothing is refused, as invalid ones are. */
async function owe(currency: string): Promise<void> {
  const made = await post("/payment", { userId: newKey(), amount: 1000, currency });
  const path = `/payment/${String(made.body["transactionId"])}`;
  await post(`${path}/authorize`, { outcome: "APPROVED" });
  await post(`${path}/capture`, { all: true });
  await eventually(
    async () => JSON.stringify((await call("GET", "/balance/merchant:payable")).body),
    (balances) => balances.includes(`"${currency}"`),
  );
}

/** How an API is fuzzed with this run's credentials. */
async function optionsFor(api: (typeof apis)[number]): Promise<FuzzOptions> {
  const { accessKeyId, secretAccessKey, sessionToken } = await aws.dynamoDb.config.credentials();
  const endpoint = process.env["AWS_ENDPOINT_URL"];
  return {
    api,
    outputs,
    aws: {
      region: text("region"),
      credentials: {
        accessKeyId,
        secretAccessKey,
        ...(sessionToken !== undefined && { sessionToken }),
      },
      ...(endpoint !== undefined && { endpoint }),
    },
    extent: { examples: 10 }, // no time, so that a slow machine gets as far
  };
}

describeWithPayments("generated requests", () => {
  const results = new Map<string, FuzzResult>();

  beforeAll(async () => {
    await owe("EUR"); // the currency of the document's example of a payout
    // side by side: each waits for responses most of the time
    await Promise.all(
      apis.map(async (api) => results.set(api.name, await fuzz(await optionsFor(api)))),
    );
  }, 300_000);

  describe.each(apis.map(({ name }) => name))("to the API %s", (name) => {
    it("are responded to, valid and invalid, as its OpenAPI document says, and never with a server error", () => {
      const { passed, output } = results.get(name) ?? {};

      // the fuzzer's own report, where it found something
      expect(passed === true ? "" : output).toBe("");
    });

    it("reach the work of each of its operations, and not its validation alone", () => {
      const statuses = [...(results.get(name)?.statuses ?? [])];
      const unreached = statuses.filter(
        ([operation, counts]) =>
          operation !== "other" && !worked.some((status) => counts.has(status)),
      );

      expect(statuses.length).toBeGreaterThan(1);
      expect(unreached).toEqual([]);
    });
  });
});
