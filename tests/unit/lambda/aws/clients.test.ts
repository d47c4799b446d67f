import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { backgroundClient, interactiveClient } from "../../../../lib/lambda/aws/clients";

/** How long a response of the table takes here, in milliseconds. */
const tableTakes = 5;

/** Responds at once, but throttles one request. */
class Table {
  requests = 0;

  constructor(private readonly throttled: number) {}

  async handle() {
    const isThrottled = ++this.requests === this.throttled;
    await new Promise((resolve) => setTimeout(resolve, tableTakes));
    const body = isThrottled ? { __type: "ThrottlingException" } : {};
    const response = {
      statusCode: isThrottled ? 400 : 200,
      headers: { "content-type": "application/x-amz-json-1.0" },
      body: new TextEncoder().encode(JSON.stringify(body)),
    };
    return { response };
  }
}

/** How long each of some requests takes that come every 10 s and make three calls, by a clock that the test moves. */
async function latencies(retryMode: string, count: number): Promise<number[]> {
  const table = new Table(7);
  const client = new DynamoDBClient({
    maxAttempts: 3,
    retryMode,
    region: "eu-central-1",
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" },
    requestHandler: table,
  });
  const measured: number[] = [];
  for (let request = 0; request < count; request++) {
    const start = Date.now();
    let end: number | undefined;
    const three = async () => {
      for (let call = 0; call < 3; call++)
        await client.send(new GetItemCommand({ TableName: "t", Key: { id: { S: "1" } } }));
      end = Date.now();
    };
    const sent = three();
    while (end === undefined) await jest.advanceTimersByTimeAsync(1);
    await sent;
    measured.push(end - start);
    await jest.advanceTimersByTimeAsync(10_000);
  }
  expect(table.requests).toBe(3 * count + 1);
  return measured;
}

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ["nextTick", "setImmediate", "queueMicrotask", "performance"] });
});
afterEach(() => {
  jest.useRealTimers();
});

describe("a client that is throttled once", () => {
  it("goes on at once with the next calls of a function that a caller waits for", async () => {
    // the first has the SDK loaded, which takes as long as the machine needs
    const [, second = NaN, throttled = NaN, ...rest] = await latencies(
      interactiveClient.retryMode,
      13,
    );

    expect(throttled).toBeLessThan(2_000);
    expect(Math.max(second, ...rest)).toBeLessThan(10 * tableTakes);
  });

  it("holds back the next calls of background work", async () => {
    const [, , , ...rest] = await latencies(backgroundClient.retryMode, 13);

    expect(Math.max(...rest)).toBeGreaterThan(20 * tableTakes);
  });
});

it.each([interactiveClient, backgroundClient])(
  "a client tries three times, within the function's time",
  ({ maxAttempts, requestHandler }) => {
    expect(maxAttempts).toBe(3);
    expect(requestHandler).toEqual({
      connectionTimeout: 1_000,
      requestTimeout: 5_000,
      throwOnRequestTimeout: true,
    });
  },
);
