import { StreamConsumerComponent } from "../../../lib/components/stream-consumer";
import type { StreamConsumerComponentArgs } from "../../../lib/components/stream-consumer";
import { record, valueOf } from "../../../lib/graph/record";
import { testContext } from "../context";

const build = (args: Partial<StreamConsumerComponentArgs> = {}) =>
  record(
    () =>
      new StreamConsumerComponent("payments-ledger", {
        context: testContext("dev"),
        purpose: "stream",
        streamArn: "arn:stream",
        functionArn: "arn:function",
        deadLetterBucketArn: "arn:bucket",
        ...args,
      }),
  );

const mappingType = "aws:lambda/eventSourceMapping:EventSourceMapping";

describe("the consumer of the table's stream", () => {
  it("receives every change from the first on, retries for 22 hours, then sends the whole batch to the on-failure destination", async () => {
    const graph = await build();

    expect(graph.one(mappingType).inputs).toEqual({
      eventSourceArn: "arn:stream",
      functionName: "arn:function",
      startingPosition: "TRIM_HORIZON",
      batchSize: 100,
      parallelizationFactor: 1,
      metricsConfig: { metrics: ["EventCount"] },
      bisectBatchOnFunctionError: true,
      maximumRetryAttempts: -1,
      maximumRecordAgeInSeconds: 79200,
      destinationConfig: { onFailure: { destinationArn: "arn:bucket" } },
      tags: { ...testContext("dev").tags, Name: "payments-dev-stream-dev" },
    });
    expect(await valueOf(graph.result.mappingId)).toBe("payments-ledger-mapping-id");
    expect(await valueOf(graph.result.mappingArn)).toMatch(/^arn:aws:lambda:/);
  });

  it("delivers only what its filter matches, in as many concurrent batches", async () => {
    const graph = await build({
      keyPrefix: { attribute: "transactionId", prefix: "pay_" },
      parallelizationFactor: 4,
    });
    const { filterCriteria, parallelizationFactor } = graph.one(mappingType).inputs as {
      filterCriteria: { filters: { pattern: string }[] };
      parallelizationFactor: number;
    };

    expect(filterCriteria.filters.map(({ pattern }) => JSON.parse(pattern) as unknown)).toEqual([
      { dynamodb: { Keys: { transactionId: { S: [{ prefix: "pay_" }] } } } },
    ]);
    expect(parallelizationFactor).toBe(4);
  });

  it("delivers changes by what the item has after them, alone or with its key", async () => {
    const newImage = { order: { S: [{ exists: true }] } };
    const patternOf = async (args: Partial<StreamConsumerComponentArgs>) => {
      const { filterCriteria } = (await build(args)).one(mappingType).inputs as {
        filterCriteria: { filters: [{ pattern: string }] };
      };
      return JSON.parse(filterCriteria.filters[0].pattern) as unknown;
    };
    const keyPrefix = { attribute: "id", prefix: "pay_" };

    expect(await patternOf({ newImage })).toEqual({ dynamodb: { NewImage: newImage } });
    expect(await patternOf({ newImage, keyPrefix })).toEqual({
      dynamodb: { Keys: { id: { S: [{ prefix: "pay_" }] } }, NewImage: newImage },
    });
  });

  it("lets a consumer of the library change the mapping", async () => {
    const graph = await build({ transform: { mapping: { batchSize: 10 } } });

    expect(graph.one(mappingType).inputs["batchSize"]).toBe(10);
  });
});
