import type * as s3 from "@pulumi/aws/s3";

/** The lock on a bucket's versions. */
export interface ObjectLock {
  /**
   * Who may delete a locked version: with `governance` somebody who first takes the refusal out of the bucket's
   * policy; with `compliance` nobody, the account's root neither, until its time has passed. That cannot be undone: a
   * bucket is paid for until then, and only closing the account would end it sooner.
   */
  readonly mode: "governance" | "compliance";
  /** Days from its creation for which a version is locked; S3 allows up to 36500. */
  readonly days: number;
}

/** When a bucket's objects move to colder storage and when they expire; all in days. */
export interface BucketRetention {
  /** Current versions move to GLACIER, and 90 days later to DEEP_ARCHIVE; null leaves them. */
  readonly glacierAfterDays: number | null;
  /** Replaced versions move to GLACIER; null leaves them. */
  readonly noncurrentGlacierAfterDays: number | null;
  /** Replaced and deleted versions expire; S3 requires this to be later than their transition. */
  readonly noncurrentExpireAfterDays: number;
  readonly abortIncompleteUploadAfterDays: number;
  /** The lock on every version; null for none. Whether there is one is fixed when the bucket is created. */
  readonly objectLock: ObjectLock | null;
}

/** Days in GLACIER before DEEP_ARCHIVE: S3 charges GLACIER for 90 days in any case. */
export const deepArchiveDelayDays = 90;

/** The rules of a bucket's lifecycle. A locked version outlives them until its lock has passed. */
export function lifecycleRules(
  retention: BucketRetention,
): NonNullable<s3.BucketLifecycleConfigurationArgs["rules"]> {
  const everything = { prefix: "" };
  const { glacierAfterDays, noncurrentGlacierAfterDays } = retention;
  return [
    ...(glacierAfterDays === null
      ? []
      : [
          {
            id: "archive",
            status: "Enabled",
            filter: everything,
            transitions: [
              { days: glacierAfterDays, storageClass: "GLACIER" },
              { days: glacierAfterDays + deepArchiveDelayDays, storageClass: "DEEP_ARCHIVE" },
            ],
          },
        ]),
    {
      id: "noncurrent-versions",
      status: "Enabled",
      filter: everything,
      ...(noncurrentGlacierAfterDays !== null && {
        noncurrentVersionTransitions: [
          { noncurrentDays: noncurrentGlacierAfterDays, storageClass: "GLACIER" },
        ],
      }),
      noncurrentVersionExpiration: { noncurrentDays: retention.noncurrentExpireAfterDays },
    },
    {
      id: "incomplete-uploads",
      status: "Enabled",
      filter: everything,
      abortIncompleteMultipartUpload: {
        daysAfterInitiation: retention.abortIncompleteUploadAfterDays,
      },
    },
  ];
}
