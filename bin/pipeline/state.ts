import type { PolicyStatement } from "./policy";
import type { Place } from "./resources";

/** Where a stack's state is, and what decrypts it. */
export interface StateLocation {
  /** The bucket with the stack's state. */
  readonly stateBucket: string;
  /** Id of the key that encrypts the stack's secrets. */
  readonly secretsKey: string;
}

/** A preview and a refresh read the state and take no lock; what is secret in it is decrypted. */
export function readState(
  { environment, account, region }: Place,
  { stateBucket, secretsKey }: StateLocation,
): PolicyStatement[] {
  const bucket = `arn:aws:s3:::${stateBucket}`;
  return [
    {
      Sid: "State",
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: [
        `${bucket}/.pulumi/meta.yaml`,
        `${bucket}/.pulumi/stacks/payments/${environment}.*`,
      ],
    },
    {
      Sid: "StateNames",
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: bucket,
      // without a prefix S3 asks whether an object is missing or may not be read
      Condition: { StringLikeIfExists: { "s3:prefix": ".pulumi/*" } },
    },
    {
      Sid: "StateSecrets",
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: `arn:aws:kms:${region}:${account}:key/${secretsKey}`,
    },
  ];
}

/** A deployment takes a lock, keeps a journal, and writes the state, its backups and its history. */
export function writeState(
  { environment }: Place,
  { stateBucket }: StateLocation,
): PolicyStatement[] {
  const own = (path: string) => `arn:aws:s3:::${stateBucket}/.pulumi/${path}`;
  return [
    {
      Sid: "StateChanges",
      Effect: "Allow",
      Action: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      Resource: [
        own(`backups/payments/${environment}/*`),
        own(`history/payments/${environment}/*`),
        own(`journal/payments/${environment}/*`),
        own(`locks/organization/payments/${environment}/*`),
        own(`stacks/payments/${environment}.*`),
      ],
    },
  ];
}
