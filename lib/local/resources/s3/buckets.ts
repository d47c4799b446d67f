import {
  BucketLocationConstraint,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  PutBucketTaggingCommand,
} from "@aws-sdk/client-s3";
import * as z from "zod";
import type { LocalCloud, ResourceTypes } from "../../resource";
import { creator, flag, ignoredOnCreate, tagList, tags } from "../creator";
import { byId, deletion } from "../deletion";

const bucket = creator(
  { bucket: z.string(), objectLockEnabled: flag, forceDestroy: ignoredOnCreate, tags },
  async (args, cloud) => {
    const { s3 } = cloud.clients;
    const Bucket = args.bucket;
    await s3.send(
      new CreateBucketCommand({
        Bucket,
        ObjectLockEnabledForBucket: args.objectLockEnabled,
        // S3 rejects its default region as a constraint
        CreateBucketConfiguration:
          cloud.region === "us-east-1"
            ? undefined
            : { LocationConstraint: z.enum(BucketLocationConstraint).parse(cloud.region) },
      }),
    );
    if (args.tags !== undefined) {
      await s3.send(
        new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: tagList(args.tags) } }),
      );
    }
    return {
      id: Bucket,
      outputs: {
        arn: `arn:aws:s3:::${Bucket}`,
        bucketDomainName: `${Bucket}.s3.amazonaws.com`,
        bucketRegionalDomainName: `${Bucket}.s3.${cloud.region}.amazonaws.com`,
        bucketRegion: cloud.region,
      },
    };
  },
);

/** Deletes all versions and delete markers of a bucket, as `forceDestroy` requires. */
async function empty(Bucket: string, { clients: { s3 } }: LocalCloud): Promise<void> {
  const { Versions = [], DeleteMarkers = [] } = await s3.send(
    new ListObjectVersionsCommand({ Bucket }),
  );
  const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
  if (Objects.length > 0) {
    await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
  }
}

/** Buckets. */
export const bucketTypes: ResourceTypes = {
  "aws:s3/bucket:Bucket": {
    create: bucket,
    replacedBy: ["bucket", "bucketPrefix", "bucketNamespace", "objectLockEnabled"],
    delete: deletion(
      { ...byId, forceDestroy: z.boolean().optional() },
      async ({ id, forceDestroy }, cloud) => {
        if (forceDestroy === true) await empty(id, cloud);
        await cloud.clients.s3.send(new DeleteBucketCommand({ Bucket: id }));
      },
    ),
  },
};
