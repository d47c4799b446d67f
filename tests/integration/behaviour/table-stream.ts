import { AwsClient } from "aws4fetch";
import * as z from "zod";
import { aws, text } from "../deployed";

/** A record as the stream's consumers get it. */
export interface StreamRecord {
  readonly eventName: string;
  readonly dynamodb: {
    readonly Keys: { readonly transactionId: { readonly S: string } };
  };
}

const recordSchema = z.looseObject({
  eventName: z.string(),
  dynamodb: z.looseObject({
    Keys: z.looseObject({ transactionId: z.object({ S: z.string() }) }),
  }),
});
const pageSchema = z.object({
  Records: z.array(recordSchema),
  NextShardIterator: z.string().optional(),
});

/** Reads a table's stream, which here has one shard. */
export class TableStream {
  private iterator: string | undefined;

  constructor(private readonly arn: string) {}

  /** All records since the last call. */
  async read(): Promise<StreamRecord[]> {
    this.iterator ??= await this.start();
    const records: StreamRecord[] = [];
    for (;;) {
      const page = pageSchema.parse(await ask("GetRecords", { ShardIterator: this.iterator }));
      this.iterator = page.NextShardIterator;
      if (page.Records.length === 0) return records;
      records.push(...page.Records);
    }
  }

  private async start(): Promise<string> {
    const described = z.object({
      StreamDescription: z.object({ Shards: z.tuple([z.object({ ShardId: z.string() })]) }),
    });
    const { Shards } = described.parse(
      await ask("DescribeStream", { StreamArn: this.arn }),
    ).StreamDescription;
    const { ShardIterator } = z.object({ ShardIterator: z.string() }).parse(
      await ask("GetShardIterator", {
        StreamArn: this.arn,
        ShardId: Shards[0].ShardId,
        ShardIteratorType: "TRIM_HORIZON",
      }),
    );
    return ShardIterator;
  }
}

/** DynamoDB Streams, which has a client of its own that nothing else here needs. */
async function ask(operation: string, input: object): Promise<unknown> {
  const { accessKeyId, secretAccessKey } = await aws.dynamoDb.config.credentials();
  const signer = new AwsClient({
    accessKeyId,
    secretAccessKey,
    service: "dynamodb",
    region: text("region"),
  });
  const response = await signer.fetch(process.env["AWS_ENDPOINT_URL"] ?? "", {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": `DynamoDBStreams_20120810.${operation}`,
    },
    body: JSON.stringify(input),
  });
  return response.json();
}
