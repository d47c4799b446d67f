import * as lambda from "@pulumi/aws/lambda";
import * as pulumi from "@pulumi/pulumi";
import { resourceName } from "../naming";
import { namedTags } from "../tags";
import { transformed } from "../transform";
import type { StackContext, Transform } from "../types";

/** Arguments of {@link StreamConsumerComponent}. */
export interface StreamConsumerComponentArgs {
  readonly context: StackContext;
  /** ARN of the table's stream. */
  readonly streamArn: pulumi.Input<string>;
  /** ARN of the function that takes the changes; its role must be allowed to read the stream. */
  readonly functionArn: pulumi.Input<string>;
  /** ARN of the bucket that keeps what could not be taken before the stream forgets it. */
  readonly deadLetterBucketArn: pulumi.Input<string>;
  readonly transform?: { readonly mapping?: Transform<lambda.EventSourceMappingArgs> };
}

/**
 * DynamoDB keeps a change for 24 hours. After 22 a batch that still fails is written whole to the
 * dead letters, so that nothing is forgotten while the database is away for longer.
 */
const maximumRecordAgeInSeconds = 22 * 3600;

/**
 * Feeds every change of the table to a function, in order for each payment, again and again until the
 * function has taken it.
 *
 * ### Cost
 *
 * None: reading the stream is free for Lambda. The function's runs are charged as any.
 *
 * @example
 * ```ts
 * import { StreamConsumerComponent } from "payment-stack";
 *
 * new StreamConsumerComponent("ledger-stream", {
 *   context,
 *   streamArn: table.streamArn,
 *   functionArn: ledger.functionArn,
 *   deadLetterBucketArn: deadLetters.bucketArn,
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

    const mapping = new lambda.EventSourceMapping(
      `${name}-mapping`,
      transformed<lambda.EventSourceMappingArgs>(
        {
          eventSourceArn: args.streamArn,
          functionName: args.functionArn,
          startingPosition: "TRIM_HORIZON",
          batchSize: 100,
          // a failed batch is halved until the one record that fails stands alone
          bisectBatchOnFunctionError: true,
          maximumRetryAttempts: -1,
          maximumRecordAgeInSeconds,
          destinationConfig: { onFailure: { destinationArn: args.deadLetterBucketArn } },
          tags: namedTags(context.tags, resourceName(context, "stream")),
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
