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
import { updater } from "../update";

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

/**
 * Deletes all versions and delete markers of a bucket, as `forceDestroy` requires; with Object Lock the provider bypasses
 * governance mode (terraform-provider-aws, internal/service/s3/delete.go).
 */
async function empty(
  Bucket: string,
  isLocked: boolean,
  { clients: { s3 } }: LocalCloud,
): Promise<void> {
  const { Versions = [], DeleteMarkers = [] } = await s3.send(
    new ListObjectVersionsCommand({ Bucket }),
  );
  const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
  if (Objects.length > 0) {
    await s3.send(
      new DeleteObjectsCommand({
        Bucket,
        Delete: { Objects },
        ...(isLocked && { BypassGovernanceRetention: true }),
      }),
    );
  }
}

/** Buckets. */
export const bucketTypes: ResourceTypes = {
  "aws:s3/bucket:Bucket": {
    create: bucket,
    replacedBy: ["bucket", "bucketPrefix", "bucketNamespace", "objectLockEnabled"],
    // only the provider knows it: it decides how a bucket is deleted
    update: updater({ forceDestroy: flag }, () => Promise.resolve()),
    delete: deletion(
      { ...byId, forceDestroy: flag, objectLockEnabled: flag },
      async ({ id, forceDestroy, objectLockEnabled }, cloud) => {
        if (forceDestroy === true) await empty(id, objectLockEnabled === true, cloud);
        await cloud.clients.s3.send(new DeleteBucketCommand({ Bucket: id }));
      },
    ),
  },
};
