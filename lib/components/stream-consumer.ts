import * as lambda from "@pulumi/aws/lambda";
import * as pulumi from "@pulumi/pulumi";
import { regional } from "../core/context";
import { resourceName } from "../core/names";
import { namedTags } from "../core/tags";
import { transformed } from "../core/transform";
import type { StackContext, Transform } from "../types";

/** Arguments of {@link StreamConsumerComponent}. */
export interface StreamConsumerComponentArgs {
  readonly context: StackContext;
  /** What the changes are for; part of the mapping's `Name` tag: `ledger`. */
  readonly purpose: string;
  /** ARN of a table's stream. */
  readonly streamArn: pulumi.Input<string>;
  /** ARN of the function that processes the changes; its role must be allowed to read the stream. */
  readonly functionArn: pulumi.Input<string>;
  /** ARN of the bucket of dead letters: what could not be processed before it expires in the stream. */
  readonly deadLetterBucketArn: pulumi.Input<string>;
  /** The function is invoked only with changes of items whose hash key begins with this; by default all. */
  readonly keyPrefix?: { readonly attribute: string; readonly prefix: string };
  /**
   * The function is invoked only with changes after which the item has this: a Lambda filter of its attributes, with
   * their types. By default with all.
   */
  readonly newImage?: Readonly<Record<string, unknown>>;
  /** Concurrent batches from a shard of the stream, 1 to 10; the order per item stays. */
  readonly parallelizationFactor?: number;
  readonly transform?: { readonly mapping?: Transform<lambda.EventSourceMappingArgs> };
}

/**
 * DynamoDB retains a change for 24 hours. After 22 a batch that still fails is sent to the dead letters, with its
 * records, so that nothing is lost while the database is unavailable for longer.
 */
const maximumRecordAgeInSeconds = 22 * 3600;

/**
 * Invokes a function with every change of a table, in order for each item, and retries until it succeeds.
 *
 * Lambda counts what it discarded and sent to the dead letters, and what it dropped:
 * `AWS/Lambda` by `EventSourceMappingUUID`.
 *
 * ### Cost
 *
 * Reading the stream is free for Lambda. The function's invocations are charged as any, and each of the mapping's six
 * metrics: `metric.month` 0.3 USD.
 *
 * @example
 * ```ts
 * import { StreamConsumerComponent } from "payment-stack";
 *
 * new StreamConsumerComponent("ledger-stream", {
 *   context,
 *   purpose: "ledger",
 *   streamArn: table.streamArn,
 *   functionArn: ledger.functionArn,
 *   deadLetterBucketArn: deadLetters.bucketArn,
 *   keyPrefix: { attribute: "transactionId", prefix: "pay_" },
 *   parallelizationFactor: 2,
 * });
 * ```
 */
export class StreamConsumerComponent extends pulumi.ComponentResource {
  readonly mappingId: pulumi.Output<string>;
  readonly mappingArn: pulumi.Output<string>;

  constructor(
    name: string,
    args: StreamConsumerComponentArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("payments:compute:StreamConsumer", name, {}, opts);
    const { context, transform } = args;
    const pattern = filterPattern(args);

    const mapping = new lambda.EventSourceMapping(
      `${name}-mapping`,
      transformed<lambda.EventSourceMappingArgs>(
        {
          ...regional(context),
          eventSourceArn: args.streamArn,
          functionName: args.functionArn,
          startingPosition: "TRIM_HORIZON",
          batchSize: 100,
          parallelizationFactor: args.parallelizationFactor ?? 1,
          ...(pattern !== undefined && { filterCriteria: { filters: [{ pattern }] } }),
          // a failed batch is halved until the record that fails is alone in its batch
          bisectBatchOnFunctionError: true,
          maximumRetryAttempts: -1,
          maximumRecordAgeInSeconds,
          metricsConfig: { metrics: ["EventCount"] },
          destinationConfig: { onFailure: { destinationArn: args.deadLetterBucketArn } },
          tags: namedTags(context.tags, resourceName(context, args.purpose)),
        },
        transform?.mapping,
      ),
      { parent: this },
    );

    this.mappingId = mapping.id;
    this.mappingArn = mapping.arn;
    this.registerOutputs({ mappingId: this.mappingId, mappingArn: this.mappingArn });
  }
}

/** Which changes the function is invoked with; undefined for all. */
function filterPattern({
  keyPrefix,
  newImage,
}: Pick<StreamConsumerComponentArgs, "keyPrefix" | "newImage">): string | undefined {
  if (keyPrefix === undefined && newImage === undefined) return undefined;
  return JSON.stringify({
    dynamodb: {
      ...(keyPrefix !== undefined && {
        Keys: { [keyPrefix.attribute]: { S: [{ prefix: keyPrefix.prefix }] } },
      }),
      ...(newImage !== undefined && { NewImage: newImage }),
    },
  });
}
