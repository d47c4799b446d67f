import { fuzz } from "../../lib/local/fuzz";
import { aws, text } from "./deployed";

describe("the API", () => {
  it("responds to generated requests, valid and invalid, as its OpenAPI document says, and never with a server error", async () => {
    const { accessKeyId, secretAccessKey, sessionToken } = await aws.dynamoDb.config.credentials();
    const { passed, output, statuses } = await fuzz({
      seconds: 40,
      target: text("apiEndpoint"),
      region: text("region"),
      accessKeyId,
      secretAccessKey,
      ...(sessionToken !== undefined && { sessionToken }),
    });

    // the fuzzer's own report, where it found something
    expect(passed ? "" : output).toBe("");
    // it got as far as making payments, and as being refused
    expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 201, 400, 404]));
  }, 120_000);
});
