import {
  CreateEventSourceMappingCommand,
  DeleteEventSourceMappingCommand,
  GetEventSourceMappingCommand,
} from "@aws-sdk/client-lambda";
import * as z from "zod";
import type { ResourceTypes } from "../../resource";
import { arnOf, creator, flag, number, required, tags, text, waitUntilReady } from "../creator";
import { byId, deletion } from "../deletion";

const eventSourceMapping = creator(
  {
    eventSourceArn: z.string(),
    functionName: z.string(),
    startingPosition: z.enum(["AT_TIMESTAMP", "LATEST", "TRIM_HORIZON"]).optional(),
    enabled: flag,
    batchSize: number,
    maximumBatchingWindowInSeconds: number,
    parallelizationFactor: number,
    bisectBatchOnFunctionError: flag,
    maximumRetryAttempts: number,
    maximumRecordAgeInSeconds: number,
    tumblingWindowInSeconds: number,
    functionResponseTypes: z.array(z.literal("ReportBatchItemFailures")).optional(),
    destinationConfig: z
      .strictObject({ onFailure: z.strictObject({ destinationArn: z.string() }) })
      .optional(),
    filterCriteria: z
      .strictObject({ filters: z.array(z.strictObject({ pattern: z.string() })) })
      .optional(),
    kmsKeyArn: text,
    metricsConfig: z.strictObject({ metrics: z.array(z.literal("EventCount")) }).optional(),
    tags,
  },
  async (args, cloud) => {
    const { lambda } = cloud.clients;
    const created = await lambda.send(
      new CreateEventSourceMappingCommand({
        EventSourceArn: args.eventSourceArn,
        FunctionName: args.functionName,
        StartingPosition: args.startingPosition,
        Enabled: args.enabled,
        BatchSize: args.batchSize,
        MaximumBatchingWindowInSeconds: args.maximumBatchingWindowInSeconds,
        ParallelizationFactor: args.parallelizationFactor,
        BisectBatchOnFunctionError: args.bisectBatchOnFunctionError,
        MaximumRetryAttempts: args.maximumRetryAttempts,
        MaximumRecordAgeInSeconds: args.maximumRecordAgeInSeconds,
        TumblingWindowInSeconds: args.tumblingWindowInSeconds,
        FunctionResponseTypes: args.functionResponseTypes,
        DestinationConfig: args.destinationConfig && {
          OnFailure: { Destination: args.destinationConfig.onFailure.destinationArn },
        },
        FilterCriteria: args.filterCriteria && {
          Filters: args.filterCriteria.filters.map(({ pattern }) => ({ Pattern: pattern })),
        },
        KMSKeyArn: args.kmsKeyArn,
        MetricsConfig: args.metricsConfig && { Metrics: args.metricsConfig.metrics },
        Tags: args.tags,
      }),
    );
    const UUID = required(created.UUID, "UUID");
    const wanted = args.enabled === false ? "Disabled" : "Enabled";
    await waitUntilReady(`event source mapping ${UUID}`, async () => {
      const { State } = await lambda.send(new GetEventSourceMappingCommand({ UUID }));
      return State === wanted || undefined;
    });
    return {
      id: UUID,
      outputs: {
        uuid: UUID,
        arn:
          created.EventSourceMappingArn ?? arnOf(cloud, "lambda", `event-source-mapping:${UUID}`),
        functionArn: created.FunctionArn,
        state: wanted,
      },
    };
  },
);

/** The streams and queues that functions are invoked with. */
export const eventSourceMappingTypes: ResourceTypes = {
  "aws:lambda/eventSourceMapping:EventSourceMapping": {
    create: eventSourceMapping,
    replacedBy: ["eventSourceArn", "startingPosition"],
    delete: deletion(byId, ({ id }, { clients: { lambda } }) =>
      lambda.send(new DeleteEventSourceMappingCommand({ UUID: id })),
    ),
  },
};
