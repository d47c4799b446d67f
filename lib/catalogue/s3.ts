import type { FactsByType } from "./facts";

const setting = { free: "a setting of the bucket" } as const;

/** What is known of the resource types of S3. */
export const s3Facts: FactsByType = {
  "aws:s3/bucket:Bucket": {
    nameLimit: { argument: "bucket", max: 63 },
    holdsData: true,
    cost: "charged",
    rules: "covered",
    drawn: "bucket",
    // ListBucket is needed to find out whether a bucket is there; it also lists the names of its objects
    reads: {
      actions: [
        "s3:GetAccelerateConfiguration",
        "s3:GetBucketAcl",
        "s3:GetBucketCORS",
        "s3:GetBucketLocation",
        "s3:GetBucketLogging",
        "s3:GetBucketRequestPayment",
        "s3:GetBucketTagging",
        "s3:GetBucketWebsite",
        "s3:GetReplicationConfiguration",
        "s3:ListBucket",
      ],
      on: "s3",
    },
  },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
    nameLimit: undefined,
    holdsData: false,
    cost: {
      free: "objects below 128 KB, as audit documents are, do not move by default; a move would be charged",
    },
    rules: "covered",
    drawn: "detail",
    reads: { actions: ["s3:GetLifecycleConfiguration"], on: "s3" },
  },
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": {
    nameLimit: undefined,
    holdsData: false,
    cost: setting,
    rules: { notNeeded: "evaluated with its bucket" },
    drawn: "read",
    reads: { actions: ["s3:GetBucketObjectLockConfiguration"], on: "s3" },
  },
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": {
    nameLimit: undefined,
    holdsData: false,
    cost: setting,
    rules: "covered",
    drawn: "detail",
    reads: { actions: ["s3:GetBucketOwnershipControls"], on: "s3" },
  },
  "aws:s3/bucketPolicy:BucketPolicy": {
    nameLimit: undefined,
    holdsData: false,
    cost: setting,
    rules: "covered",
    drawn: "detail",
    reads: { actions: ["s3:GetBucketPolicy"], on: "s3" },
  },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": {
    nameLimit: undefined,
    holdsData: false,
    cost: setting,
    rules: "covered",
    drawn: "detail",
    reads: { actions: ["s3:GetBucketPublicAccessBlock"], on: "s3" },
  },
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {
    nameLimit: undefined,
    holdsData: false,
    cost: setting,
    rules: "covered",
    drawn: "read",
    reads: { actions: ["s3:GetEncryptionConfiguration"], on: "s3" },
  },
  "aws:s3/bucketVersioning:BucketVersioning": {
    nameLimit: undefined,
    holdsData: false,
    cost: { free: "a setting of the bucket; nothing is replaced while all is well" },
    rules: "covered",
    drawn: "read",
    reads: { actions: ["s3:GetBucketVersioning"], on: "s3" },
  },
};
