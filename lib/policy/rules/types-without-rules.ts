import { catalogue } from "../../catalogue";

/** AWS resource types that were looked at and need no rule of their own. */
export const typesWithoutRules: readonly string[] = [
  ...Object.entries(catalogue).flatMap(([type, { rules }]) =>
    typeof rules === "string" ? [] : [type],
  ),
  // of others' programs:
  "aws:acm/certificateValidation:CertificateValidation", // waits for a certificate, which is evaluated itself
  "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry", // evaluated with its prefix list
  "aws:s3/bucketLogging:BucketLogging", // evaluated with its bucket
];
