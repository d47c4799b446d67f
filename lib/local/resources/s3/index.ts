import type { ResourceTypes } from "../../resource";
import { bucketAccessTypes } from "./access";
import { bucketTypes } from "./buckets";
import { bucketLifecycleTypes } from "./lifecycle";
import { bucketNotificationTypes } from "./notifications";
import { bucketRetentionTypes } from "./retention";

/** S3. */
export const s3Types: ResourceTypes = {
  ...bucketAccessTypes,
  ...bucketTypes,
  ...bucketLifecycleTypes,
  ...bucketNotificationTypes,
  ...bucketRetentionTypes,
};
