import { catalogue } from "../../../lib/catalogue";
import type { Permission } from "../../../lib/catalogue/facts";
import { calls } from "./provider-calls.json";

/** Operations of S3 and Lambda whose permission has another name. */
const renamed: Readonly<Record<string, string>> = {
  "lambda:Invoke": "lambda:InvokeFunction",
  "s3:DeleteBucketEncryption": "s3:PutEncryptionConfiguration",
  "s3:DeleteBucketLifecycle": "s3:PutLifecycleConfiguration",
  "s3:DeleteBucketOwnershipControls": "s3:PutBucketOwnershipControls",
  "s3:DeletePublicAccessBlock": "s3:PutBucketPublicAccessBlock",
  "s3:GetBucketAccelerateConfiguration": "s3:GetAccelerateConfiguration",
  "s3:GetBucketCors": "s3:GetBucketCORS",
  "s3:GetBucketEncryption": "s3:GetEncryptionConfiguration",
  "s3:GetBucketLifecycleConfiguration": "s3:GetLifecycleConfiguration",
  "s3:GetBucketReplication": "s3:GetReplicationConfiguration",
  "s3:GetObjectLockConfiguration": "s3:GetBucketObjectLockConfiguration",
  "s3:GetPublicAccessBlock": "s3:GetBucketPublicAccessBlock",
  "s3:HeadBucket": "s3:ListBucket",
  "s3:PutBucketEncryption": "s3:PutEncryptionConfiguration",
  "s3:PutBucketLifecycleConfiguration": "s3:PutLifecycleConfiguration",
  "s3:PutObjectLockConfiguration": "s3:PutBucketObjectLockConfiguration",
  "s3:PutPublicAccessBlock": "s3:PutBucketPublicAccessBlock",
};

/** API Gateway has a permission for each HTTP method. */
const methods: Readonly<Record<string, string>> = {
  Create: "POST",
  Delete: "DELETE",
  Get: "GET",
  Put: "PUT",
  Tag: "PUT",
  Update: "PATCH",
};

/** The actions of calls, which are separated by spaces. */
const actionsOf = (text: string) =>
  text
    .split(" ")
    .filter((call) => call !== "")
    .map((call) => {
      const verb = /^apigateway:([A-Z][a-z]+)/.exec(call)?.[1];
      return verb === undefined ? (renamed[call] ?? call) : `apigateway:${String(methods[verb])}`;
    });

const allowed = (permissions: readonly Permission[]) =>
  permissions.flatMap(({ actions }) => actions);

const recorded = Object.entries(calls);

// what the provider newly calls in another version is not in the recording; a preview and a deployment report it
describe("the facts of a resource type", () => {
  it.each(recorded)("allow to read it as the provider was seen to: %s", (type, { refresh }) => {
    const missing = actionsOf(refresh).filter(
      (action) => !allowed(catalogue[type]?.reads ?? []).includes(action),
    );

    expect(missing).toEqual([]);
  });

  it.each(recorded)(
    "allow to create, change and delete it as the provider was seen to: %s",
    (type, { change }) => {
      const { reads = [], writes = [], deletes = [] } = catalogue[type] ?? {};
      const missing = actionsOf(change).filter(
        (action) => !allowed([...reads, ...writes, ...deletes]).includes(action),
      );

      expect(missing).toEqual([]);
    },
  );

  it("are compared with a recording of nearly every type", () => {
    const types = Object.keys(catalogue).filter((type) => !(type in calls));

    expect(types).toEqual([
      // of private APIs, and the recording's provider does not know the first
      "aws:apigateway/domainNameAccessAssociation:DomainNameAccessAssociation",
      "aws:apigateway/restApiPolicy:RestApiPolicy",
      // depends on what the emulator does not create
      "aws:appautoscaling/policy:Policy",
    ]);
  });
});
