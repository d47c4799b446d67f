import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import {
  GetObjectCommand,
  type GetObjectCommandOutput,
  HeadObjectCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { mockClient } from "aws-sdk-client-mock";

/** S3 in memory, as far as the functions use it. */
export class FakeBuckets {
  readonly client = mockClient(S3Client);
  /** Contents by `bucket/key`. */
  readonly objects = new Map<string, string>();
  readonly puts: PutObjectCommandInput[] = [];

  constructor() {
    this.reset();
  }

  reset(): void {
    this.client.reset();
    this.objects.clear();
    this.puts.length = 0;
    this.client.on(PutObjectCommand).callsFake((input: PutObjectCommandInput) => {
      this.puts.push(input);
      const name = `${input.Bucket ?? ""}/${input.Key ?? ""}`;
      if (input.IfNoneMatch === "*" && this.objects.has(name)) throw failure("PreconditionFailed");
      this.objects.set(name, typeof input.Body === "string" ? input.Body : "");
    });
    this.client
      .on(GetObjectCommand)
      .callsFake(({ Bucket, Key }: { Bucket: string; Key: string }) => {
        const text = this.objects.get(`${Bucket}/${Key}`);
        return text === undefined
          ? {}
          : ({ Body: body(text) } satisfies Partial<GetObjectCommandOutput>);
      });
    this.client
      .on(HeadObjectCommand)
      .callsFake(({ Bucket, Key }: { Bucket: string; Key: string }) => {
        if (!this.objects.has(`${Bucket}/${Key}`)) throw errorWithStatus(404);
        return {};
      });
  }

  /** The parsed objects of a bucket, by key. */
  documents(bucket: string): Record<string, unknown> {
    return Object.fromEntries(
      [...this.objects]
        .filter(([name]) => name.startsWith(`${bucket}/`))
        .map(([name, text]) => [name.slice(bucket.length + 1), JSON.parse(text) as unknown]),
    );
  }
}

/** An error as AWS clients throw it. */
export function failure(name: string): Error {
  return Object.assign(new Error(`${name} happened`), { name });
}

/** An error that has only the status of S3's response, as where there is no body. */
export function errorWithStatus(httpStatusCode: number): Error {
  return new S3ServiceException({
    name: String(httpStatusCode),
    $fault: "client",
    $metadata: { httpStatusCode },
  });
}

function body(text: string) {
  return Object.assign(new IncomingMessage(new Socket()), {
    transformToString: () => Promise.resolve(text),
    transformToByteArray: () => Promise.resolve(new TextEncoder().encode(text)),
    transformToWebStream: () => new Blob([text]).stream(),
  });
}
