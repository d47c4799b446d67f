import type { PolicyGraph, PolicyResource } from "../policy-graph";

/** The classes that make a bucket. */
export const bucketTypes: readonly string[] = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"];

/**
 * The types of the resources that configure one side of a bucket, of now and of the provider's versions before 7.
 *
 * @param side - What follows `Bucket` in the class's name: `Versioning`.
 */
export function companionTypes(side: string): string[] {
  return [`aws:s3/bucket${side}:Bucket${side}`, `aws:s3/bucket${side}V2:Bucket${side}V2`];
}

/** The resources that configure one side of a bucket. */
export function companionsOf(
  bucket: PolicyResource,
  graph: PolicyGraph,
  side: string,
): PolicyResource[] {
  return companionTypes(side).flatMap((type) => graph.referringTo(bucket, type, "bucket"));
}

/** Whether a bucket receives the access logs of others: it can neither log into itself nor lock what it gets. */
export function takesAccessLogs(bucket: PolicyResource, graph: PolicyGraph): boolean {
  return (
    companionTypes("Logging").some((type) => isNamed(bucket, graph, type, "targetBucket")) ||
    isNamed(bucket, graph, "aws:s3/bucket:Bucket", "logging") ||
    isNamed(bucket, graph, "aws:s3/bucketV2:BucketV2", "loggings")
  );
}

/** Whether a bucket receives logs of a kind that AWS writes only with S3's own keys. */
export function takesLogsWithoutKey(bucket: PolicyResource, graph: PolicyGraph): boolean {
  return (
    takesAccessLogs(bucket, graph) ||
    ["aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer"].some((type) =>
      isNamed(bucket, graph, type, "accessLogs"),
    )
  );
}

function isNamed(
  bucket: PolicyResource,
  graph: PolicyGraph,
  type: string,
  property: string,
): boolean {
  return graph.referringTo(bucket, type, property).length > 0;
}
