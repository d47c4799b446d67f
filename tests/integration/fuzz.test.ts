import { fuzz } from "../../lib/local/fuzz";
import { modules } from "../../lib/modules";
import { aws, outputs, text } from "./deployed";

const apis = modules.partsIn(outputs).flatMap((part) => part.apis ?? []);

/** Statuses of a request that got as far as the operation's work: done, or refused by the state of what it is about. */
const worked = [200, 201, 404, 409];

// the two side by side: each waits for its responses most of the time
describe.each(apis.map((api) => [api.name, api] as const))("the API %s", (_, api) => {
  it("responds to generated requests, valid and invalid, as its OpenAPI document says, and never with a server error", async () => {
    const { accessKeyId, secretAccessKey, sessionToken } = await aws.dynamoDb.config.credentials();
    const endpoint = process.env["AWS_ENDPOINT_URL"];
    const { passed, output, statuses } = await fuzz({
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
      seconds: 20,
    });

    // the fuzzer's own report, where it found something
    expect(passed ? "" : output).toBe("");
    const unreached = [...statuses].filter(
      ([name, counts]) => name !== "other" && !worked.some((status) => counts.has(status)),
    );
    expect(unreached).toEqual([]);
  }, 120_000);
});
